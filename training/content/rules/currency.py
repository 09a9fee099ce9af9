"""Whether content is still current, and stands on sources that someone has read."""

from collections.abc import Iterator

from training.content.rules.registry import Advice, Scope, Setting, rule
from training.core.items import Item, Status
from training.core.library import LearningModule
from training.core.question import Safety
from training.core.verified import Verified

_WEIGHT = {Safety.NONE: 0, Safety.CRITICAL: 1, Safety.SENTINEL: 2}


@rule("B301", Scope.ITEM)
def overdue_item(item: Item, setting: Setting) -> Iterator[Advice]:
    """An approved item whose review date is past.

    Evidence moves. Read the item against its sources again, then set `reviewed` and `review_by` anew.

    Bad:
        reviewed: 2019-01-15
        review_by: 2021-01-15
    Good:
        reviewed: 2026-01-15
        review_by: 2099-01-15
    """
    if item.status is Status.APPROVED and item.review_by and item.review_by < setting.today:
        yield Advice(("review_by",), f"was to be reviewed by {item.review_by}", "review it, then set both dates")


@rule("B302", Scope.MODULE)
def overdue_module(module: LearningModule, setting: Setting) -> Iterator[Advice]:
    """An approved module whose review date is past.

    Read it against its sources again, then set `reviewed` and `review_by` anew. The same holds as for
    items (B301).
    """
    if module.status == Status.APPROVED and module.review_by and module.review_by < setting.today:
        yield Advice(("review_by",), f"was to be reviewed by {module.review_by}", "review it, then set both dates")


@rule("B303", Scope.ITEM)
def rests_on_recall(item: Item, setting: Setting) -> Iterator[Advice]:
    """A safety-critical item whose sources were all cited from memory.

    What can harm a patient must rest on a source that someone has opened: `verified: seen`, or
    `secondary` where a seen source quotes it.

    Bad:
        safety: critical
        references:
          - perreault-2017
    Good:
        safety: critical
        references:
          - alberta-hqca-2014
          - perreault-2017
    """
    if item.safety is Safety.NONE:
        return
    cited = [setting.references[key] for key in item.references if key in setting.references]
    if cited and all(reference.verified is Verified.RECALL for reference in cited):
        words = f"a {item.safety} item rests on sources cited from memory only"
        yield Advice(("references",), words, "open one of the sources, or add one that was read")


@rule("B304", Scope.ITEM)
def safety_unlike_objective(item: Item, setting: Setting) -> Iterator[Advice]:
    """An item marked as more critical than its objective.

    A sentinel fails an attempt by itself, so what is one is decided once, in objectives.yaml. An item may
    weigh less than its objective, never more.

    Bad:
        objective: "7.2"
        safety: sentinel
    Good:
        objective: "1.3"
        safety: sentinel
    """
    objective = setting.objectives.get(item.objective)
    if objective and _WEIGHT[item.safety] > _WEIGHT[objective.safety]:
        words = f"safety is {item.safety}, but objective {objective.id} is {objective.safety}"
        yield Advice(("safety",), words, "change one of the two")


@rule("B305", Scope.ITEM)
def unreviewed(item: Item, setting: Setting) -> Iterator[Advice]:  # noqa: ARG001
    """An approved item without a reviewer or without review dates.

    Nobody approves alone what she wrote: an approved item names who reviewed it, when, and until when.

    Bad:
        status: approved
        reviewers: []
    Good:
        status: approved
        reviewers:
          - Needlewise clinical editors
    """
    if item.status is not Status.APPROVED:
        return
    gaps = [name for name in ("reviewers", "reviewed", "review_by") if not getattr(item, name)]
    if gaps:
        yield Advice(("status",), f"approved without {' and '.join(gaps)}", "add who reviewed it and both dates")
