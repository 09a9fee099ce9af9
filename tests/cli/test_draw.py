"""`draw`: the form a seed gives, in words and as JSON."""

from pathlib import Path

from jsonschema import validate

from tests.cli.conftest import Shell

TEXT = {"type": "string", "minLength": 1}
FORM = {
    "type": "object",
    "required": ["programme", "seed", "content", "questions"],
    "additionalProperties": False,
    "properties": {
        "programme": TEXT,
        "seed": {"type": "integer"},
        "content": TEXT,
        "questions": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": [
                    "item_id",
                    "digest",
                    "section",
                    "domain",
                    "objective",
                    "level",
                    "safety",
                    "options",
                    "interaction",
                    "stem",
                    "texts",
                ],
                "additionalProperties": False,
                "properties": {
                    "item_id": TEXT,
                    "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "section": TEXT,
                    "domain": TEXT,
                    "objective": {"type": "string", "pattern": r"^\d+\.\d+$"},
                    "level": {"enum": ["recall", "apply", "analyse"]},
                    "safety": {"enum": ["sentinel", "critical", "none"]},
                    "options": {"type": "array", "items": TEXT, "uniqueItems": True},
                    "interaction": TEXT,
                    "stem": TEXT,
                    "texts": {"type": "object", "additionalProperties": TEXT},
                    "case": TEXT,
                    "part": {"type": "integer", "minimum": 1},
                    "context": TEXT,
                },
            },
        },
    },
}


def test_json_holds_the_seed_and_every_question(shell: Shell) -> None:
    done = shell("draw", "exam-sample", "--seed", 7, "--json")

    validate(done.json, FORM)
    assert (done.status, done.err, done.json["seed"], len(done.json["questions"])) == (0, "", 7, 10)


def test_the_same_seed_draws_the_same_form_and_another_seed_another(shell: Shell) -> None:
    once, again, other = (shell("draw", "exam-sample", "--seed", seed, "--json").json for seed in (7, 7, 8))

    assert once == again
    assert once["questions"] != other["questions"]


def test_items_met_before_are_drawn_last(shell: Shell, tmp_path: Path) -> None:
    first = shell("draw", "practice-sample", "--seed", 7, "--json")
    (tmp_path / "seen.json").write_text(first.out, "utf-8")
    second = shell("draw", "practice-sample", "--seed", 7, "--seen", "seen.json", "--json")

    met, drawn = ({each["item_id"] for each in done.json["questions"]} for done in (first, second))
    assert not met & drawn


def test_the_form_is_readable_in_words(shell: Shell) -> None:
    lines = shell("draw", "practice-sample", "--seed", "7").out.splitlines()

    assert lines[0] == "Practice sample, seed 7: 6 questions"
    assert len(lines) == 7


def test_an_unknown_programme_is_refused_with_those_there_are(shell: Shell) -> None:
    done = shell("draw", "bananas", "--seed", "7")

    assert (done.status, done.out) == (1, "")
    assert "practice-sample" in done.complaint


def test_an_impossible_blueprint_is_refused_with_its_shortfalls(shell: Shell, content: Path) -> None:
    file = content / "programmes" / "practice-sample.yaml"
    file.write_text(file.read_text("utf-8").replace("count: 2", "count: 99", 1), "utf-8")
    done = shell("draw", "practice-sample", "--seed", "7")

    assert done.status == 1
    assert "domain 1: needs 99, has" in done.complaint
