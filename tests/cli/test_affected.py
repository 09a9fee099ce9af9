"""`affected`: all that rests on a claim."""

from pathlib import Path

from tests.cli.conftest import Shell

MODULE = "modules/consent-and-stopping/module.yaml"


def test_sections_and_misconceptions_that_rest_on_a_claim_are_listed(shell: Shell, content: Path) -> None:
    module = content / MODULE
    text = module.read_text()
    module.write_text(text.replace("    file: 02-one-use.md\n", "    file: 02-one-use.md\n    claims:\n      - a53\n"))

    done, said = shell("affected", "A53", "--json"), shell("affected", "a53")

    assert (done.status, said.status) == (0, 0)
    assert done.json["claim"]["verdict"] == "supported"
    assert done.json["sections"] == [{"module": "consent-and-stopping", "section": "one-use"}]
    assert done.json["misconceptions"] == ["m35"]
    assert "Sections: 1" in said.out


def test_an_unknown_claim_is_misuse(shell: Shell) -> None:
    done = shell("affected", "a5")

    assert done.status == 2
    assert "there is no claim 'a5'. did you mean 'a53'?" in done.complaint
