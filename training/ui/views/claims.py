"""A claim and all that rests on it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.core.claim import Claim, Verdict
from training.core.resting import RestingItem, RestingSection
from training.services.tracing import Affected
from training.ui.views.words import count, plain

BADGES = {
    Verdict.SUPPORTED: "green", Verdict.PARTLY: "blue", Verdict.CONTESTED: "orange", Verdict.OVERSTATED: "orange",
    Verdict.INSUFFICIENT: "orange", Verdict.UNSUPPORTED: "red", Verdict.CONTRADICTED: "red", Verdict.OMISSION: "red",
}  # fmt: skip
SHORT = 90
"""Characters of a statement in the list to choose from."""


@dataclass(frozen=True, slots=True)
class RestingRow:
    """A thing that rests on the claim: the link to it, and what is said of it."""

    label: str
    about: str
    page: str
    query: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim, ready to draw."""

    statement: str
    verdict: str
    finding: str
    wording: str
    sources: str
    summary: str
    items: tuple[RestingRow, ...]
    sections: tuple[RestingRow, ...]


def claim_choices(claims: Sequence[Claim]) -> dict[str, str]:
    """Give the list to choose from; its first entry chooses nothing."""
    return {"": "Choose a claim"} | {
        each.id: f"{each.id} · {each.statement if len(each.statement) <= SHORT else each.statement[: SHORT - 1] + '…'}"
        for each in claims
    }


def claim_view(found: Affected) -> ClaimView:
    """Say what a claim's verdict rests on, and what rests on the claim."""
    resting, claim = found.resting, found.resting.claim
    quizzes = ", ".join(plain(each.title) for each in resting.programmes) or "none"
    summary = (
        f"{count(len(resting.items), 'item')} and {count(len(resting.sections), 'section')} rest on it. Quizzes that "
        f"may draw one of the items: {quizzes}. Forms handed in that asked one of them: {sum(found.forms.values())}."
    )
    sources = ", ".join(f"`{key}`" for key in claim.references) or "No source was found."
    return ClaimView(
        plain(claim.statement), _verdict(claim), plain(claim.finding), plain(claim.wording or ""), sources, summary,
        tuple(map(_item, resting.items)), tuple(map(_section, resting.sections)),
    )  # fmt: skip


def said(claim: Claim) -> str:
    """Quote what is said; an omission was said by nobody."""
    words = plain(claim.statement)
    return words if claim.verdict is Verdict.OMISSION else f"“{words}”"


def verdict_badge(claim: Claim) -> str:
    """Show a verdict as a coloured word."""
    return f":{BADGES.get(claim.verdict, 'gray')}-badge[{claim.verdict.capitalize()}]"


def _verdict(claim: Claim) -> str:
    certainty = claim.certainty.replace("-", " ")
    return f"{verdict_badge(claim)} certainty {certainty} · basis {claim.verified} · checked {claim.checked}"


def _item(row: RestingItem) -> RestingRow:
    through = f", through {', '.join(row.beliefs)}" if row.beliefs else ""
    return RestingRow(row.item.id, f"{row.item.status}{through}", "preview-item", (("item", row.item.id),))


def _section(row: RestingSection) -> RestingRow:
    where = (("module", row.module.slug), ("section", row.section.id))
    return RestingRow(row.section.title, plain(row.module.title), "module", where)
