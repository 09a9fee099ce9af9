"""Words that the stories of cohorts share: a class of learners, and a quiz sat with so many right answers."""

from training.core.key import correct_value
from training.core.permission import Actor, Role
from training.services import taking
from training.services.app import App
from training.store import cohorts, people

EXAM, PRACTICE = "exam-sample", "practice-sample"


def enrol(app: App, name: str, *, cohort: str | None = None) -> Actor:
    """Make a learner, and put her into a cohort."""
    actor = Actor(name.lower(), name, frozenset({Role.LEARNER}))

    def work(tx: object) -> None:
        people.add(tx, person_id=actor.id, email=f"{actor.id}@example.org", name=name, at=app.now())
        people.grant(tx, person=actor.id, role=Role.LEARNER, at=app.now(), by="test")
        if cohort:
            cohorts.join(tx, cohort_id=cohort, person=actor.id, at=app.now())

    app.database.write(work)
    return actor


def found(app: App, cohort: str, title: str) -> str:
    """Make a cohort."""
    app.database.write(lambda tx: cohorts.add(tx, cohort_id=cohort, title=title, at=app.now()))
    return cohort


def sit(app: App, actor: Actor, slug: str, *, right: int) -> str:
    """Take a quiz, answer the first `right` questions rightly and leave the others open; gives the attempt."""
    attempt = taking.look(app, actor, taking.start(app, actor, slug, request=app.new_id()))
    for number in range(right):
        value = correct_value(attempt.form.slots[number].question.key)
        taking.save_answer(app, actor, attempt.id, number, value, seen=0)
    taking.hand_in(app, actor, attempt.id)
    return attempt.id


def spring_class(app: App, size: int = 6) -> list[Actor]:
    """Make a cohort of learners who each sat the exam once: 4, 5, 6 … of 10 right, an hour apart."""
    found(app, "spring", "Spring")
    learners = [enrol(app, f"Learner {chr(ord('A') + number)}", cohort="spring") for number in range(size)]
    for number, learner in enumerate(learners):
        sit(app, learner, EXAM, right=4 + number)
        app.now.advance(minutes=60)
    return learners
