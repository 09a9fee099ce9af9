"""What the test-wise bots won, in words and rows."""

from dataclasses import dataclass

from training.content.bots.guessing import Performance
from training.services.guessing import Group, Guessed
from training.ui.views.words import count

TITLES = {
    "longest": "Takes the longest option",
    "most_hedged": "Takes the most hedged option",
    "clang": "Takes what sounds like the stem",
    "convergence": "Takes what shares most with the others",
    "odd_one_out": "Takes the odd one out",
    "middle_number": "Takes the middle number",
    "grammar": "Takes what fits the grammar",
    "no_absolutes": "Avoids absolute words",
    "all_of_the_above": "Takes all of the above",
    "position": "Takes the usual place",
    "combination": "Weighs all cues together",
}


@dataclass(frozen=True, slots=True)
class BotBar:
    """One bot: shares from 0 to 100, what chance gives, and whether it beats that."""

    title: str
    percent: float
    low: float
    high: float
    chance: float
    questions: int
    right: int
    beats: bool

    @property
    def row(self) -> tuple[str, ...]:
        if not self.questions:
            return self.title, "0", "nothing to go by", "", ""
        span = f"{round(self.low)} to {round(self.high)} %"
        return (
            self.title, str(self.questions), f"{round(self.percent)} %", span,
            f"{round(self.chance)} %" + (", beaten" if self.beats else ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Won:
    """A bot that beats a group, and the items its cue gave it."""

    title: str
    items: tuple[str, ...]
    labels: tuple[str, ...]
    """The items, each with the cues that decided where the bot weighs several."""


@dataclass(frozen=True, slots=True)
class BotsView:
    """The bots on one group of questions."""

    summary: str
    in_words: str
    bars: tuple[BotBar, ...]
    won: tuple[Won, ...]


def group_choices(found: Guessed, titles: dict[str, str]) -> dict[str, str]:
    """Give what can be looked at: everything, each bank, each domain."""
    banks = {f"bank {each.name}": f"Bank: {titles.get(each.name, each.name)}" for each in found.banks}
    domains = {f"domain {each.name}": f"Domain {each.name}: {titles.get(each.name, '')}" for each in found.domains}
    return {"": "All banks together"} | banks | domains


def group_named(found: Guessed, name: str) -> Group:
    """Find a group by what `group_choices` calls it."""
    kind, _, rest = name.partition(" ")
    among = found.banks if kind == "bank" else found.domains if kind == "domain" else ()
    return next((each for each in among if each.name == rest), found.whole)


def bots_view(group: Group) -> BotsView:
    """Work out the chart, the table and what to mend."""
    bars = tuple(_bar(each) for each in group.bots)
    beaten = [each for each in group.bots if each.beats_chance]
    verdict = f"{count(len(beaten), 'bot')} beat chance" if beaten else "No bot beats chance"
    summary = f"{verdict} on {count(group.questions, 'question')} with one right option."
    said = (f"{bar.title}: {round(bar.percent)} percent, chance {round(bar.chance)}" for bar in bars if bar.questions)
    won = tuple(Won(TITLES[each.bot], tuple(won.item_id for won in each.won), _labels(each)) for each in beaten)
    return BotsView(summary, f"Chart of what each bot wins, with intervals. {'; '.join(said)}.", bars, won)


def _labels(each: Performance) -> tuple[str, ...]:
    if each.bot != "combination":
        return tuple(won.item_id for won in each.won)
    return tuple(f"{won.item_id} ({' and '.join(TITLES[cue].lower() for cue in won.cues)})" for won in each.won)


def _bar(each: Performance) -> BotBar:
    return BotBar(
        TITLES[each.bot], 100 * each.share, 100 * each.low, 100 * each.high, 100 * each.chance,
        each.questions, each.right, each.beats_chance,
    )  # fmt: skip
