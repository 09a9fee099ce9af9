"""What items rest on: sources that stand, that someone has opened lately, and claims no stronger than they bear."""

import re
from collections.abc import Iterator
from datetime import date

from training.content.rules.asked import Asked
from training.content.rules.registry import Advice, Scope, Setting, rule
from training.core.claim import Verdict
from training.core.items import Item, Status
from training.core.library import Reference
from training.core.problem import Severity
from training.core.question import Safety
from training.core.verified import Verified

STALE_YEARS = 2
OLD_YEARS = 20
SOON_DAYS = 90
_STRONG = frozenset(
    ("guideline", "systematic-review", "meta-analysis", "randomised-trial", "standard", "regulation", "consensus")
)
_CLAIMS = re.compile(
    r"\b(?:proves?|proven|cures?|cured|guarantee[sd]?|eliminates?|eradicates?|100 ?%|completely safe|no risks?|"
    r"has been shown conclusively|always works|permanently|abolish(?:es)?|once and for all|beyond (?:any )?doubt|"
    r"definitively|without any risk|without fail)\b",
    re.IGNORECASE,
)
_WEAK = frozenset((Verdict.CONTESTED, Verdict.UNSUPPORTED, Verdict.UNVERIFIED, Verdict.CONTRADICTED))


@rule("B306", Scope.REFERENCE)
def unchecked_source(reference: Reference, setting: Setting) -> Iterator[Advice]:
    """A source that nobody has looked up for two years, or ever.

    Links die, guidelines are replaced, papers are withdrawn. Open it again and set `checked`.
    """
    if reference.checked is None:
        yield Advice(("key",), f"'{reference.key}' was never looked up", "open it, then set checked")
    elif reference.checked < _before(setting.today, STALE_YEARS):
        yield Advice(("checked",), f"last looked up on {reference.checked}", "open it again, then set checked")


def _before(today: date, years: int) -> date:
    return today.replace(year=today.year - years, day=min(today.day, 28))


@rule("B307", Scope.ITEM)
def retracted_source(item: Item, setting: Setting) -> Iterator[Advice]:
    """An item that rests on a source which was retracted.

    `retracted` in references.yaml gives the day on which the journal withdrew it. Find another source, or retire
    the item.

    Bad:
        references:
          - retracted-trial
    Good:
        references:
          - who-2009
    """
    for place, key in enumerate(item.references):
        source = setting.references.get(key)
        if source and source.retracted:
            yield Advice(("references", place), f"'{key}' was retracted on {source.retracted}", "find another source")


@rule("B308", Scope.ITEM)
def contested_claim(item: Item, setting: Setting) -> Iterator[Advice]:
    """An approved item that keys a claim which the evidence does not bear.

    question_banks/claims.yaml gives each claim its verdict. One that is contested, unsupported, unverified or
    contradicted may be asked about as such, with the tag evidence-appraisal; it may not be the key to anything else.

    Bad:
        claims:
          - contested-claim
    Good:
        claims:
          - contested-claim
        tags:
          - evidence-appraisal
    """
    if item.status is not Status.APPROVED or "evidence-appraisal" in item.tags:
        return
    for place, name in enumerate(getattr(item, "claims", ())):
        claim = setting.library.claims.get(name)
        if claim and claim.verdict in _WEAK:
            words = f"rests on '{name}', which is {claim.verdict}"
            yield Advice(("claims", place), words, "tag it evidence-appraisal, or key something else")


@rule("B309", severity=Severity.ADVICE)
def overstated(asked: Asked, setting: Setting) -> Iterator[Advice]:
    """A key that claims more than its sources can bear: proves, cures, guarantees.

    Such words need at least a trial or a review behind them, and mostly not even that is enough.

    Bad:
        references:
          - brady-2014
        options:
          - text: It cures the pain
            correct: true
            why: It was said so.
          - text: It moves the pain
            why: It does not.
          - text: It hides the pain
            why: It does not.
    Good:
        references:
          - brady-2014
        options:
          - text: It eases the pain
            correct: true
            why: It was said so.
          - text: It moves the pain
            why: It does not.
          - text: It hides the pain
            why: It does not.
    """
    if asked.fixed:
        return
    for choice in asked.keys:
        found = _CLAIMS.search(choice.text)
        if found and not _kinds(asked.item, setting) & _STRONG:
            yield Advice(choice.path, f"'{found.group()}' is more than the sources bear", "say what was found")


def _kinds(item: Item, setting: Setting) -> frozenset[str]:
    return frozenset(setting.references[key].kind for key in item.references if key in setting.references)


@rule("B310", Scope.ITEM, Severity.ADVICE)
def review_is_near(item: Item, setting: Setting) -> Iterator[Advice]:
    """An approved item that is to be reviewed within ninety days.

    It is time to find a reviewer. B301 says when the day is past.

    Bad:
        review_by: 2026-03-20
    Good:
        review_by: 2099-01-15
    """
    days = (item.review_by - setting.today).days if item.review_by else SOON_DAYS
    if item.status is Status.APPROVED and 0 <= days < SOON_DAYS:
        yield Advice(("review_by",), f"to be reviewed in {days} days", "find a reviewer")


@rule("B311", Scope.ITEM)
def nothing_seen(item: Item, setting: Setting) -> Iterator[Advice]:
    """A safety-critical item none of whose sources has been opened.

    `secondary` means that another source quotes it. What can harm a patient should rest on at least one source
    that is `verified: seen`. (Where all are cited from memory, B303 says so.)

    Bad:
        safety: critical
        references:
          - who-2009
    Good:
        safety: critical
        references:
          - alberta-hqca-2014
    """
    if item.safety is Safety.NONE:
        return
    cited = {setting.references[key].verified for key in item.references if key in setting.references}
    if cited and Verified.SEEN not in cited and cited != {Verified.RECALL}:
        yield Advice(("references",), f"a {item.safety} item without a source that was opened", "open one, or add one")


@rule("B312", Scope.ITEM, Severity.ADVICE)
def old_sources(item: Item, setting: Setting) -> Iterator[Advice]:
    """An item whose every dated source is older than twenty years.

    What it says may still stand. Look for a newer source, and say in the note where there is none.

    Bad:
        references:
          - macpherson-2001
    Good:
        references:
          - who-2009
    """
    years = [setting.references[key].year for key in item.references if key in setting.references]
    dated = [year for year in years if year]
    if dated and len(dated) == len(years) and max(dated) < setting.today.year - OLD_YEARS:
        yield Advice(("references",), f"its newest source is of {max(dated)}", "look for a newer one")
