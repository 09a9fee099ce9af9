"""`python -m training hours`: the derivation in words and for programs."""

from tests.cli.conftest import Shell


def test_the_derivation_names_rule_words_and_questions(shell: Shell, content):
    (content / "programmes" / "registers").mkdir(parents=True, exist_ok=True)
    (content / "programmes" / "registers" / "hours.yaml").write_text(RULES, "utf-8")
    text, data = (
        shell("hours", "exam-sample", "--rule", "ours"),
        shell("hours", "exam-sample", "--rule", "ours", "--json"),
    )

    assert text.status == 0, text.err
    assert "10 questions" in text.out
    work = data.json["workload"]
    assert work["questions"] == 10
    assert f"{work['words']} words" in " ".join(text.out.split())
    assert data.json["minutes"] == round(work["words"] * 0.1 + 10 * 2, 6)


def test_a_programme_without_a_rule_says_which_rules_there_are(shell: Shell):
    done = shell("hours", "exam-sample")

    assert done.status == 1
    assert "declares no rule" in done.complaint


RULES = """\
rules:
  - id: ours
    title: Our rule
    source: Ourselves
    checked: 2026-01-01
    minutes: 60
    rounding: nearest_quarter
    unit: contact hour
    text:
      constant: 0
      per_word: 0.1
      per_question: 2
      per_step: 0
"""
