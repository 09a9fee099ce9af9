"""What to do next: one step, chosen from what is open, earned, failed, half read, unread and untried."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from training.services.awaiting import Duty, Waiting
from training.services.certifying import Prospect
from training.services.learning import ReadingProgress
from training.services.taking import Offer
from training.ui.views.offers import REMEDY_FIRST, Facts, facts
from training.ui.views.words import count, percent


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: what, why now, and where."""

    title: str
    text: str
    label: str
    url: str
    icon: str
    query: dict[str, str] = field(default_factory=dict)
    share: float | None = None


_DUTIES = {
    Duty.CHALLENGES: ("gavel", ("challenge waits", "challenges wait"), "for an answer"),
    Duty.REVIEWS: ("rate_review", ("item waits", "items wait"), "for a review"),
    Duty.KEY_CHANGES: ("key", ("key change waits", "key changes wait"), "to be signed or applied"),
    Duty.FORMS: ("description", ("exam form waits", "exam forms wait"), "for a second reader to sign"),
    Duty.EVIDENCE: ("folder_shared", ("file of prior evidence waits", "files of prior evidence wait"), "for a ruling"),
    Duty.CERTIFICATES: (
        "workspace_premium",
        ("certificate waits", "certificates wait"),
        "for a second person or for an audit to end",
    ),
}


def duty_in_words(waiting: Waiting) -> tuple[str, str, str]:
    """Word what waits for a decision: icon, sentence, and the page where it is taken."""
    icon, names, what = _DUTIES[waiting.duty]
    late = f", {waiting.late} past the term" if waiting.late else ""
    return icon, f"{count(waiting.count, *names)} {what}{late}", waiting.duty.value


@dataclass(frozen=True, slots=True)
class HomeView:
    """The next step, and in two lines how far she is."""

    step: Step | None
    modules_text: str
    modules_share: float
    quizzes_text: str
    other_attempts: tuple[Step, ...] = ()


def home_view(
    modules: Sequence[ReadingProgress], offers: Sequence[Offer], prospects: Sequence[Prospect], now: datetime
) -> HomeView:
    """Choose the next step.

    In this order: an open attempt, a certificate that was earned, what a failed try asks first, a module half read, a
    quiz on what was read, the next module, a quiz.
    """
    open_ones = [_resume(offer, now) for offer in offers if offer.open_attempt]
    steps = [
        *open_ones,
        *[_earned(each) for each in prospects if each.passed and each.issued is None],
        *[_remedy(offer, offer.path.failed) for offer in offers if offer.path and not offer.path.passed],
        *_half_read(modules),
        *_after_reading(modules, offers),
        *_unread(modules),
        *_quizzes(offers),
    ]
    finished = sum(1 for each in modules if each.share == 1)
    tried = [offer.best_percent for offer in offers if offer.best_percent is not None]
    return HomeView(
        steps[0] if steps else None,
        f"{finished} of {count(len(modules), 'module')} finished",
        sum(each.share for each in modules) / len(modules) if modules else 0.0,
        f"{len(tried)} of {count(len(offers), 'quiz', 'quizzes')} taken"
        + (f", best score {percent(max(tried))}" if tried else ""),
        tuple(open_ones[1:]),
    )


def _resume(offer: Offer, now: datetime) -> Step:
    left = facts(offer, now).time_left
    return Step(
        f"Go on with “{offer.programme.title}”",
        f"Your answers are saved. {left}".strip(),
        "Resume quiz", "sitting", "play_arrow", {"attempt": offer.open_attempt or "", "q": str(offer.open_question)},
    )  # fmt: skip


def _earned(prospect: Prospect) -> Step:
    left = f"Still missing: {' '.join(prospect.missing)}" if prospect.missing else "Nothing else is missing."
    label = "See what is missing" if prospect.missing else "Get the certificate"
    certificate = prospect.programme.certificate
    title = certificate.title if certificate else prospect.programme.title
    return Step(title, f"You have passed the exam. {left}", label, "my-certificates", "workspace_premium")


def _remedy(offer: Offer, failed: str) -> Step:
    return Step(offer.programme.title, REMEDY_FIRST, "What to do next", "result", "school", {"attempt": failed})


def _half_read(modules: Sequence[ReadingProgress]) -> list[Step]:
    half = [each for each in modules if each.last_at and each.share < 1]
    return [_read(each, "Read on") for each in sorted(half, key=_last_at, reverse=True)]


def _last_at(progress: ReadingProgress) -> float:
    return progress.last_at.timestamp() if progress.last_at else 0.0


def _unread(modules: Sequence[ReadingProgress]) -> list[Step]:
    return [_read(each, "Start reading") for each in modules if not each.last_at and each.share < 1]


def _read(progress: ReadingProgress, label: str) -> Step:
    module, done = progress.module, len(progress.finished)
    read = f"{done} of {count(len(module.sections), 'section')} read. " if progress.last_at else ""
    return Step(
        module.title, f"{read}{module.summary}", label, "module", "menu_book",
        {"module": module.slug, "section": progress.resume_at}, progress.share if progress.last_at else None,
    )  # fmt: skip


def _after_reading(modules: Sequence[ReadingProgress], offers: Sequence[Offer]) -> list[Step]:
    read = {each.module.slug for each in modules if each.share == 1}
    return [
        _take(offer, "You have read what this quiz asks about.")
        for offer in offers
        if offer.may_start
        and not offer.tries_used
        and offer.programme.modules
        and read.issuperset(offer.programme.modules)
    ]


def _quizzes(offers: Sequence[Offer]) -> list[Step]:
    fresh = [_take(offer, offer.programme.summary) for offer in offers if offer.may_start and not offer.tries_used]
    again = [
        _take(offer, f"Your best score so far is {percent(offer.best_percent or 0)}. Each try draws questions anew.")
        for offer in sorted(offers, key=lambda each: each.best_percent or 0)
        if offer.may_start and offer.tries_used
    ]
    return fresh + again


def _take(offer: Offer, text: str) -> Step:
    about: Facts = facts(offer)
    return Step(
        offer.programme.title, f"{text} {about.shape}.", "See the rules and start", "quiz", "edit_note",
        {"quiz": offer.programme.slug},
    )  # fmt: skip
