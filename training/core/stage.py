"""How an item stands with its reviewers: steps bound to a version, only ever added; everything else is derived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.core.refusal import Refusal


class Stage(StrEnum):
    """Where a version of an item is on its way."""

    DRAFT = "draft"
    CONTENT_REVIEW = "content review"
    EDITORIAL_REVIEW = "editorial and bias review"
    APPROVED = "approved"
    RETIRED = "retired"


class Step(StrEnum):
    """What someone did about an item."""

    EDITED = "edited"
    SUBMITTED = "submitted for review"
    CONTENT_PASSED = "passed content review"
    EDITORIAL_PASSED = "passed editorial and bias review"
    RETURNED = "returned to the author"
    DECLARED = "declared the change typographical"
    CONFIRMED = "confirmed that the change is typographical"
    RETIRED = "retired"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class ItemEvent:
    """One step: who did it when, to which version, and what for; `since` is the version a change was made from."""

    seq: int
    step: Step
    version: str
    by: str
    at: datetime
    text: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one version stands.

    `signed_off` is the version that was signed off last, `lapsed` whether that is another than this one, `withheld`
    whether the item was retired and not signed off since, `declared` a declaration that waits for a second person,
    `editors` who made or put forward this version, or edited the item since it was signed off last: what they wrote
    stands in it. `content_by` is who passed the content review that its editorial review rests on.
    """

    stage: Stage
    signed_off: str = ""
    lapsed: bool = False
    withheld: bool = False
    declared: ItemEvent | None = None
    editors: frozenset[str] = frozenset()
    content_by: str = ""


MOVES: dict[Step, tuple[frozenset[Stage], Stage]] = {
    Step.SUBMITTED: (frozenset({Stage.DRAFT, Stage.RETIRED}), Stage.CONTENT_REVIEW),
    Step.CONTENT_PASSED: (frozenset({Stage.CONTENT_REVIEW}), Stage.EDITORIAL_REVIEW),
    Step.EDITORIAL_PASSED: (frozenset({Stage.EDITORIAL_REVIEW}), Stage.APPROVED),
    Step.RETURNED: (frozenset({Stage.CONTENT_REVIEW, Stage.EDITORIAL_REVIEW}), Stage.DRAFT),
    Step.RETIRED: (frozenset(Stage) - {Stage.RETIRED}, Stage.RETIRED),
}
"""From where a step may be taken, and where it leads."""

SIGN_OFFS = frozenset({Step.CONTENT_PASSED, Step.EDITORIAL_PASSED})
BY_ANOTHER = SIGN_OFFS | {Step.CONFIRMED}
"""Steps that authors and editors of the version must leave to someone else."""


ONE_EACH = (
    "You passed the content review of this version, and one person cannot pass both reviews. Please ask a colleague; "
    "where there is none, an administrator can make someone an instructor."
)


def standing(events: Sequence[ItemEvent], version: str) -> Standing:
    """Work out how a version stands from all that was ever done about its item."""
    stages: dict[str, Stage] = {}
    signed_off, withheld = "", False
    for event in events:
        if event.step in MOVES or event.step is Step.CONFIRMED:
            stages[event.version] = MOVES[event.step][1] if event.step in MOVES else Stage.APPROVED
        if event.step in _APPROVES:
            signed_off, withheld = event.version, False
        if event.step is Step.RETIRED:
            signed_off, withheld = "", True
    moves = [event.step for event in events if event.step in MOVES]
    retired = bool(moves) and moves[-1] is Step.RETIRED
    stage = Stage.RETIRED if retired else stages.get(version, Stage.DRAFT)
    lapsed = bool(signed_off) and stages.get(version) is not Stage.APPROVED
    passed = [each.by for each in events if each.version == version and each.step is Step.CONTENT_PASSED]
    content_by = passed[-1] if stage is Stage.EDITORIAL_REVIEW else ""
    return Standing(
        stage, signed_off, lapsed, withheld, _declared(events, version), _editors(events, version), content_by
    )


def _editors(events: Sequence[ItemEvent], version: str) -> frozenset[str]:
    """Name whose words a version may hold: a small change by a colleague makes nobody else's her own."""
    last = max((number for number, each in enumerate(events, 1) if each.step in _APPROVES), default=0)
    since = [each.by for each in events[last:] if each.step is Step.EDITED]
    return frozenset([*since, *(each.by for each in events if each.version == version and each.step in _EDITS)])


def _declared(events: Sequence[ItemEvent], version: str) -> ItemEvent | None:
    """Find the declaration about a version that nothing done since has settled."""
    waiting = None
    for event in events:
        if event.step is Step.RETIRED or (event.version == version and event.step in _SETTLES):
            waiting = None
        elif event.version == version and event.step is Step.DECLARED:
            waiting = event
    return waiting


_EDITS = frozenset({Step.EDITED, Step.SUBMITTED, Step.DECLARED})
_APPROVES = frozenset({Step.EDITORIAL_PASSED, Step.CONFIRMED})
_SETTLES = frozenset({*_APPROVES, Step.RETURNED, Step.SUBMITTED})


def objection(now: Standing, step: Step, *, by: str, author: bool) -> str:
    """Say why a person may not take a step, or nothing where she may; `author` where the item names her as one."""
    if step in BY_ANOTHER and (author or by in now.editors):
        return "Authors and editors cannot sign off their own version. Please ask a colleague."
    if step is Step.EDITORIAL_PASSED and by == now.content_by:
        return ONE_EACH
    if step is Step.DECLARED and not now.lapsed:
        return "Only a change since the last sign-off can be declared typographical."
    if step is Step.DECLARED and (now.declared or now.stage is not Stage.DRAFT):
        return "This version is on its way already."
    if step is Step.CONFIRMED and not now.declared:
        return "Nobody has declared this change typographical."
    if step in MOVES and now.stage not in MOVES[step][0]:
        return f"This version is at “{now.stage}”: it cannot be {step} from there."
    return ""


def next_event(
    events: Sequence[ItemEvent], step: Step, version: str, *, by: str, author: bool, at: datetime, text: str
) -> ItemEvent:
    """Give the event that a step adds. Raises Refusal where it may not be taken."""
    now = standing(events, version)
    wrong = objection(now, step, by=by, author=author)
    if wrong:
        raise Refusal(wrong)
    since = now.signed_off if step in (Step.DECLARED, Step.CONFIRMED) else ""
    return ItemEvent(events[-1].seq + 1 if events else 1, step, version, by, at, text, since)
