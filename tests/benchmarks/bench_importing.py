"""Importing 2,000 GIFT questions into a new bank and a full one: `python -m tests.benchmarks.bench_importing`.

Reading, making items, looking for twins and writing the YAML, checked by reading it back, are all in the time.
"""

import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.figures import Figure, at_most, main
from training.content.banks import load_bank
from training.core.permission import Actor, Role
from training.services import exchanging
from training.services.exchanging import Given, OnConflict

QUESTIONS = 2_000
IDA = Actor("ida", "Ida", frozenset({Role.INSTRUCTOR}))
KINDS = (
    ("// [id:item-{n}] [tag:objective:1.1] [tag:level:apply]\n::Item {n}::Which structure lies below point {n} of "
    "region {m}, and may be reached? {{\n\t=The pleura of lobe {n}#It lies {m} mm deep.\n\t~A bone#It is no bone.\n"
    "\t~A vein, number {n}#Not there.\n\t~Nothing#Never.\n}}"),
    "::Item {n}::[html]<p>In case {n} a needle of <b>{m} mm</b> is safe at every site.</p>{{FALSE#No depth is.#Right.}}",
    "::Item {n}::Patient {n} has had {m} insertions, four bled. What is that in percent? {{#{m}:0.5####Divide.}}",
    ("::Item {n}::Which of the findings of visit {n} speak for choice {m}? {{\n\t~%50%Pain at site {n}#Yes.\n"
    "\t~%50%A taut band near {m}#Yes.\n\t~%-100%A blue sky#No.\n}}"),
)  # fmt: skip


def measure() -> list[Figure]:
    """Time an import into a new bank, a second one beside it, and loading the bank that was made."""
    text = "\n\n".join(KINDS[n % len(KINDS)].format(n=n, m=n * 7 % 97) for n in range(QUESTIONS))
    given = Given(text.encode(), "big.gift")
    with TemporaryDirectory() as folder:
        into = Path(folder) / "big.yaml"
        looked = _seconds(lambda: exchanging.look(IDA, given))
        brought = _seconds(lambda: exchanging.bring_in(IDA, given, into))
        loaded = _seconds(lambda: load_bank("big.yaml", into.read_bytes()))
        again = _seconds(lambda: exchanging.bring_in(IDA, given, into, OnConflict.KEEP))
        count = len(load_bank("big.yaml", into.read_bytes())[0].items)
    return [
        Figure("2,000 GIFT questions read and made items", looked, "s"),
        Figure("2,000 GIFT questions brought into a new bank", brought, "s"),
        Figure("the same file again, every question found there", again, "s"),
        at_most("bringing in, against loading the bank that was made", brought / loaded, 4),
        at_most("questions that did not arrive", QUESTIONS - count, 0, "questions"),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main("importing", measure)
