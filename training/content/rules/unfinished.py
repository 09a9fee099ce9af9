"""Whether an item that was imported has everything that only its author can write."""

from collections.abc import Iterator

from training.content.rules.registry import Advice, Scope, Setting, rule
from training.core.items import Item, Status
from training.core.items.unfinished import unfinished
from training.core.problem import Severity


@rule("B141", Scope.ITEM)
def unfinished_draft(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """A draft in which something is still to be written.

    Other systems keep no objective, no source and seldom a reason for every option. An imported item has
    marks in their place: `To be written.`, `to-be-sourced`, objective `0.0`, `Author to be named`. Replace
    each before the item goes to review.

    Bad:
        status: draft
        references:
          - to-be-sourced
    Good:
        status: draft
        references:
          - who-2009
    """
    if item.status is Status.DRAFT:
        yield from _advice(item, "write it before the item goes to review")


@rule("B142", Scope.ITEM, Severity.ERROR)
def unfinished_item(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An item in review or approved in which something is still to be written.

    Nobody can judge an item without its reasons, its source and its objective, and no learner may meet one.
    The same marks as in a draft (B141) are errors here.

    Bad:
        status: approved
        references:
          - to-be-sourced
    Good:
        status: approved
        references:
          - who-2009
    """
    if item.status in (Status.REVIEW, Status.APPROVED):
        yield from _advice(item, "write it, or set the status to draft")


def _advice(item: Item, hint: str) -> Iterator[Advice]:
    for path, what in unfinished(item):
        yield Advice(path, f"{what} is still to be written", hint)
