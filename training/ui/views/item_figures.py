"""The tables and charts of items as they were answered."""

from collections.abc import Sequence

from training.measurement.policy import CORRELATIONS_FROM
from training.services.analysing import Curves, ItemFigures, ItemReport, ItemTable
from training.ui.views.measured import Plot, Series, between, known, month_name, months_of, one, share, short, two
from training.ui.views.words import count, plain

HEAD = (
    "Item",
    "Answers",
    "Right",
    "Right: 95 %",
    "Item-rest r",
    "r: 95 %",
    "D",
    "Alpha without",
    "Median s",
    "Look at",
)
OPTION_HEAD = ("Option", "Chosen", "Share", "Lowest third", "Middle third", "Highest third", "r with score", "")
FIFTHS = ("weakest fifth", "second", "third", "fourth", "strongest fifth")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")


def table_rows(items: Sequence[ItemFigures]) -> list[tuple[str | float | None, ...]]:
    """Give a row for each item, in the order of the table; numbers as numbers, so that a column sorts by them."""
    return [
        (
            each.item_id, each.n, _number(each.p), between(each.p_low, each.p_high), _number(each.r_rest),
            between(each.r_low, each.r_high), _number(each.discrimination), _number(each.alpha_if_deleted),
            _number(each.seconds[1]), flags_in_short(each),
        )
        for each in items
    ]  # fmt: skip


def _number(value: float) -> float | None:
    return round(value, 2) if known(value) else None


def flags_in_short(item: ItemFigures) -> str:
    """Name what is wrong with an item."""
    return ", ".join(flag.name.replace("_", " ") for flag in item.flags)


def troubled(table: ItemTable) -> str:
    """Say how many items deserve a look, and how many cannot be judged."""
    few = sum(any(flag.name == "too_few" for flag in each.flags) for each in table.items)
    bad = sum(bool(each.flags) for each in table.items) - few
    said = f"{count(bad, 'item')} of {len(table.items)} {'deserves' if bad == 1 else 'deserve'} a look"
    return f"{said}; {few} have too few answers to judge." if few else f"{said}."


def label(item: ItemFigures) -> str:
    """Name an item in a link."""
    return f"{item.item_id}: {short(item.stem, 90)}"


def about(item: ItemFigures) -> str:
    """Say in one line how an item works, then why it deserves a look."""
    if not known(item.p):
        return item.standing
    said = f"{item.n} answers · {share(item.p)} right ({between(item.p_low, item.p_high)}) · r {two(item.r_rest)}"
    return "  \n".join([f":small[{said}]", *(plain(flag.reason) for flag in item.flags)])


def scatter(items: Sequence[ItemFigures]) -> Plot | None:
    """Draw how hard items are against how well they tell strong from weak; None where too few answered any."""
    judged = [each for each in items if known(each.p) and known(each.r_rest)]
    if not judged:
        return None
    low = sum(each.r_rest < 0.15 for each in judged)  # noqa: PLR2004 - the line that is drawn
    groups = (("nothing to say", [e for e in judged if not e.flags]), ("flagged", [e for e in judged if e.flags]))
    return Plot(
        "facility-and-discrimination",
        f"Good items lie high; far right nearly everybody is right. {count(low, 'item')} of {len(judged)} "
        f"{'lies' if low == 1 else 'lie'} below the line at .15, where an item hardly tells strong from weak.",
        tuple(
            Series(
                name, tuple(e.p for e in group), tuple(e.r_rest for e in group), "dots",
                tuple(f"{e.item_id}: {two(e.p)} right, r {two(e.r_rest)}, n {e.n}" for e in group),
            )
            for name, group in groups if group
        ),
        "share right", "item-rest correlation", ("Item", "Right", "Item-rest r", "Answers"),
        tuple((plain(e.item_id), two(e.p), two(e.r_rest), str(e.n)) for e in judged),
        x_range=(0, 1), y_range=(-0.6, 1), lines=(("r = .15", 0.15),),
    )  # fmt: skip


def version_title(number: int, item: ItemFigures) -> str:
    """Name a version."""
    months = item.months
    when = f"{month_name(months[0].month)} to {month_name(months[-1].month)}" if months else "no answers"
    return f"Version {number} ({item.version[:8]}), {when}"


def figures(item: ItemFigures) -> list[tuple[str, str]]:
    """Give the numbers of one version with their names."""
    quick, median, slow = item.seconds
    return [
        ("Answers", str(item.n)), ("Right", f"{share(item.p)} ({between(item.p_low, item.p_high)})"),
        ("Item-rest r", f"{two(item.r_rest)} ({between(item.r_low, item.r_high)})"),
        ("Discrimination index", two(item.discrimination)),
        ("Seconds", f"{one(median)} (a tenth below {one(quick)}, a tenth above {one(slow)})"),
        ("Too quick to have been read", share(item.rapid)),
    ]  # fmt: skip


