"""The README's flow is run as it stands, and its commands are the ones there are."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from training.content.banks import load_bank
from training.content.programmes import load_programme
from training.core.attempt import answer, begin, submit
from training.core.form import assemble
from training.core.library import Library
from training.core.pool import build_pool
from training.core.score import grade

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "content_sample"
README = (ROOT / "README.md").read_text("utf-8")


def test_the_flow_in_the_readme_runs_as_it_stands() -> None:
    flow = next(iter(re.findall(r"```python\n(.*?)```", README, re.DOTALL)))
    t0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    programme, problems = load_programme("p.yaml", ONE_QUESTION)
    assert problems == []
    text = (SAMPLE / "question_banks" / "sample-safety.yaml").read_text("utf-8")
    given: dict[str, Any] = {
        "text": text, "programme": programme, "t0": t0, "t1": t0 + timedelta(minutes=1),
        "t2": t0 + timedelta(minutes=2), "load_bank": load_bank, "Library": Library, "build_pool": build_pool,
        "assemble": assemble, "begin": begin, "answer": answer, "submit": submit, "grade": grade,
    }  # fmt: skip

    exec(flow.replace("sample.yaml", "question_banks/sample-safety.yaml"), given)

    assert given["problems"] == []
    assert given["score"].max_points == 1


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", README)) <= targets


def test_every_file_that_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)", README)

    assert [link for link in links if not (ROOT / link).exists()] == []


ONE_QUESTION = """\
programme: sample
title: Sample
summary: One question.
banks:
  - sample-safety
policy:
  mode: exam
blueprint:
  sections:
    - title: All
      quotas:
        - count: 1
          safety: sentinel
"""
