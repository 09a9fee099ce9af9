"""`analyse` with groups and another form: from columns and files, in words and JSON; mistakes are said."""

from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Shell
from tests.cli.test_analyse import Write, wide, write  # noqa: F401 - a fixture
from tests.measurement.test_further import biased
from training.measurement.responses import Array


def grouped(scores: Array, group: list[str]) -> str:
    """A wide file with the column `class` in its middle."""
    rows = wide(scores, ids=True).splitlines()
    return "\n".join(f"{row},{name}" for row, name in zip(rows, ["class", *group], strict=True)) + "\n"


def test_groups_come_from_a_column_which_is_no_item(shell: Shell, write: Write) -> None:  # noqa: F811
    scores, group = biased(1_000, 12)
    write("answers.csv", grouped(scores, group))
    done = shell("analyse", "answers.csv", "--group", "class", "--json")
    (compared,) = done.json["groups"]["compared"]

    assert done.json["test"]["items"] == 12
    assert (done.json["groups"]["reference"], compared["focal"]) == ("day", "evening")
    assert [each["id"] for each in compared["items"] if each["level"] == "C"] == ["q6"]
    assert [each["id"] for each in done.json["items"] if "dif" in {f["flag"] for f in each["flags"]}] == ["q6"]


def test_groups_come_from_a_file_as_well_and_are_told_in_words(shell: Shell, write: Write) -> None:  # noqa: F811
    scores, group = biased(1_000, 12)
    write("answers.csv", wide(scores, ids=True))
    write("groups.csv", "person,group\n" + "\n".join(f"s{n},{name}" for n, name in enumerate(group)) + "\n")
    done = shell("analyse", "answers.csv", "--group", "groups.csv", "--model", "rasch")

    assert "Groups against day (500), matched by the number right" in done.out
    assert "q6: At equal ability the item is clearly harder for evening (against day)." in " ".join(done.out.split())
    assert "q1 and q2" in done.out


def test_a_long_file_may_say_the_group_on_every_line(shell: Shell, write: Write) -> None:  # noqa: F811
    scores, group = biased(200, 6)
    rows = [f"s{p},q{i},{scores[p, i]:g},{group[p]}" for p in range(200) for i in range(6)]
    write("long.csv", "person,item,score,class\n" + "\n".join(rows) + "\n")
    done = shell("analyse", "long.csv", "--group", "class", "--json")

    assert done.json["groups"]["compared"][0]["n"] == 100


def test_small_groups_get_a_reason(shell: Shell, write: Write) -> None:  # noqa: F811
    scores, group = biased(60, 6)
    write("answers.csv", grouped(scores, group))
    done = shell("analyse", "answers.csv", "--group", "class")

    assert "Too few to compare: evening (30). It takes 50 in each group." in done.out


def test_a_form_is_linked_to_the_answers_or_the_json_of_another(
    shell: Shell, write: Write, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    rng = np.random.default_rng(4)
    for name, shift in (("spring", 0.7), ("autumn", 0.0)):
        ability = rng.normal(shift, 1, (800, 1))
        write(f"{name}.csv", wide((rng.random((800, 25)) < 1 / (1 + np.exp(np.linspace(-2, 2, 25) - ability))) * 1.0))
    by_answers = shell("analyse", "spring.csv", "--model", "rasch", "--link", "autumn.csv", "--json").json["link"]
    write("autumn.json", shell("analyse", "autumn.csv", "--model", "rasch", "--json").out)
    by_json = shell("analyse", "spring.csv", "--model", "rasch", "--link", "autumn.json", "--json").json["link"]
    told = shell("analyse", "spring.csv", "--model", "rasch", "--link", "autumn.csv").out

    assert by_answers["shift"] == pytest.approx(0.7, abs=0.15)
    assert by_json == by_answers | {"to": "autumn.json"}
    assert "Link to autumn.csv" in told
    assert "on 25 common items" in " ".join(told.split())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--group", "clas"), "there is no column 'clas', nor a file of that name"),
        (("--group", "wrong.csv"), "a file of groups has the columns person and group"),
        (("--link", "answers.csv"), "--link needs --model rasch or --model 2pl"),
        (("--model", "rasch", "--link", "wrong.json"), "this is not what `analyse --json` prints"),
    ],
)
def test_what_is_wrong_is_said(shell: Shell, write: Write, given: tuple[str, ...], said: str) -> None:  # noqa: F811
    write("answers.csv", wide(biased(60, 6)[0], ids=True))
    write("wrong.csv", "a,b\n1,2\n")
    write("wrong.json", "{}")
    done = shell("analyse", "answers.csv", *given)

    assert done.status == 2
    assert said in done.err
