"""Groups, pairs of items and links for people: what was found in a few lines, and why where nothing was."""

from collections.abc import Iterator, Sequence

from training.cli.ink import ink, wrapped
from training.measurement.further import Further
from training.measurement.groups import Groups
from training.measurement.linked import Linked
from training.measurement.pairs import Dependence

WIDEST_NAME = 28


def further_text(names: Sequence[str], further: Further, other: str) -> Iterator[str]:
    """Write what was asked for beyond the analysis."""
    if further.dependence:
        yield from _pairs(names, further.dependence)
    if further.groups:
        yield from _groups(names, further.groups)
    if further.link:
        yield from _link(other, further.link)


def _pairs(names: Sequence[str], found: Dependence) -> Iterator[str]:
    yield from ("", ink("Items that hang together (Q3)", "bold"), *map(wrapped, found.notes))
    if found.judged and not found.pairs:
        yield wrapped(f"None of {found.judged} pairs stands out; their mean is {found.mean:.2f}.")
    for pair in found.pairs:
        yield f"  {names[pair.first]} and {names[pair.second]}: {pair.q3:.2f} (mean {found.mean:.2f}, n {pair.n})"


def _groups(names: Sequence[str], groups: Groups) -> Iterator[str]:
    title = f"Groups against {groups.reference} ({groups.n}), matched by {groups.matched}" if groups.n else "Groups"
    yield from ("", ink(title, "bold"), *map(wrapped, groups.notes))
    wide = min(max([4, *map(len, names)]), WIDEST_NAME)
    for one in groups.compared:
        yield f"{one.focal} ({one.n}): delta below 0 says harder for them; A negligible, B some, C large"
        yield f"{'item':<{wide}}  {'delta':>6} {'(se)':>6}  {'p adj.':>6}  class"
        for name, dif in zip(names, one.items, strict=True):
            if dif.level:
                numbers = f"{dif.delta:>6.2f} {f'({dif.delta_error:.2f})':>6}  {dif.p_adjusted:>6.3f}"
                yield f"{name[:wide]:<{wide}}  {numbers}  {dif.level}"
            else:
                yield f"{name[:wide]:<{wide}}  {dif.reason}"


def _link(other: str, link: Linked) -> Iterator[str]:
    yield from ("", ink(f"Link to {other}", "bold"), *map(wrapped, link.notes))
    if link.method == "none":
        return
    how = "Stocking and Lord" if link.method == "stocking_lord" else "the mean difficulty"
    yield wrapped(
        f"By {how}, on {len(link.common)} common items: ability there = {link.slope:.3f} × ability here"
        f" {link.shift:+.3f}."
    )
    for each in link.moved:
        way = "harder" if each.by > 0 else "easier"
        yield wrapped(f"{each.name} is {abs(each.by):.2f} {way} here; it was left out of the link.", indent="  ")