def option_rows(item: ItemFigures) -> list[tuple[str, ...]]:
    """Give a row for each option: who chose it."""
    return [
        (
            plain(item.names[use.option]) + (" **(right)**" if use.right else ""), str(use.n), share(use.share),
            *map(share, use.by_third), two(use.r),
            "few choose it" if use.idle else "better than the key" if use.beats_key else "",
        )
        for use in item.options
    ]  # fmt: skip


def option_curves(item: ItemFigures, curves: Curves) -> Plot | None:
    """Draw who chose what from the weakest fifth to the strongest; None where too few answered.

    Of an item with rows only what is right in each is drawn: all options of all rows would be a tangle.
    """
    if not curves.shares:
        return None
    named = [
        (item.names[use.option], use.right, shares)
        for use, shares in zip(item.options, curves.shares, strict=True)
        if use.right or item.rows == 1
    ]
    return Plot(
        f"options-{item.item_id}", _said_of_curves(item, [shares for _, right, shares in named if right]),
        tuple(
            Series(
                f"{'✓ ' if right else ''}{name}", FIFTHS, shares, "line", tuple(share(each) for each in shares),
                "solid" if right and item.rows == 1 else DASHES[(1 + place) % len(DASHES)],
            )
            for place, (name, right, shares) in enumerate(named)
        ),
        "", "share that chose it", ("Option", *FIFTHS),
        tuple((plain(name) + (" (right)" if right else ""), *map(share, shares)) for name, right, shares in named),
        y_range=(0, 1.02),
    )  # fmt: skip


def _said_of_curves(item: ItemFigures, right: Sequence[Sequence[float]]) -> str:
    rising = sum(shares[-1] > shares[0] for shares in right)
    if item.rows > 1:
        said = "In every row the right answer should be given more often from the weakest fifth to the strongest."
        return f"{said} Here {rising} of {len(right)} rise."
    said = "From the weakest fifth of learners to the strongest, what is right should rise and everything else fall."
    if len(right) > 1:
        return f"{said} Here {rising} of {len(right)} right options rise."
    first, last = (share(right[0][place]) for place in (0, -1))
    doubt = "is the key right?" if known(item.r_high) and item.r_high < 0 else "so few may do that by chance."
    return f"{said} Here it goes from {first} to {last}{'.' if rising or first == last else f': {doubt}'}"


def over_time(report: ItemReport) -> Plot | None:
    """Draw the facility of each version month by month; None where no month has answers enough."""
    found = [(number, each, months_of(each.months)) for number, each in enumerate(report.versions, 1)]
    if not any(months for _, _, months in found):
        return None
    return Plot(
        f"months-{report.item_id}",
        f"An item that many know beforehand rises with time. {_said_of_time(report.versions)}",
        tuple(
            Series(f"version {number}", tuple(name for name, _ in months), tuple(p for _, p in months), "line",
                   tuple(share(p) for _, p in months), DASHES[(number - 1) % len(DASHES)])
            for number, _, months in found if months
        ),
        "month", "share right", ("Version", "Month", "Answers", "Right"),
        tuple(
            (str(number), month_name(month.month), str(month.n), share(month.facility))
            for number, each, _ in found for month in each.months
        ),
        y_range=(0, 1.02),
    )  # fmt: skip


def _said_of_time(versions: Sequence[ItemFigures]) -> str:
    drifted = [flag.reason for each in versions for flag in each.flags if flag.name == "drifted"]
    if drifted:
        return drifted[0]
    judged = [each for each in versions if each.n >= CORRELATIONS_FROM and len(each.months) > 1]
    if not judged:
        return f"Too few to judge: it takes {CORRELATIONS_FROM} answers over at least two months."
    return "Here nothing moves more than chance, or than all items together do."


def times(report: ItemReport) -> Plot | None:
    """Draw how long each version takes; None where no time is known."""
    timed = [(f"version {n}", each.seconds) for n, each in enumerate(report.versions, 1) if known(each.seconds[1])]
    if not timed:
        return None
    names, longest = tuple(name for name, _ in timed), max(timed, key=lambda each: each[1][1])
    rapid = [flag.reason for each in report.versions for flag in each.flags if flag.name == "rapid_answers"]
    return Plot(
        f"times-{report.item_id}",
        f"Half of the answers to {longest[0]} took less than {one(longest[1][1])} seconds. "
        f"Times run from what was done before to the answer, so they include reading. {' '.join(rapid)}".rstrip(),
        tuple(
            Series(name, names, tuple(seconds[place] for _, seconds in timed), "dots",
                   tuple(f"{one(seconds[place])} s" for _, seconds in timed))
            for place, name in enumerate(("a tenth below", "half below", "nine tenths below"))
        ),
        "", "seconds", ("Version", "A tenth below", "Half below", "Nine tenths below"),
        tuple((name, *map(one, seconds)) for name, seconds in timed),
    )  # fmt: skip
