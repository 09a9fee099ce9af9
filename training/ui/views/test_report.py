"""The figures, tables and charts of a test report."""

from itertools import pairwise

from training.measurement.policy import RASCH_FROM
from training.services.reporting import GROUP, Model, TestReport
from training.ui.views.measured import NOTHING, Plot, Series, known, one, share, two
from training.ui.views.words import count, plain

YEAR_HEAD = (
    "Year", "Paper", "Learners", "Attempts", "Passed %", "Cut %", "Mean %", "SD", "Reliability", "SEM", "Consistency",
)  # fmt: skip
SECTION_HEAD = ("Section", "Questions", "Mean %", "SD", "Reliability", "Weight meant", "Weight as it happened")
WEAK = 0.7


def too_few(report: TestReport) -> str:
    """Say why there is nothing to say."""
    return (
        f"{count(report.learners, 'learner')} handed this in. Of fewer than {GROUP} nothing is said as a group: "
        "the figures would be theirs, one by one."
    )


def figures(report: TestReport) -> list[tuple[str, str, str]]:
    """Give the chief numbers: name, value, and what it means."""
    whole, decided = report.whole, report.decisions
    if whole is None:
        return []
    alpha = f"{two(whole.alpha)} ({two(whole.alpha_low)} to {two(whole.alpha_high)})" if known(whole.alpha) else NOTHING
    per_cent = 100 / whole.length if whole.length else float("nan")
    passing = report.passing
    return [
        ("Attempts", str(report.quiz.attempts), f"by {count(report.learners, 'learner')}"),
        ("Passed", f"{one(report.passed)} %" if known(report.passed) else NOTHING,
         f"95 %: {share(passing.low)} to {share(passing.high)}; cut {one(report.cut)} %" if passing else ""),
        ("Mean", f"{one(whole.mean * per_cent)} %", f"standard deviation {one(whole.sd * per_cent)}"),
        ("Alpha", alpha, "how alike scores on another such test would be"),
        ("Dependability", two(report.dependability), "the same where each draws other items: a hard draw is error"),
        ("Standard error", f"{one(whole.sem * per_cent)} points of a hundred", "of one learner's score"),
        ("Decided alike", share(decided.consistency) if decided else NOTHING,
         f"on another form (kappa {two(decided.kappa)}); by Subkoviak "
         f"{share(report.subkoviak.consistency) if report.subkoviak else NOTHING}" if decided else ""),
        ("Decided rightly", share(decided.accuracy) if decided else NOTHING,
         f"passed wrongly {share(decided.false_pass)}, failed wrongly {share(decided.false_fail)}" if decided else ""),
    ]  # fmt: skip


def no_model(report: TestReport) -> str:
    """Say why there is no model: too few answers for one, or nobody asked for it."""
    if report.most_answers < RASCH_FROM:
        return (
            f"No model yet: it takes {RASCH_FROM} answers to an item, and the one answered most has "
            f"{report.most_answers}."
        )
    return (
        f"No model was fitted yet. `python -m training analyse --programme {plain(report.quiz.slug)} --model 2pl` "
        "fits one and keeps it."
    )


def verdict(report: TestReport) -> str:
    """Say in a sentence what the scores are worth."""
    if report.decisions is None:
        return "Too few attempts, or no cut on the total, to say how sure its decisions are."
    alike = report.decisions.consistency
    sure = "sure enough to decide by" if report.dependability >= WEAK else "too unsure to decide by alone"
    return (
        f"On another form {share(alike)} of learners would get the same decision. Scores of this length are {sure} "
        f"(dependability {two(report.dependability)})."
    )


def year_rows(report: TestReport) -> list[tuple[str, ...]]:
    """Give the yearly list that a certifying body reports."""
    return [
        (
            str(each.year), plain(each.paper), str(each.learners), str(each.attempts), one(each.passed), one(each.cut),
            one(each.mean), one(each.sd), two(each.reliability), one(each.sem), share(each.consistency),
        )
        for each in report.years
    ]  # fmt: skip


def section_rows(report: TestReport) -> list[tuple[str, ...]]:
    """Give a row for each section."""
    return [
        (
            plain(each.title), one(each.questions), one(each.mean), one(each.sd), two(each.reliability),
            f"{one(each.nominal)} %", f"{one(each.effective)} %" if known(each.effective) else NOTHING,
        )
        for each in report.sections
    ]  # fmt: skip


