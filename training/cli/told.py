"""What the terminal says in a quiz: the welcome, a question, how an answer did, where one stands, the result."""

from math import floor

from training.cli.ink import ink, wrapped
from training.cli.shown import interaction_lines
from training.core.attempt import Attempt, closed_by, must_open
from training.core.blueprint import Mode
from training.core.certainty import WORDS as CERTAINTY
from training.core.certainty import Certainty
from training.core.decision import Decision, decide
from training.core.form import Slot
from training.core.interaction import PickRegion
from training.core.interval import Interval
from training.core.review import CASE_RULE, EXAM_CASE_RULE, before_opening, headline, instruction, reasoned
from training.core.score import Outcome, Score, grade


def welcome(attempt: Attempt) -> str:
    """Say what the quiz is and how it goes."""
    form, policy = attempt.form, attempt.form.policy
    time = f"{policy.minutes} minutes" if policy.minutes else "no time limit"
    mark = f", pass mark {policy.pass_percent:g} %" if policy.pass_percent is not None else ""
    head = ink(wrapped(form.title), "bold")
    return f"\n{head}\n{len(form.slots)} questions, {policy.mode}, {time}{mark}. Type help for what you can do."


def question(attempt: Attempt, number: int) -> str:
    """Ask one question, with what was answered and struck out so far."""
    slot = attempt.form.slots[number]
    flagged = "  (flagged)" if number in attempt.flags else ""
    lines = ["", ink(f"Question {number + 1} of {len(attempt.form.slots)}{flagged}", "bold")]
    lines += [*_context(attempt, number), wrapped(slot.question.stem)]
    if slot.question.image:
        lines.append(wrapped(f"[Picture {slot.question.image.file}: {slot.question.image.alt}]"))
    if isinstance(slot.question.interaction, PickRegion):
        picture = slot.question.interaction.image
        lines.append(wrapped(f"[Picture {picture.file}: {picture.alt}]"))
    lines += ["", *interaction_lines(slot, attempt.responses.get(number), attempt.strikes.get(number, ()))]
    lines.append(ink(instruction(slot.question.interaction), "faint"))
    return "\n".join(lines)


def _context(attempt: Attempt, number: int) -> list[str]:
    """Give the vignette of a case with what was revealed so far, and which part this is."""
    question = attempt.form.slots[number].question
    if question.group is None:
        return []
    later = closed_by(attempt, number)
    rule = EXAM_CASE_RULE if attempt.form.policy.mode is Mode.EXAM else CASE_RULE
    closed = f" It is closed: question {later + 1} told you more." if later is not None else ""
    part = f"Part {question.group.part} of {question.group.of} of a case. {rule}{closed}"
    return [ink(wrapped(part), "faint"), wrapped(question.context), ""]


def opening_question(attempt: Attempt, number: int) -> str:
    """Ask before a part of a case is opened that closes those before it."""
    closes = must_open(attempt, number)
    said = before_opening(closes, frozenset(closes) - attempt.responses.keys())
    return (
        f"\n{ink(f'Question {number + 1} of {len(attempt.form.slots)}', 'bold')}\n{wrapped(said)}\nOpen it? (yes/no) > "
    )


def certainty_question() -> str:
    """Ask how sure the learner is, with what is at stake."""
    choices = "; ".join(f"{number} {CERTAINTY[each]}" for number, each in enumerate(Certainty, 1))
    return f"How sure are you? {choices} > "


def feedback(attempt: Attempt, number: int) -> str:
    """Tell how one answer did, with the reason for every option and the sources."""
    return "\n".join(_review(attempt.form.slots[number], grade(attempt).outcomes[number]))


def _review(slot: Slot, outcome: Outcome) -> list[str]:
    lines = ["", ink(headline(outcome.fraction) + ".", "good" if outcome.fraction == 1 else "bad")]
    for each in reasoned(slot, outcome.value):
        sign = "right" if each.right else "wrong"
        mine = ", your answer" if each.chosen else ""
        name = f"{each.letter}. " if each.letter else ""
        lines.append(wrapped(f"{name}{each.text} ({sign}{mine}). {each.reason}", indent="     ", first="  "))
    lines += [
        ink(wrapped(f"{cited.text} {cited.link}", indent="     ", first="  "), "faint")
        for cited in slot.question.citations
    ]
    return lines


def standing(attempt: Attempt) -> str:
    """Say which questions are open and which are flagged."""
    total = len(attempt.form.slots)
    unanswered = [slot + 1 for slot in range(total) if slot not in attempt.responses]
    lines = ["", f"{len(attempt.responses)} of {total} answered."]
    lines += [wrapped(f"Not answered: {_spans(unanswered)}.")] if unanswered else []
    lines += [wrapped(f"Flagged: {_spans([slot + 1 for slot in sorted(attempt.flags)])}.")] if attempt.flags else []
    return "\n".join(lines)


def _spans(numbers: list[int]) -> str:
    """List numbers in order, neighbours together: `1, 3 to 7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def result(attempt: Attempt) -> str:
    """Tell the score with its uncertainty, each domain, and what lost points with its reasons."""
    score = grade(attempt)
    decision = decide(score, attempt.form)
    lines = ["", ink(_headline(score, decision), "bold"), *_rules(decision), *_domains(attempt, score)]
    if attempt.submitted and attempt.submitted.by == "clock":
        lines.insert(1, "The time was up; the answers saved until then are graded.")
    if attempt.form.policy.confidence:
        lines.insert(1, certainty_result(attempt, score))
    lost = [outcome for outcome in score.outcomes if outcome.fraction < 1]
    if lost and len(attempt.checked) < len(attempt.form.slots):
        lines += ["", ink("What lost points", "bold")]
        for outcome in lost:
            slot = attempt.form.slots[outcome.slot]
            lines += ["", wrapped(f"{outcome.slot + 1}. {slot.question.stem}"), *_review(slot, outcome)[1:]]
    return "\n".join(lines)


def certainty_result(attempt: Attempt, score: Score) -> str:
    """Tell the certainty-based marks beside the percent, and which of the two counts."""
    counts = (
        "decides" if attempt.form.policy.confidence_decides else "is shown for you to learn from and does not count"
    )
    return wrapped(f"By how sure you were: {score.certainty_percent:.0f} % of the most there is. This {counts}.")


def _rules(decision: Decision | None) -> list[str]:
    """Tell how each rule came out, where there is more than a pass mark."""
    if decision is None or len(decision.grounds) == 1:
        return []
    return [f"{'met    ' if ground.holds else 'not met'}  {ground.words}" for ground in decision.grounds]


def _headline(score: Score, decision: Decision | None) -> str:
    verdict = {True: " Passed.", False: " Not passed.", None: ""}[decision.passed if decision else None]
    return (
        f"{score.points:.4g} of {score.max_points:g} points, {floor(score.percent + 1e-9)} %"
        f" (95 % interval {_span(score.interval)}).{verdict}"
    )


def _domains(attempt: Attempt, score: Score) -> list[str]:
    titles = dict(attempt.form.domains)
    return [
        wrapped(
            f"{titles.get(each.domain, f'Domain {each.domain}')}: {floor(100 * each.fraction + 1e-9)} %"
            f" of {each.n} question{'s' if each.n > 1 else ''} (95 % interval {_span(each.interval)})",
            indent="    ",
            first="  ",
        )
        for each in score.by_domain
    ]


def _span(interval: Interval) -> str:
    return f"{round(100 * interval.low)} to {round(100 * interval.high)} %"
