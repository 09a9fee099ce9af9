"""An item's history in words: where it stands, what was said, and what changed from version to version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from difflib import SequenceMatcher

from training.core.genealogy import Change, Verdict
from training.core.items.item import ReviewNote
from training.core.stage import ONE_EACH, ItemEvent, Stage, Step, objection
from training.services.signing_off import Queued
from training.services.tracing_items import History, Use, Version
from training.ui.views.words import count, day, day_and_time, percent, plain

STAGE_BADGES = {
    Stage.DRAFT: "gray", Stage.CONTENT_REVIEW: "blue", Stage.EDITORIAL_REVIEW: "blue", Stage.APPROVED: "green",
    Stage.RETIRED: "gray",
}  # fmt: skip
LOOK_FOR: Mapping[Stage, str] = {
    Stage.CONTENT_REVIEW: "Content review asks: is the key right by the sources cited, is every reason true, is "
    "it safe, does it meet its objective, level and safety?",
    Stage.EDITORIAL_REVIEW: "Editorial and bias review asks: is it plain and short, free of cues to the key, fair to "
    "whoever is asked and to whoever is described, with text alternatives that do not give the key away?",
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.SAME: "the same",
    Verdict.BESIDE: "nothing that a learner sees before she answers",
    Verdict.TYPOGRAPHICAL: "spelling, case or punctuation only",
    Verdict.MEANING: "another question",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may be taken now: what its button says, and whether it needs words."""

    step: Step
    label: str
    icon: str
    main: bool = False


