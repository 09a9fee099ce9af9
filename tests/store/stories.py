"""What the tests of the store begin with: Ann and Bo, a form of every kind of question, a sitting just begun."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert
from yaml import BaseLoader, load

from training.core import attempt as sitting
from training.core.attempt import Attempt
from training.core.blueprint import Mode, Policy
from training.core.challenge import Challenge, Ending, Evidence, Message, Remedy, State
from training.core.credential import Credential, Signed
from training.core.decision import decide
from training.core.form import Form, Slot
from training.core.interaction import options_of
from training.core.items import ITEM_TYPES, Item
from training.core.key import correct_value
from training.core.key_change import Done, KeyChange, Proposal
from training.core.key_change import Step as Taken
from training.core.question import Citation, Question, digest
from training.core.remarking import FullCredit
from training.core.score import grade
from training.core.stage import ItemEvent, Step
from training.core.tally import tally
from training.store import attempts, certificates, challenges, item_events, key_changes, results, versions
from training.store.database import Connection
from training.store.key_changes import Regrade
from training.store.tables import people

T0 = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


def add_person(tx: Connection, person: str) -> None:
    row = {"id": person, "email": f"{person}@example.org", "name": person.title(), "created_at": T0, "simulated": False}
    tx.execute(insert(people), row)


def add_ann(tx: Connection) -> None:
    add_person(tx, "ann")


def item(number: int, **fields: object) -> Item:
    """An item of each type in turn, its id by number, with some fields written otherwise."""
    item_type = ITEM_TYPES[number % len(ITEM_TYPES)]
    return item_type.model_validate(load(item_type.EXAMPLE, Loader=BaseLoader) | {"id": f"item-{number}"} | fields)


def question(number: int) -> Question:
    """A question of each type in turn, its id by number."""
    made = item(number).question(seed=0)
    return Question(
        *(getattr(made, name) for name in ("item_id", "objective", "level", "safety", "stem", "interaction", "key")),
        made.reasons, (Citation("key", "Müller, “Taut bands” – 2019", "https://example.org/?a=1&b=2"),), made.image,
    )  # fmt: skip


def form(size: int = 8, *, first: int = 0, mode: Mode = Mode.PRACTICE, minutes: int | None = 60) -> Form:
    """A form with questions numbered from `first`, options in reverse."""
    slots = []
    for number in range(first, first + size):
        asked = question(number)
        order = tuple(option.id for option in reversed(options_of(asked.interaction)))
        slots.append(Slot(asked, digest(asked), order, points=1.5))
    policy = Policy(mode=mode, minutes=minutes, pass_percent=0.1)
    return Form("topic", "Topic – a test", 2**47 + 1, policy, ("One",), tuple(slots), (("1", "Law"),), "abc")


def begun(attempt_id: str = "a-1", *, learner: str = "ann", at: datetime = T0, paper: Form | None = None) -> Attempt:
    return sitting.begin(attempt_id, learner=learner, form=paper or form(), now=at)


"""What earns something in each type of question, in the order of `question`."""


def answered(attempt: Attempt, slot: int, *, seconds: float = 1.0) -> Attempt:
    """The same attempt with the right answer in one slot."""
    now = attempt.started + timedelta(seconds=seconds)
    return sitting.answer(attempt, slot, correct_value(attempt.form.slots[slot].question.key), seen=0, now=now)


def hand_in(tx: Connection, attempt_id: str, *, minutes: float = 30) -> Attempt:
    """End an attempt and keep its result, as the services do."""
    before = attempts.get(tx, attempt_id)
    after = sitting.submit(before, now=before.started + timedelta(minutes=minutes))
    attempts.append(tx, before, after)
    keep_result(tx, after)
    return after


def keep_result(tx: Connection, attempt: Attempt) -> None:
    """Mark an attempt and keep its result."""
    score = grade(attempt)
    decision = decide(score, attempt.form)
    results.put(tx, attempt, score, tally(attempt, score.outcomes, decision.passed if decision else None))


def challenge(challenge_id: str = "c-1", *, slot: int = 0, opened: datetime = T0) -> Challenge:
    """Ann challenges what was asked in a slot of the attempt that `begun` gives."""
    asked = question(slot)
    return Challenge(
        challenge_id, "ann", "a-1", slot, "topic", asked.item_id, digest(asked), "", ("b", "a"), "a",
        "Both answers are right.", opened, opened + timedelta(days=14), Evidence(2, 0.5, (("a", 1), (None, 1))),
    )  # fmt: skip


def challenge_an_item(tx: Connection) -> None:
    """Keep the item of the first slot, submit it for review, challenge it, talk about it and uphold the challenge."""
    asked = question(0)
    versions.note_served(tx, {digest(asked): item(0)}, T0)
    item_events.add(tx, "item-0", ItemEvent(1, Step.SUBMITTED, versions.keep(tx, item(0), T0), "ida", T0))
    challenges.add(tx, challenge())
    challenges.say(tx, "c-1", Message(1, "ida", False, T0, "Which other answer?"))
    challenges.end(tx, "c-1", Ending(State.UPHELD, "ida", T0, "Both are right.", Remedy.FULL_POINTS))


def credential(number: str = "C-1", *, expires: date | None = date(2028, 3, 2)) -> Credential:
    """A certificate of Ann's."""
    return Credential(
        number, "ann", "Ann – Łł", "topic", "Topic", "v1", "School", (Signed("Ida", "Director"),), T0.date(), T0,
        expires, "a-1", "digest", objectives=("One", "Two"),
    )  # fmt: skip


def certify_ann(tx: Connection, number: str = "C-1", *, occasion: str = "pass:a-1", place: int = 7) -> None:
    papers = certificates.Papers('{"signed":true}', {"a4": b"%PDF-a4", "letter": b"%PDF-letter\x00\xff"})
    certificates.add(tx, credential(number), papers, occasion=occasion, place=place, by="cy")


def change_a_key(tx: Connection) -> None:
    """Propose that everyone gets full marks for the first question, sign it, and mark Ann's attempt so."""
    asked = question(0)
    change = KeyChange("k-1", asked.item_id, (digest(asked),), FullCredit(), "Both answers are right.")
    key_changes.add(tx, Proposal(change, "ida", T0))
    key_changes.take_step(tx, key_changes.get(tx, "k-1"), Done(Taken.SIGNED, "cy", T0))
    key_changes.add_regrades(tx, [Regrade("k-1", "a-1", "ann", 0, 0.0, 12.5, False, True, T0)])
