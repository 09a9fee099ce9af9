"""Exams handed in, made straight through the store: thousands of attempts for what reads them all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from training.core.attempt import Answered, Attempt, begin, submit
from training.core.dice import Dice
from training.core.form import Form, Slot
from training.core.interaction import ChooseOne, Value
from training.core.key import correct_value
from training.services.app import App
from training.services.marking import settle_all
from training.store import attempts

TOGETHER = 500
STEP = timedelta(seconds=15)


def fill(app: App, count: int, form_of: Callable[[int], Form], *, who: str) -> None:
    """Have so many exams sat, answers right two times in three, and marked as the product marks them."""
    dice = Dice("sittings")
    for first in range(0, count, TOGETHER):
        some = [
            sat(form_of(number), dice, (who, number), app.now())
            for number in range(first, min(count, first + TOGETHER))
        ]

        def store(tx, some=some) -> None:
            for attempt in some:
                begun = begin(attempt.id, learner=who, form=attempt.form, now=attempt.started)
                attempts.add(tx, begun, attempt.id)
                attempts.append(tx, begun, attempt)
            settle_all(tx, some, app.now())

        app.database.write(store)


def sat(form: Form, dice: Dice, whose: tuple[str, int], now: datetime) -> Attempt:
    """Sit one exam: an answer to every question, 20 minutes before now."""
    who, number = whose
    now -= timedelta(minutes=20)
    attempt = begin(f"a-{number:06d}", learner=who, form=form, now=now)
    given = [correct_value(slot.question.key) if dice.below(3) else _other(slot, dice) for slot in form.slots]
    answers = tuple(Answered(place + 1, place, value, now + STEP * (place + 1)) for place, value in enumerate(given))
    return submit(replace(attempt, events=answers), now=now + STEP * (len(form.slots) + 1))


def _other(slot: Slot, dice: Dice) -> Value:
    if not isinstance(slot.question.interaction, ChooseOne):
        return None
    return slot.order[dice.below(len(slot.order))]
