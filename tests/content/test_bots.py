"""The bots: a cue that tells the answers is found with the items it wins, and a clean bank is left in peace."""

import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.cli.conftest import Shell, content, environment, fresh_shell  # noqa: F401 - fixtures
from training.content.bots.cues import CUES
from training.content.bots.guessing import Performance
from training.content.libraries import load_library
from training.core.bank import Bank
from training.core.items.item import OptionNote, Status
from training.core.items.single_best import SingleBest
from training.services.guessing import Group, guess
from training.ui.views.bots import bots_view

WORDS = [
    "ankle",
    "belly",
    "chest",
    "elbow",
    "femur",
    "groin",
    "heel",
    "index",
    "joint",
    "knee",
    "lumbar",
    "muscle",
    "nerve",
    "palm",
    "rib",
    "sacrum",
    "tendon",
]


def item(
    number: int, options: list[str], key: int, stem: str = "What comes next for her?", domain: int = 1
) -> SingleBest:
    notes = tuple(OptionNote(text=text, why="Because.", correct=place == key) for place, text in enumerate(options))
    return SingleBest(
        id=f"item-{number:03}", type="single_best", status=Status.APPROVED, objective=f"{domain}.1", level="apply",
        stem=stem, references=("ref-one",), authors=("Ida",), options=notes,
    )  # fmt: skip


def random_bank(slug: str, seed: int, size: int = 40, *, key_is_longest: bool = False) -> Bank:
    """Options of random words, and the key at random; or always the longest."""
    dice = Random(seed)
    items = []
    for number in range(size):
        options = [" ".join(dice.sample(WORDS, dice.randint(2, 6))) for _ in range(4)]
        lengths = [len(each) for each in options]
        key = lengths.index(max(lengths)) if key_is_longest else dice.randrange(4)
        items.append(replace_id(item(number, options, key), f"{slug}-{number:03}"))
    return Bank(slug, slug, tuple(items))


def replace_id(made: SingleBest, name: str) -> SingleBest:
    return made.model_copy(update={"id": name})


def bot(group: Group, name: str) -> Performance:
    return next(each for each in group.bots if each.bot == name)


def test_a_bank_whose_key_is_the_longest_option_is_beaten_by_the_longest_option():
    found = guess([random_bank("long", 1, key_is_longest=True)], [])

    assert found.beaten
    winner = bot(found.banks[0], "longest")
    assert winner.beats_chance
    assert winner.right >= winner.questions - 1  # one may be lost where two options are equally long
    assert {won.item_id for won in winner.won} <= {f"long-{number:03}" for number in range(40)}
    assert {won.cues for won in winner.won} == {("longest",)}


def test_the_combination_learns_a_cue_on_other_banks_and_wins_by_it():
    banks = [random_bank(f"bank-{n}", n, key_is_longest=True) for n in range(3)]

    found = guess([banks[0]], banks)

    winner = bot(found.banks[0], "combination")
    assert winner.beats_chance
    decided = [won.cues for won in winner.won]
    assert decided.count(("longest",)) > len(decided) * 0.9

    shown = next(won for won in bots_view(found.banks[0]).won if won.title == "Weighs all cues together")
    assert sum(label.endswith("(takes the longest option)") for label in shown.labels) > len(decided) * 0.9


def test_a_domain_that_a_bot_beats_fails_the_library_though_no_bank_does():
    """Six keys of one domain are the longest in each of four banks; the other forty of each bank are at random."""
    banks = []
    for number in range(4):
        plain = random_bank(f"bank-{number}", number, 40)
        told = random_bank(f"bank-{number}", 90 + number, 6, key_is_longest=True).items
        moved = [
            replace_id(each, f"bank-{number}-told-{place}").model_copy(update={"objective": "2.1"})
            for place, each in enumerate(told)
            if isinstance(each, SingleBest)
        ]
        banks.append(replace(plain, items=(*plain.items, *moved)))

    found = guess(banks, banks)

    assert [group.name for group in found.domains if group.beaten_by] == ["2"]
    assert [group.name for group in found.banks if group.beaten_by] == []
    assert found.beaten