OFFERS = (
    Offer(Step.COMMENTED, "Comment", "chat"),
    Offer(Step.SUBMITTED, "Submit for review", "send", main=True),
    Offer(Step.CONTENT_PASSED, "Pass content review", "task_alt", main=True),
    Offer(Step.EDITORIAL_PASSED, "Pass editorial and bias review", "task_alt", main=True),
    Offer(Step.CONFIRMED, "Confirm as typographical", "task_alt", main=True),
    Offer(Step.DECLARED, "Declare typographical", "spellcheck"),
    Offer(Step.RETURNED, "Return to the author", "undo"),
    Offer(Step.RETIRED, "Retire", "block"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: what it is in, and the two wordings with what differs marked, in Markdown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version: its name and marks, what its change means, the differences, where it was used."""

    title: str
    about: str
    pooling: str
    differences: tuple[Difference, ...]
    uses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The whole page."""

    stage: str
    notices: tuple[str, ...]
    look_for: str
    thread: tuple[tuple[str, str], ...]
    in_file: tuple[tuple[str, str], ...]
    """Reviews that stand in the item's file, as the thread is written."""
    versions: tuple[VersionView, ...]
    unversioned: tuple[str, ...]
    totals: str


def history_view(told: History, standing: Queued | None, quizzes: Mapping[str, str], zone: tzinfo) -> HistoryView:
    """Work out the page; `standing` is None where the item is in no bank any more."""
    numbers = {version.digest: version.number for version in told.versions}
    attempts = sum(version.attempts for version in told.versions) + sum(use.n for use in told.unversioned)
    return HistoryView(
        _stage(told, standing), _notices(told, standing, numbers),
        LOOK_FOR.get(told.standing.stage, ""),
        tuple(_line(told, event, numbers, zone) for event in told.events),
        tuple(map(_in_file, told.item.reviews)) if told.item else (),
        tuple(_version(version, quizzes, zone) for version in reversed(told.versions)),
        tuple(_use(use, quizzes, zone) for use in told.unversioned),
        f"{count(len(told.versions), 'version')}, {count(attempts, 'answer')} in quizzes handed in, "
        f"{count(told.challenges, 'challenge')}",
    )  # fmt: skip


def offers(standing: Queued, person: str) -> list[Offer]:
    """List the steps that this person may take now."""
    now = standing.standing
    return [
        offer
        for offer in OFFERS
        if not objection(now, offer.step, by=person, author=standing.mine or bool(standing.doubt))
    ]


def difference(change: Change) -> Difference:
    """Mark what differs, word by word: struck out where it went, bold where it came."""
    old, new = change.before.split(), change.after.split()
    before, after = [], []
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before += _marked(old[start:end], "" if kind == "equal" else "~~")
        after += _marked(new[first:last], "" if kind == "equal" else "**")
    label = change.part.capitalize() if change.where == change.part else f"{change.part.capitalize()}: {change.where}"
    return Difference(plain(label), " ".join(before) or "nothing", " ".join(after) or "nothing")


def _marked(words: Sequence[str], mark: str) -> list[str]:
    return [f"{mark}{plain(' '.join(words))}{mark}"] if words else []


def _stage(told: History, standing: Queued | None) -> str:
    if standing is None:
        return ":gray-badge[In no bank any more]"
    if not told.events:
        return ":gray-badge[Not reviewed in the app] Its file decides whether it is asked."
    stage = told.standing.stage
    return f":{STAGE_BADGES[stage]}-badge[{stage.capitalize()}]"


def _notices(told: History, standing: Queued | None, numbers: Mapping[str, int]) -> tuple[str, ...]:
    if standing is None:
        return ()
    said, now = [], standing.standing
    if now.lapsed:
        number = numbers.get(now.signed_off, 0)
        meanwhile = (
            f"Quizzes go on with version {number} meanwhile." if standing.served else "No quiz asks it meanwhile."
        )
        said.append(f"This item was edited after version {number} was signed off. {meanwhile}")
    if now.declared:
        who = told.names.get(now.declared.by, now.declared.by)
        said.append(f"{plain(who)} declared the change typographical: {plain(now.declared.text)} A second person looks "
                    "at the difference and confirms, or submits it for review.")  # fmt: skip
    if now.withheld and now.stage is not Stage.RETIRED:
        said.append("It was retired: no quiz asks it until it is signed off anew.")
    return (*said, *_of_reviewer(standing))


def _of_reviewer(standing: Queued) -> Iterator[str]:
    """Say what stands between the person asking and a sign-off."""
    now = standing.standing
    if standing.mine and now.stage in LOOK_FOR:
        yield ("You wrote, edited or put forward this version: a colleague signs it off.")
    if standing.doubt and not standing.mine:
        yield (
            f"The file names “{plain(standing.doubt)}” as an author, who may be you: have the name written in "
            "full before you sign it off."
        )
    if standing.unsaid and not standing.mine and (now.declared or now.stage in LOOK_FOR):
        yield (
            "This version was edited in its file, so that nobody is known to have made it. Who signs it off "
            "declares that she did not; that is kept."
        )
    if standing.passed_content:
        yield ONE_EACH


def _line(told: History, event: ItemEvent, numbers: Mapping[str, int], zone: tzinfo) -> tuple[str, str]:
    who = plain(told.names.get(event.by, event.by))
    head = f"**{who}** {event.step} · version {numbers.get(event.version, 0)} · {day_and_time(event.at, zone)}"
    return head, plain(event.text)


def _in_file(review: ReviewNote) -> tuple[str, str]:
    when = f"{review.date.day} {review.date:%B %Y}"
    said = [*review.checked, *([review.note] if review.note else [])]
    return f"**{plain(review.by)}** {plain(review.kind.replace('_', ' '))} review · {when}", plain("; ".join(said))


def _version(version: Version, quizzes: Mapping[str, str], zone: tzinfo) -> VersionView:
    marks = [
        ":green-badge[In the file now]" if version.current else "",
        ":blue-badge[Signed off]" if version.signed_off else "",
        ":gray-badge[Edited outside the app]" if version.outside else "",
    ]
    if version.served:
        about = f"In use since {day(version.served, zone)}"
    else:
        about = f"Kept {day(version.kept, zone)}, never asked yet" if version.kept else "Never asked yet"
    return VersionView(
        " ".join(filter(None, (f"Version {version.number}", *marks))),
        f"{about} · `{version.digest[:12]}`", _pooling(version),
        tuple(map(difference, version.changes)), tuple(_use(use, quizzes, zone) for use in version.uses),
    )  # fmt: skip


def _pooling(version: Version) -> str:
    if version.number == 1:
        return ""
    what = VERDICTS[version.verdict]
    if version.confirmed and not version.verdict.pools:
        what = "declared typographical and confirmed by a second person"
    if version.pool == version.number:
        return f"Changed: {what}. Its statistics begin anew."
    since = f"version {version.pool}" if version.pool == version.number - 1 else f"versions {version.pool} and later"
    return f"Changed: {what}. Its statistics may be pooled with {since}."


def _use(use: Use, quizzes: Mapping[str, str], zone: tzinfo) -> str:
    mean = "too few for a mean" if use.mean is None else f"{percent(100 * use.mean)} of the points on average"
    first, last = day(use.first, zone), day(use.last, zone)
    when = first if first == last else f"{first} to {last}"
    return f"**{plain(quizzes.get(use.programme, use.programme))}**: {count(use.n, 'answer')}, {mean}, {when}"
