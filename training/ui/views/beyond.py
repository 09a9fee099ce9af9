"""Groups side by side, items that hang together, the link to an earlier calibration: charts, or why there is none."""

from training.services.looking_beyond import Beyond, GroupTold, LinkTold
from training.ui.views.measured import Plot, Series, known, two
from training.ui.views.words import count, plain

MOST_PAIRS = 15
LARGE = 1.5
GROUP_HEAD = ("Item", "Delta", "Standard error", "p adjusted", "Class", "In words")
LEVELS = {"C": "large", "B": "some", "A": "negligible"}


def group_title(group: GroupTold) -> str:
    """Name a comparison."""
    return f"{group.focal} ({group.n}) against {group.reference} ({group.reference_n})"


def group_plot(group: GroupTold, number: int) -> Plot | None:
    """Draw how much easier or harder each item is for a group of equal ability; None where nothing could be told."""
    judged = [each for each in group.items if each.level and known(each.facility)]
    if not judged:
        return None
    large = [each for each in judged if each.level == "C"]
    said = f"{count(len(large), 'item')} of {len(judged)} {'is' if len(large) == 1 else 'are'} unfair by a large amount"
    named = f": {', '.join(plain(each.item_id) for each in large)}. Read what they ask." if large else "."
    return Plot(
        f"groups-{number}",
        f"Learners of equal ability ({group.matched}) are compared. Below 0 an item is harder for {plain(group.focal)}."
        f" {said}{named}",
        tuple(
            Series(
                words, tuple(each.facility for each in own), tuple(each.delta for each in own), "dots",
                tuple(f"{each.item_id}: delta {two(each.delta)} ± {two(1.96 * each.delta_error)}" for each in own),
            )
            for level, words in LEVELS.items() if (own := [each for each in judged if each.level == level])
        ),
        "share right", "delta (Mantel-Haenszel)", GROUP_HEAD,
        tuple(
            (plain(e.item_id), two(e.delta), two(e.delta_error), two(e.p), e.level, plain(e.reason))
            for e in sorted(judged, key=lambda each: -abs(each.delta))
        ),
        x_range=(0, 1), lines=(("harder for them", -LARGE), ("easier for them", LARGE)),
    )  # fmt: skip


def group_silence(group: GroupTold) -> str:
    """Say of how many items nothing can be told, and why."""
    silent = [each for each in group.items if not each.level]
    if not silent:
        return ""
    return (
        f"{count(len(silent), 'item')} could not be compared. The first: {plain(silent[0].item_id)}. {silent[0].reason}"
    )


def pairs_said(beyond: Beyond) -> str:
    """Say what was found of pairs where there is no chart."""
    if not beyond.judged:
        return " ".join(beyond.pairs_notes)
    return (
        f"None of {count(beyond.judged, 'pair')} of items stands out (mean Q3 {two(beyond.mean_q3)}): "
        "no two seem to cue each other or ask the same."
    )


def pairs_plot(beyond: Beyond) -> Plot | None:
    """Draw the pairs that hang together, the closest first."""
    if not beyond.pairs:
        return None
    shown = beyond.pairs[:MOST_PAIRS]
    first, verb = shown[0], "hangs" if len(beyond.pairs) == 1 else "hang"
    return Plot(
        "pairs",
        f"{count(len(beyond.pairs), 'pair')} of {beyond.judged} {verb} together beyond what ability explains: first "
        f"{plain(first.first)} with {plain(first.second)}. Does one cue the other, or do they ask the same? "
        "Then make them enemies.",
        (Series("Q3", tuple(f"pair {place}" for place in range(1, len(shown) + 1)),
                tuple(each.q3 for each in shown), "bars",
                tuple(f"{each.first}, {each.second}: {two(each.q3)}" for each in shown)),),
        "", "Q3", ("Pair", "Item", "With", "Q3", "Answered both"),
        tuple(
            (str(place), plain(each.first), plain(each.second), two(each.q3), str(each.n))
            for place, each in enumerate(beyond.pairs, 1)
        ),
        y_range=(0, 1),
    )  # fmt: skip


def link_plot(link: LinkTold) -> Plot:
    """Draw the common items' difficulties then against now, on one scale."""
    moved = dict(link.moved)
    way = "abler" if link.shift > 0 else "less able"
    out = "".join(
        f" {plain(name)} became {abs(by):.1f} {'harder' if by > 0 else 'easier'} and is left out."
        for name, by in link.moved
    )
    how = "Stocking and Lord" if link.method == "stocking_lord" else "the mean difficulty alone: too few for a slope"
    groups = (
        ("in the link", [each for each in link.difficulties if each[0] not in moved]),
        ("moved, left out", [each for each in link.difficulties if each[0] in moved]),
    )
    return Plot(
        "link",
        f"Linked to {link.to} by {link.common} common items ({how}). These learners are on average "
        f"{abs(link.shift):.2f} standard deviations {way} than those. Common items should lie on the diagonal.{out}",
        tuple(
            Series(name, tuple(x for _, x, _ in own), tuple(y for _, _, y in own), "dots",
                   tuple(f"{item}: {x:.2f} then, {y:.2f} now" for item, x, y in own))
            for name, own in groups if own
        ),
        "difficulty then", "difficulty now, on the scale of then", ("Item", "Then", "Now", "Left out"),
        tuple((plain(item), two(x), two(y), "yes" if item in moved else "") for item, x, y in link.difficulties),
    )  # fmt: skip
