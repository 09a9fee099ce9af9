"""All content together: what is wrong between files, and messy folders."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.content.conftest import located
from training.content.libraries import load_library
from training.core.form import assemble
from training.core.pool import build_pool
from training.core.problem import Problem, Severity
from training.core.refusal import Refusal

ROOT = Path(__file__).parents[2]
SAFETY, TWITCH = "question_banks/sample-safety.yaml", "question_banks/sample-twitch.yaml"
EXAM = "programmes/exam-sample.yaml"
MODULE = "modules/consent-and-stopping/module.yaml"

Edit = Callable[[str, str, str], None]


def coded(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(each.file, each.code) for each in problems]


def test_the_sample_has_nothing_wrong_with_it_not_even_its_writing(content: Path) -> None:
    library, problems = load_library(content, today=date(2026, 3, 2))

    assert problems == []
    assert sorted(library.banks) == ["sample-safety", "sample-twitch", "samples-of-every-kind"]
    assert sum(item.drawable for item in library.banks["sample-safety"].items) >= 12
    assert [section.id for section in library.modules["consent-and-stopping"].sections] == ["stopping", "one-use"]
    assert library.modules["consent-and-stopping"].folder == "modules/consent-and-stopping"
    assert library.programmes["exam-sample"].policy.minutes == 30
    assert library.references["who-2009"].verified == "secondary"


def test_the_products_own_content_has_no_errors_and_every_quiz_can_be_drawn() -> None:
    library, problems = load_library(ROOT)

    assert [str(problem) for problem in problems if problem.severity is Severity.ERROR] == []
    assert library.programmes
    for programme in library.programmes.values():
        form = assemble(build_pool(programme, library), seed=1)
        assert len(form.slots) == programme.blueprint.total


def test_an_item_id_is_unique_over_all_banks_and_the_first_one_stands(content: Path, edit: Edit) -> None:
    edit(TWITCH, "id: sb-delphi-band", "id: sa-single-use")

    library, problems = load_library(content)

    assert [(each.code, each.file, each.line, each.column) for each in problems if each.code == "B111"] == [
        ("B111", TWITCH, 5, 9)
    ]
    assert "the first stands in question_banks/sample-safety.yaml" in problems[0].message
    assert [item.id for item in library.items()].count("sa-single-use") == 1
    assert (item := library.item("sa-single-use"))
    assert item.type == "true_false"


def test_unknown_names_are_found_where_they_are_used(content: Path, edit: Edit) -> None:
    edit(SAFETY, "- mintken-2025", "- mintken-2052")
    edit(SAFETY, 'objective: "4.4"', 'objective: "4.99"')
    edit(SAFETY, "- sa-aspirin-statement", "- sa-asprin-statement")
    edit(MODULE, "- sa-check-reuse", "- sa-check-re-use")
    edit(EXAM, "- sample-twitch", "- sample-twich")

    library, problems = load_library(content)

    assert {(each.code, each.hint) for each in problems} == {
        ("B113", "did you mean 'mintken-2025'?"),
        ("B112", ""),
        ("B114", "did you mean 'sa-aspirin-statement'?"),
        ("B127", "did you mean 'sa-check-reuse'?"),
        ("B131", "did you mean 'sample-twitch'?"),
    }
    assert [each.severity for each in problems if each.code == "B114"] == [Severity.WARNING]
    assert library.item("sa-lymphoedema-arm") is None, "an item without its source is withheld"
    assert library.item("sa-aspirin") is not None, "an unknown enemy withholds nothing"


def test_one_broken_list_does_not_condemn_everything_that_refers_to_it(content: Path, edit: Edit) -> None:
    edit("question_banks/references.yaml", "references:", "references: &all")

    library, problems = load_library(content)

    assert coded(problems) == [("question_banks/references.yaml", "Y003")]
    assert library.item("sa-single-use") is not None


def test_a_missing_list_is_named(content: Path) -> None:
    (content / "question_banks" / "objectives.yaml").unlink()

    _, problems = load_library(content)

    assert ("question_banks/objectives.yaml", "B116") in coded(problems)


def test_a_picture_must_be_there_and_inside_the_content(content: Path, edit: Edit) -> None:
    (content.parent / "secret.svg").write_text("<svg/>")
    edit(SAFETY, "file: modules/consent-and-stopping/figures/decision.svg", "file: ../secret.svg")

    library, problems = load_library(content)

    assert [each.code for each in problems] == ["B115"]
    assert library.item("sa-picture-calf") is None


def test_every_shortfall_stands_at_its_quota_and_the_quiz_is_refused_when_drawn(content: Path, edit: Edit) -> None:
    edit(
        EXAM,
        '- count: 2\n          domain: "7"\n          level: apply',
        '- count: 20\n          domain: "7"\n          level: apply',
    )

    library, problems = load_library(content)

    assert located(problems) == [
        (39, 11, "B132", "domain 7 × apply: needs 20, has 3; write more items of this kind, or ask for fewer")
    ]
    with pytest.raises(Refusal, match="domain 7 × apply: needs 20, has 3"):
        assemble(build_pool(library.programmes["exam-sample"], library), seed=1)


def test_a_section_without_its_file_is_left_out_and_the_others_are_read(content: Path) -> None:
    (content / "modules/consent-and-stopping/02-one-use.md").unlink()

    library, problems = load_library(content)

    assert coded(problems) == [(MODULE, "B121")]
    assert [section.id for section in library.modules["consent-and-stopping"].sections] == ["stopping"]


def test_a_module_cannot_reach_outside_its_folder(content: Path, edit: Edit) -> None:
    (content / "modules" / "secret.md").write_text("secret")
    edit(MODULE, "file: 01-stopping.md", "file: ../secret.md")

    library, problems = load_library(content)

    assert coded(problems) == [(MODULE, "B105")]
    assert not library.modules


def test_a_link_out_of_the_content_is_not_followed(content: Path) -> None:
    secret = content.parent / "secret.md"
    secret.write_text("secret")
    section = content / "modules/consent-and-stopping/01-stopping.md"
    section.unlink()
    section.symlink_to(secret)

    library, problems = load_library(content)

    assert coded(problems) == [(MODULE, "B121")]
    assert "secret" not in str(library.modules)


def test_flaws_of_a_section_stand_in_its_own_file(content: Path) -> None:
    text = content / "modules/consent-and-stopping/01-stopping.md"
    text.write_text(
        "First.\n\nA claim [@who-2009; @nobody-1999].\n\n![ ](figures/none.svg)\n`<b>` is code, <b>this</b> not.\n"
    )

    _, problems = load_library(content)

    assert [(each.file.rsplit("/", 1)[1], each.line, each.column, each.code) for each in problems] == [
        ("01-stopping.md", 3, 21, "B124"),
        ("01-stopping.md", 5, 1, "B123"),
        ("01-stopping.md", 5, 6, "B122"),
        ("01-stopping.md", 6, 16, "B125"),
        ("01-stopping.md", 6, 23, "B125"),
    ]


@pytest.mark.parametrize(
    "body", ["", "just a text", "- a\n- list\n", "bank: &x", "items: 7\n", "\x00\x01", "a: [", "items:\n  - - -\n"]
)
@pytest.mark.parametrize(
    "file",
    ["question_banks/messy.yaml", "question_banks/references.yaml", "question_banks/objectives.yaml",
     "modules/messy/module.yaml", "programmes/messy.yaml"],
)  # fmt: skip
def test_no_mess_in_one_file_stops_the_others_from_loading(content: Path, file: str, body: str) -> None:
    path = content / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(body)

    library, problems = load_library(content, today=date(2026, 3, 2))

    assert file in {problem.file for problem in problems}
    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)
    assert {"sample-safety", "sample-twitch"} <= library.banks.keys()


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    library, problems = load_library(tmp_path)

    assert problems == []
    assert list(library.items()) == []


def test_the_digest_follows_every_byte_and_nothing_else(content: Path, edit: Edit) -> None:
    before = load_library(content)[0].digest

    assert load_library(content)[0].digest == before
    edit("modules/consent-and-stopping/02-one-use.md", "new ones", "newer ones")
    assert load_library(content)[0].digest != before


def test_references_are_of_a_shape_that_leads_somewhere(content: Path) -> None:
    path = content / "question_banks/references.yaml"
    path.write_text(
        path.read_text()
        + "  - key: bad-doi\n    citation: Bad.\n    doi: https://doi.org/10.1000/1\n    verified: sean\n"
        "  - key: bad-url\n    citation: Bad.\n    url: www.example.org\n    verified: seen\n"
        "  - key: who-2009\n    citation: Again.\n    verified: seen\n"
    )

    _, problems = load_library(content)

    assert [(each.code, each.message.split(";")[0], each.hint) for each in problems] == [
        ("B105", "'doi' is 'https://doi.org/10.1000/1'", ""),
        ("B104", "'verified' is 'sean'", "did you mean 'seen'?"),
        ("B105", "'url' is 'www.example.org'", ""),
        ("B111", "a second reference 'who-2009'", ""),
    ]