def test_an_avoided_cue_is_a_cue_too():
    """Where the key is never the longest, the combination wins though no single bot does."""
    dice, banks = Random(3), []
    for slug in ("one", "two"):
        items = []
        for number in range(80):
            options = [" ".join(dice.sample(WORDS, dice.randint(2, 7))) for _ in range(4)]
            order = sorted(range(4), key=lambda place: len(options[place]))
            items.append(replace_id(item(number, options, dice.choice(order[:2])), f"{slug}-{number:03}"))
        banks.append(Bank(slug, slug, tuple(items)))

    found = guess(banks, banks)

    assert not bot(found.whole, "longest").beats_chance
    assert bot(found.whole, "combination").beats_chance


def test_clean_banks_are_called_beaten_no_more_often_than_said():
    """40 clean pairs of banks: at 5 % for all bots together, more than 6 alarms come up once in 100 such tests."""
    alarms = 0
    for seed in range(40):
        banks = [random_bank("one", 2 * seed), random_bank("two", 2 * seed + 1)]
        alarms += guess(banks, banks).beaten

    assert alarms <= 6


def test_no_bot_beats_the_banks_that_ship():
    """What `python -m training bots` prints; where this fails, mend the items that it names."""
    banks = tuple(load_library(Path(__file__).parents[2])[0].banks.values())

    found = guess(banks, banks)

    groups = (found.whole, *found.banks, *found.domains)
    assert {group.name: group.beaten_by for group in groups if group.beaten_by} == {}


def test_what_has_no_opinion_is_not_counted():
    found = guess([random_bank("one", 5)], [])

    grammar = bot(found.banks[0], "all_of_the_above")
    assert (grammar.questions, grammar.p, grammar.beats_chance) == (0, 1.0, False)


@pytest.mark.parametrize(
    ("cue", "stem", "options", "taken"),
    [
        ("longest", "What?", ["rest", "ice and rest", "heat"], 1),
        ("most_hedged", "What?", ["It may usually help", "It helps", "It harms"], 0),
        ("clang", "What limits bruising?", ["Walking", "Pressure on the bruise", "Heat"], 1),
        ("convergence", "What?", ["oblique needle, lifted fold", "oblique needle, flat hand", "upright pin"], 0),
        ("middle_number", "How many?", ["10 mm", "30 mm", "20 mm"], 2),
        ("grammar", "She needs an", ["ice pack", "pillow", "drink"], 0),
        ("no_absolutes", "What?", ["Never stop", "Pause", "Always go on"], 1),
        ("all_of_the_above", "What?", ["Rest", "Ice", "All of the above"], 2),
    ],
)  # fmt: skip
def test_each_bot_takes_what_its_cue_says(cue: str, stem: str, options: list[str], taken: int):
    from training.content.rules.asked import asked_of

    scores = CUES[cue](asked_of(item(1, options, 0, stem))[0])

    assert scores.index(max(scores)) == taken


def test_the_command_tells_each_bank_and_domain_to_programs(fresh_shell: Shell):  # noqa: F811
    done = fresh_shell("bots", "--json")

    found = json.loads(done.out)
    assert {"beaten", "all", "banks", "domains"} == set(found)
    assert done.status == (1 if found["beaten"] else 0)
    assert {each["bot"] for each in found["all"]["bots"]} == {*CUES, "position", "combination"}
    assert {"score", "chance", "low", "high", "p", "beats_chance", "items_won", "won_by"} <= set(
        found["all"]["bots"][0]
    )


def test_an_unknown_bank_is_misuse(fresh_shell: Shell):  # noqa: F811
    done = fresh_shell("bots", "nowhere")

    assert done.status == 2
    assert "no bank 'nowhere'" in done.complaint


def test_a_bank_without_lone_keys_has_nothing_to_win():
    empty = replace(random_bank("one", 1), items=())

    assert guess([empty], []).beaten is False
