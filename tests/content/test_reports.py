"""Problems for people, programs and GitHub."""

import json

from training.content.reports import FORMATS, render
from training.core.problem import Problem, Severity

PROBLEMS = [
    Problem("question_banks/a.yaml", 4, 11, "B101", "unknown item type 'singel_best'", "did you mean 'single_best'?"),
    Problem("a, b:c.yaml", 1, 2, "B201", "50 % of\nit", severity=Severity.WARNING),
]


def test_text_names_place_code_and_remedy() -> None:
    assert render(PROBLEMS, "text") == (
        "question_banks/a.yaml:4:11: B101 unknown item type 'singel_best' (did you mean 'single_best'?)\n"
        "a, b:c.yaml:1:2: B201 warning: 50 % of\nit\n"
        "1 error, 1 warning"
    )
    assert render([], "text") == "No problems found."


def test_json_is_one_object_with_the_agreed_fields() -> None:
    assert json.loads(render(PROBLEMS[:1], "json")) == {
        "problems": [
            {
                "file": "question_banks/a.yaml", "line": 4, "column": 11, "code": "B101", "severity": "error",
                "message": "unknown item type 'singel_best'", "hint": "did you mean 'single_best'?",
            }
        ]
    }  # fmt: skip
    assert json.loads(render([], "json")) == {"problems": []}


def test_github_annotations_cannot_be_broken_out_of() -> None:
    assert render(PROBLEMS, "github").splitlines() == [
        (
            "::error file=question_banks/a.yaml,line=4,col=11,title=B101::unknown item type 'singel_best' "
            "(did you mean 'single_best'?)"
        ),
        "::warning file=a%2C b%3Ac.yaml,line=1,col=2,title=B201::50 %25 of%0Ait",
    ]
    assert render([], "github") == ""


def test_there_are_three_forms() -> None:
    assert sorted(FORMATS) == ["github", "json", "text"]
