"""Groups, pairs of items and links: what was put into simulated answers is found, nothing else, and silence has a reason."""

import numpy as np
import pytest

from tests.measurement.published import LSAT7
from tests.measurement.simulated import drawn
from training.measurement.analysis import analyse
from training.measurement.further import calibrated, looked_further
from training.measurement.groups import compare_groups
from training.measurement.linked import Calibrated, link_forms
from training.measurement.responses import Array, from_matrix


def names(scores: Array) -> tuple[str, ...]:
    return tuple(f"q{place}" for place in range(scores.shape[1]))


def biased(persons: int, items: int, *, missing: float = 0.0) -> tuple[Array, list[str]]:
    """Answers in which item 5 is a logit harder for every second person, and items 0 and 1 are nearly the same."""
    truth, rng = drawn(persons, items, seed=6, log_a_sd=0), np.random.default_rng(1)
    scores, focal = truth.scores.copy(), np.arange(persons) % 2 == 0
    harder = 1 / (1 + np.exp(-(truth.ability[focal] - truth.b[5] - 1)))
    scores[focal, 5] = rng.random(int(focal.sum())) < harder
    copied = rng.random(persons) < 0.7
    scores[copied, 1] = scores[copied, 0]
    scores[rng.random(scores.shape) < missing] = np.nan
    return scores, ["evening" if each else "day" for each in focal]


@pytest.mark.parametrize("missing", [0.0, 0.4])
def test_an_unfair_item_and_a_doubled_one_are_found_and_flagged_whoever_saw_them(missing: float) -> None:
    scores, group = biased(3_000, 20, missing=missing)
    answers = from_matrix(scores)
    analysis, further = looked_further(analyse(answers, "rasch"), answers, names(scores), group)
    raised = {(place, flag.name) for place, flags in enumerate(analysis.flags) for flag in flags}

    assert {each for each in raised if each[1] == "dif"} == {(5, "dif")}
    assert {each for each in raised if each[1] == "dependent"} == {(0, "dependent"), (1, "dependent")}
    assert further.groups
    assert further.groups.matched == ("tenths of ability" if missing else "the number right")
    assert further.dependence
    assert [(pair.first, pair.second) for pair in further.dependence.pairs] == [(0, 1)]


def test_an_honest_test_raises_no_pair_and_no_group() -> None:
    truth = drawn(2_000, 40, seed=11)
    answers = from_matrix(truth.scores)
    group = ["a" if place % 2 else "b" for place in range(2_000)]
    _, further = looked_further(analyse(answers, "2pl"), answers, names(truth.scores), group)

    assert further.dependence
    assert further.dependence.judged == 780
    assert further.dependence.pairs == ()
    assert further.dependence.mean == pytest.approx(-1 / 39, abs=0.01)
    assert further.groups
    assert {dif.level for dif in further.groups.compared[0].items} == {"A"}


def test_small_groups_are_named_and_not_compared() -> None:
    group = ["day"] * 600 + ["evening"] * 351 + ["night"] * 49
    found = compare_groups(from_matrix(LSAT7), group)

    assert [each.focal for each in found.compared] == ["evening"]
    assert found.notes == ("Too few to compare: night (49). It takes 50 in each group.",)


def test_groups_of_fewer_than_a_hundred_are_a_screen_only() -> None:
    found = compare_groups(from_matrix(LSAT7), ["day"] * 920 + ["night"] * 80)

    assert "a screen only" in found.notes[0]


def test_what_cannot_be_compared_says_why() -> None:
    halves = from_matrix(LSAT7 / 2)

    assert "right and wrong only" in compare_groups(halves, ["a", "b"] * 500).notes[0]
    assert "no two groups" in compare_groups(from_matrix(LSAT7), ["a"] * 1000).notes[0]


def test_too_few_common_answers_are_not_judged() -> None:
    scores = drawn(80, 12, seed=2).scores
    answers = from_matrix(scores)
    analysis, further = looked_further(analyse(answers, "rasch"), answers, names(scores))

    assert further.dependence
    assert "too few to judge" in further.dependence.notes[0]
    assert "dependent" not in {flag.name for flags in analysis.flags for flag in flags}


def form(persons: int, seed: int, shift: float = 0.0, moved: int | None = None) -> Calibrated:
    """A Rasch form of the same thirty items, sat by a class that is abler by `shift`."""
    rng, b = np.random.default_rng(seed), np.linspace(-2, 2, 30)
    own = b.copy()
    if moved is not None:
        own[moved] += 1.5
    ability = rng.normal(shift, 1, persons)
    scores = (rng.random((persons, 30)) < 1 / (1 + np.exp(own - ability[:, None]))).astype(float)
    return calibrated(names(scores), analyse(from_matrix(scores), "rasch"))


def test_a_class_that_is_abler_is_put_where_it_belongs() -> None:
    link = link_forms(form(2_000, 1, shift=0.8), form(2_000, 2))

    assert link.method == "stocking_lord"
    assert (link.slope, link.shift) == pytest.approx((1, 0.8), abs=0.1)
    assert len(link.common) == 30
    assert link.moved == ()


def test_an_item_that_became_harder_is_named_and_left_out() -> None:
    link = link_forms(form(2_000, 1, moved=12), form(2_000, 2))

    assert [each.name for each in link.moved] == ["q12"]
    assert link.moved[0].by == pytest.approx(1.5, abs=0.3)
    assert "q12" not in link.common
    assert link.shift == pytest.approx(0, abs=0.1)


def test_small_forms_are_linked_by_their_mean_and_smaller_ones_not_at_all() -> None:
    some, few = link_forms(form(80, 1), form(2_000, 2)), link_forms(form(49, 1), form(2_000, 2))

    assert (some.method, some.slope) == ("mean", 1.0)
    assert "without a slope" in some.notes[0]
    assert (few.method, few.notes) == ("none", ("The smaller form has 49 persons: a link needs 50.",))


def test_forms_with_next_to_nothing_in_common_are_not_linked() -> None:
    one, other = form(500, 1), form(500, 2)
    renamed = Calibrated(tuple(f"x{name}" if place > 3 else name for place, name in enumerate(other.names)),
                         other.a, other.b, other.n)  # fmt: skip
    link = link_forms(one, renamed)

    assert link.method == "none"
    assert link.notes == ("The forms have 4 calibrated items in common: a link needs 5.",)
