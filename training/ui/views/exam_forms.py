"""Exam forms in words and rows: what was kept and waits for what; how alike new ones are; the odds to pass."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from training.services.assembling import Built
from training.services.releasing import KeptForm
from training.services.weighing import Weighed
from training.ui.views.words import count, day, plain


@dataclass(frozen=True, slots=True)
class FormCard:
    """One kept form: what it is, where it stands, and its questions by item."""

    id: str
    title: str
    about: str
    state: str
    may_sign: bool
    may_go_live: bool
    live: bool
    questions: tuple[str, ...]


def form_card(kept: KeptForm, actor: str, names: Mapping[str, str], zone: tzinfo) -> FormCard:
    """Word one form for this person, who may sign it unless she built it or signed it already."""
    signed = ", ".join(names.get(each, each) for each in kept.signed_by)
    state = "Live" if kept.live else f"Signed by {signed}" if signed else "Waits for a signature"
    ended = kept.events[-1] if kept.events and kept.events[-1].kind == "withdrawn" else None
    return FormCard(
        kept.id, f"Form {kept.number}",
        f"{count(len(kept.form.slots), 'question')} · built {day(kept.built_at, zone)} by "
        f"{plain(names.get(kept.built_by, kept.built_by))}",
        f"Withdrawn: {plain(ended.note)}" if ended else state,
        not kept.live and actor not in (kept.built_by, *kept.signed_by),
        bool(kept.signed_by) and not kept.live, kept.live,
        tuple(slot.question.item_id for slot in kept.form.slots),
    )  # fmt: skip


def built_rows(built: Built) -> list[tuple[str, ...]]:
    """Write how alike forms are: each measure's target, the forms' sums and the furthest in percent."""
    rows = ((each, ", ".join(f"{value:.2f}" for value in each.forms)) for each in built.sums)
    return [(each.name, f"{each.target:.2f}", forms, f"{100 * each.deviation:.2f} %") for each, forms in rows]


def built_words(built: Built) -> str:
    """Say what the forms share and how much of the bank they use."""
    return (
        f"{count(len(built.forms), 'form')}; two share {built.shared} items at most, an item is in {built.exposure} at "
        f"most, {100 * built.used:.0f} % of the fitting items are used."
    )


def odds_rows(weighed: Weighed) -> Sequence[tuple[str, ...]]:
    """Write the odds by what a learner truly knows."""
    return [
        (f"{100 * each.knows:.0f} %", f"{100 * each.once:.0f} %", f"{100 * each.within:.0f} %") for each in weighed.odds
    ]
