"""Faulty programmes, as people write them: each fault is told at its line, with what to do about it."""

from pathlib import Path
from shutil import copytree

import pytest

from training.content.libraries import load_library
from training.core.problem import Problem

OURS = Path(__file__).parents[2] / "programmes" / "registers"
SOUND = """\
programme: faulty
title: Faulty
summary: One fault at a time.
banks: [sample-safety, sample-twitch]
modules: [consent-and-stopping]
policy:
  mode: exam
  minutes: 30
  cool_down: [1, 7]
rules:
  overall:
    cut: 75
  sections:
    - section: Safety
      cut: 60
  clusters:
    - name: Stopping
      domains: ["1"]
      misses: 1
      at_least: 3
remedy:
  questions: 3
blueprint:
  sections:
    - title: Safety
      quotas:
        - count: 3
          domain: "1"
    - title: Twitch
      quotas:
        - count: 2
          domain: "7"
certificate:
  title: Certificate
  provider:
    name: School
  signatories:
    - name: Ida
      office: Director
  validity_months: 24
"""
FAULTS = {
    "a misspelt field": ("  minutes: 30", "  minuts: 30", "B103", "minuts: 30", "did you mean 'minutes'?"),
    "a wrong kind": ("minutes: 30", "minutes: half", "B105", "half", "write the digits only, with a decimal point"),
    "a quota that cannot be": ("count: 3", "count: 300", "B132", "count: 300", "ask for fewer"),
    "a cut over 100": ("cut: 75", "cut: 175", "B105", "175", "at most 100"),
    "a competency of two": ("at_least: 3", "at_least: 2", "B108", "2\n", "write 'at_least: 3' or more"),
    "an unknown module": ("-stopping]", "-stoping]", "B133", "consent-and-stoping", "'consent-and-stopping'?"),
    "an unknown mode": ("mode: exam", "mode: examen", "B104", "examen", "did you mean 'exam'?"),
    "pauses that shrink": ("[1, 7]", "[7, 1]", "B147", "1]", "let pauses grow"),
    "no validity": ("months: 24", "months: -24", "B105", "-24", "at least 1"),
    "two sections of a name": ("title: Twitch", "title: Safety", "B146", "Safety\n      quotas:\n        - count: 2", "name"),
    "a section ruled twice": ("  clusters:", "    - section: Safety\n      cut: 9\n  clusters:", "B146", "Safety\n      cut: 9", "name"),
    "a rule of no section": ("section: Safety", "section: Safty", "B108", "Safty", "the blueprint does not have"),
    "a re-check none fails": ("questions: 3", "questions: 3\n  misses: 3", "B147", "3\nblue", "forgive fewer"),
    "an unknown rule of hours": ("  validity", "  hours:\n    rule: boc\n  validity", "B145", "boc\n", "boc-home-study"),
    "an unknown board": ("  validity", "  jurisdictions: [nevda]\n  validity", "B145", "nevda", "did you mean 'nevada'?"),
    "a board that asks for more": ("  validity", "  jurisdictions: [nevada]\n  validity", "B148", "nevada", "declare it under"),
    "trials that are not there": ("  minutes: 30", "  minutes: 30\n  pretest: 15", "B132", "15", "tag more approved items"),
    "an unknown refresher": ("24\n", "24\n  renewal:\n    quiz: faulti\n", "B145", "faulti", "did you mean 'faulty'?"),
    "a renewal before its time": (
        "24\n", "24\n  renewal:\n    opens_days_before: 900\n", "B147", "900", "open it later",
    ),
    "an emblem that is not there": (
        "24\n", "24\n  look:\n    emblem: static/no.svg\n", "B115", "static/no.svg", "from the content root",
    ),
}  # fmt: skip


def told(content: Path, text: str) -> list[Problem]:
    """What is said of a programme, but for the advice that the sample is small."""
    file = content / "programmes" / "faulty.yaml"
    file.write_text(text, "utf-8")
    copytree(OURS, content / "programmes" / "registers", dirs_exist_ok=True)
    _, problems = load_library(content)
    return [each for each in problems if each.file == "programmes/faulty.yaml" and each.code not in {"B321", "B322"}]


def test_a_sound_one_has_nothing_to_be_told(content: Path) -> None:
    assert told(content, SOUND) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_at_its_place_with_its_remedy(content: Path, fault: str) -> None:
    right, wrong, code, at, remedy = FAULTS[fault]
    text = SOUND.replace(right, wrong, 1)
    [problem] = told(content, text)
    stands_there = "\n".join(text.splitlines()[problem.line - 1 :])[problem.column - 1 :]

    assert problem.code == code
    assert stands_there.startswith(at)
    assert remedy in f"{problem.message} {problem.hint}"
