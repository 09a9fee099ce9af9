"""Which items fill the cells of a blueprint: by chance, fresh ones first, enemies apart, never too few."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from training.core.dice import Dice
from training.core.pool import Candidate, Cell, Pool, needed_on_trial, shortfall
from training.core.refusal import Refusal

MOST_TRIES = 20_000
"""Places the exact search may try before a blueprint that is tight on enemies is given up."""

MOST_AGAIN = 20
"""Times a form is drawn anew where one that she has met was taken because enemies barred one that she has not."""

Chosen = list[tuple[int, list[Candidate]]]
"""For each section in order, the candidates drawn for it."""


def draw(pool: Pool, dice: Dice, seen: Mapping[str, datetime]) -> Chosen:
    """Fill every cell, the quick way where cells do not compete, by search where they do.

    Raises Refusal with every shortfall named.
    """
    counts = [(cell.quota, cell.size) for cell in pool.cells]
    short = [shortfall(quota, have) for quota, have in counts if have < quota.count]
    if short:
        raise _refusal(short)
    picked = _freshest(pool, dice, seen)
    if picked is None:
        picked = _search(pool, dice, seen)
    sections: dict[int, list[Candidate]] = {}
    for cell, candidates in zip(pool.cells, picked, strict=True):
        sections.setdefault(cell.section, []).extend(candidates)
    return list(sections.items())


def trial(pool: Pool, dice: Dice, seen: Mapping[str, datetime], chosen: Chosen) -> list[Candidate]:
    """Choose pretest questions, unseen ones first, so many that they are at least the policy's share of the form.

    Raises Refusal where there are too few.
    """
    drawn = [candidate for _, candidates in chosen for candidate in candidates]
    count = needed_on_trial(pool.programme.policy.pretest, sum(candidate.size for candidate in drawn))
    barred = {enemy for candidate in drawn for enemy in candidate.enemies}
    picked: list[Candidate] = []
    for candidate in fresh_first(pool.pretest, dice, seen):
        if len(picked) == count:
            break
        if candidate.item_id not in barred:
            picked.append(candidate)
            barred |= candidate.enemies
    if len(picked) < count:
        raise _refusal([f"pretest: needs {count}, has {len(picked)}"])
    return picked


def _refusal(short: list[str]) -> Refusal:
    return Refusal("This quiz cannot be drawn from its banks. " + "; ".join(short) + ".")


def _freshest(pool: Pool, dice: Dice, seen: Mapping[str, datetime]) -> list[list[Candidate]] | None:
    """Fill the cells so that enemies among what she has not met cost as few repetitions as may be."""
    best, fewest = _draw_in_turn(pool, dice, seen)
    for _ in range(MOST_AGAIN):
        if not fewest:
            break
        again, repeated = _draw_in_turn(pool, dice, seen)
        if again is not None and repeated < fewest:
            best, fewest = again, repeated
    return best


def _draw_in_turn(pool: Pool, dice: Dice, seen: Mapping[str, datetime]) -> tuple[list[list[Candidate]] | None, int]:
    """Fill cell after cell; None where one comes out short because an earlier one took what it needed.

    The number says how many were met before while others that were not stood back for their enemies.
    """
    taken: set[str] = set()
    barred: set[str] = set()
    picked: list[list[Candidate]] = []
    repeated = 0
    for cell in pool.cells:
        mine: list[Candidate] = []
        room = cell.quota.count
        stood_back = 0
        for candidate in fresh_first(cell.candidates, dice, seen):
            if candidate.item_id in taken or candidate.item_id in barred or candidate.size > room:
                stood_back += candidate.item_id not in taken and candidate.item_id not in seen
                continue
            mine.append(candidate)
            taken.add(candidate.item_id)
            barred |= candidate.enemies
            room -= candidate.size
            if not room:
                break
        else:
            return None, 0
        picked.append(mine)
        if stood_back:
            repeated += min(stood_back, sum(candidate.item_id in seen for candidate in mine))
    return picked, repeated


def fresh_first(candidates: Sequence[Candidate], dice: Dice, seen: Mapping[str, datetime]) -> Iterator[Candidate]:
    """Yield candidates, unseen ones in random order, then the least recently seen first."""
    stale: list[Candidate] = []
    for candidate in dice.wander(candidates):
        if candidate.item_id in seen:
            stale.append(candidate)
        else:
            yield candidate
    # Sorting is stable, so items last met at the same moment stay in random order.
    yield from sorted(stale, key=lambda candidate: seen[candidate.item_id])


def _search(pool: Pool, dice: Dice, seen: Mapping[str, datetime]) -> list[list[Candidate]]:
    search = _Search(pool, dice, seen)
    picked = search.run()
    if picked is None:
        raise _refusal(_shortfalls_together(pool, gave_up=search.gave_up))
    return picked


class _Search:
    """Backtracking over the cells, tightest first, for blueprints whose cells or enemies compete."""

    def __init__(self, pool: Pool, dice: Dice, seen: Mapping[str, datetime]) -> None:
        self.order = sorted(range(len(pool.cells)), key=lambda n: _slack(pool.cells[n]))
        self.ranked = {n: list(fresh_first(pool.cells[n].candidates, dice, seen)) for n in self.order}
        self.cells = pool.cells
        self.tries = 0

    @property
    def gave_up(self) -> bool:
        return self.tries > MOST_TRIES

    def run(self) -> list[list[Candidate]] | None:
        path = self._fill([], 0, self.cells[self.order[0]].quota.count, 0, set())
        if path is None:
            return None
        picked: list[list[Candidate]] = [[] for _ in self.cells]
        for cell, candidate in path:
            picked[cell].append(candidate)
        return picked

    def _fill(
        self, path: list[tuple[int, Candidate]], turn: int, room: int, start: int, used: set[str]
    ) -> list[tuple[int, Candidate]] | None:
        """Fill the cell whose turn it is from its candidate number `start` on, then those after it."""
        if not room:
            turn, start = turn + 1, 0
            if turn == len(self.order):
                return path
            room = self.cells[self.order[turn]].quota.count
        cell = self.order[turn]
        ranked = self.ranked[cell]
        # Within a cell the order of picking does not matter, so each place goes on from the last one's choice.
        for position in range(start, len(ranked)):
            self.tries += 1
            if self.gave_up:
                return None
            candidate = ranked[position]
            if candidate.size > room or candidate.item_id in used or not candidate.enemies.isdisjoint(used):
                continue
            more = [*path, (cell, candidate)], turn, room - candidate.size, position + 1, used | {candidate.item_id}
            found = self._fill(*more)
            if found:
                return found
        return None


def _slack(cell: Cell) -> float:
    return cell.size / cell.quota.count


def _shortfalls_together(pool: Pool, *, gave_up: bool) -> list[str]:
    """Name the cells that come out short when all are filled from one pool with enemies apart."""
    taken: set[str] = set()
    barred: set[str] = set()
    short: list[str] = []
    for cell in sorted(pool.cells, key=_slack):
        have = 0
        for candidate in cell.candidates:
            if have + candidate.size <= cell.quota.count and candidate.item_id not in taken | barred:
                taken.add(candidate.item_id)
                barred |= candidate.enemies
                have += candidate.size
        if have < cell.quota.count:
            short.append(shortfall(cell.quota, have) + " once enemies and the other quotas have taken theirs")
    if gave_up:
        short.append(f"no complete form was found in {MOST_TRIES:,} tries, so few items fit together")
    return short or ["its quotas and enemies leave no complete form"]