def weak_sections(report: TestReport) -> str:
    """Warn of sections that are too short to decide by."""
    weak = [plain(each.title) for each in report.sections if known(each.reliability) and each.reliability < WEAK]
    return f"No decision should rest on a section whose reliability is below {WEAK}: {', '.join(weak)}." if weak else ""


def distribution(report: TestReport) -> Plot:
    """Draw how the scores lie about the cut, in fives of percents."""
    bins = [sum(report.distribution[low : low + 5 if low < 95 else 101]) for low in range(0, 100, 5)]  # noqa: PLR2004
    near = sum(report.distribution[max(0, round(report.cut) - 5) : round(report.cut) + 6]) if known(report.cut) else 0
    said = (
        f"{count(near, 'attempt')} {'lies' if near == 1 else 'lie'} within five points of the cut, where a decision is "
        "least sure." if known(report.cut) else "How many attempts earned how much; this quiz has no cut on the whole."
    )  # fmt: skip
    names = tuple(f"{low}–{low + 4 if low < 95 else 100}" for low in range(0, 100, 5))  # noqa: PLR2004
    return Plot(
        "scores", said,
        (Series("attempts", tuple(float(low) + 2.5 for low in range(0, 100, 5)), tuple(map(float, bins)), "bars",
                tuple(f"{name} %: {many}" for name, many in zip(names, bins, strict=True))),),
        "percent", "attempts", ("Percent", "Attempts"),
        tuple((name, str(many)) for name, many in zip(names, bins, strict=True)), x_range=(0, 100),
        lines=(("cut", report.cut),) if known(report.cut) else (),
    )  # fmt: skip


def information(model: Model) -> Plot:
    """Draw where a form tells most, against the cut."""
    best = model.ability[max(range(len(model.ability)), key=model.information.__getitem__)]
    said = f"A form tells most at ability {best:.1f}"
    if known(model.cut):
        at_cut = min(range(len(model.ability)), key=lambda place: abs(model.ability[place] - model.cut))
        error = model.information[at_cut] ** -0.5
        said += f"; the cut is at {model.cut:.1f}, where the standard error of an ability is {error:.2f}"
    every = range(0, len(model.ability), 5)
    return Plot(
        "information", f"{said}. The peak should be near the cut.",
        (Series("information of a form", model.ability, model.information, "line",
                tuple(f"{x:.1f}: {y:.2f}" for x, y in zip(model.ability, model.information, strict=True))),),
        "ability", "information", ("Ability", "Information", "Standard error"),
        tuple(
            (f"{model.ability[n]:.1f}", two(model.information[n]), two(model.information[n] ** -0.5)) for n in every
        ),
        lines=(("cut", model.cut),) if known(model.cut) else (),
    )  # fmt: skip


def wright_map(model: Model) -> Plot:
    """Draw learners and items on one scale: abilities upwards, difficulties downwards."""
    edges = model.edges
    b_shown = [min(max(b, edges[0]), edges[-1] - 1e-9) for b in model.b]
    middles = tuple((low + high) / 2 for low, high in pairwise(edges))
    hard = [sum(low <= b < high for b in b_shown) for low, high in pairwise(edges)]
    learners = model.counts or (0,) * len(hard)
    who = "Attempts stand above the line by ability," if model.counts else "Of so few attempts none are drawn;"
    easy = sum(b < (model.cut if known(model.cut) else 0.0) for b in model.b)
    return Plot(
        "wright-map",
        f"{who} items hang below the line by difficulty; where attempts have no items beside them, the test measures "
        f"badly. {easy} of {count(len(model.b), 'item')} {'is' if easy == 1 else 'are'} easier than "
        f"{'the cut' if known(model.cut) else 'the average learner'}.",
        (
            Series("attempts", middles, tuple(map(float, learners)), "bars",
                   tuple(f"{x:.2f}: {n} attempts" for x, n in zip(middles, learners, strict=True))),
            Series("items", middles, tuple(-float(n) for n in hard), "bars",
                   tuple(f"{x:.2f}: {n} items" for x, n in zip(middles, hard, strict=True))),
        ),
        "ability and difficulty", "attempts (up), items (down)", ("From", "To", "Attempts", "Items"),
        tuple(
            (f"{low:.2f}", f"{high:.2f}", str(n), str(m))
            for low, high, n, m in zip(edges, edges[1:], learners, hard, strict=False) if n or m
        ),
        lines=(("cut", model.cut),) if known(model.cut) else (),
    )  # fmt: skip
