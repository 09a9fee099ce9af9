"""Exam forms from building to use: kept, signed by someone else than who built them, live, withdrawn."""

from collections.abc import Callable

from training.core.dice import Dice
from training.core.form import Form
from training.core.permission import Action, Actor, permit
from training.core.pool import Pool
from training.core.refusal import Refusal
from training.services import drawing
from training.services.app import App
from training.services.assembling import Built, Plan, build_forms
from training.services.noting import note
from training.store import exam_forms, people, tries, versions
from training.store.database import Connection
from training.store.exam_forms import FormEvent, KeptForm

__all__ = [
    "KeptForm", "build", "choose", "forms", "keep", "keep_mine", "make_live", "names", "pool", "sign", "withdraw",
]  # fmt: skip


def build(app: App, actor: Actor, slug: str, plan: Plan) -> Built:
    """Build parallel forms of a programme without keeping them. Raises Refusal where it cannot be done."""
    permit(actor, Action.MANAGE_FORMS)
    return build_forms(drawing.pool_of(app, slug), plan)


def keep(app: App, built: Built, *, by: str) -> tuple[str, ...]:
    """Keep forms that were built, to be signed; `by` is a person's id, or `shell` from the command line."""
    ids = tuple(app.new_id() for _ in built.forms)
    fresh = {
        question: item
        for form in built.forms
        for question, item in drawing.new_versions(app, drawing.pool_of(app, form.programme), form).items()
    }

    def write(tx: Connection) -> None:
        versions.note_served(tx, fresh, app.now())
        for form_id, form in zip(ids, built.forms, strict=True):
            number = exam_forms.add(tx, form_id=form_id, form=form, at=app.now(), by=by)
            note(tx, app, by, "built exam form", f"{form.programme} {number}")

    app.database.write(write)
    return ids


def keep_mine(app: App, actor: Actor, built: Built) -> tuple[str, ...]:
    """Keep forms that this person built, to be signed by someone else."""
    permit(actor, Action.MANAGE_FORMS)
    return keep(app, built, by=actor.id)


def pool(app: App, actor: Actor, slug: str) -> Pool:
    """Give what a programme draws from, to weigh its policy on. Raises NotFound."""
    permit(actor, Action.MANAGE_FORMS)
    return drawing.pool_of(app, slug)


def names(app: App, actor: Actor, slug: str) -> dict[str, str]:
    """Name everyone who built, signed or withdrew a form of a programme."""
    permit(actor, Action.MANAGE_FORMS)

    def read(tx: Connection) -> dict[str, str]:
        kept = exam_forms.of_programme(tx, slug)
        ids = {each.built_by for each in kept} | {event.by for each in kept for event in each.events}
        return {each: people.get(tx, each).name for each in ids - {"shell"}}

    return app.database.read(read)


def forms(app: App, actor: Actor, slug: str) -> list[KeptForm]:
    """List a programme's forms with all that was done with them."""
    permit(actor, Action.MANAGE_FORMS)
    return app.database.read(lambda tx: exam_forms.of_programme(tx, slug))


def sign(app: App, actor: Actor, form_id: str, *, remark: str = "") -> None:
    """Say that one has read the whole form and approves it. Raises Refusal to who built it."""

    def check(kept: KeptForm) -> None:
        if kept.built_by == actor.id:
            raise Refusal("Whoever built a form cannot sign it: someone else must read it.")
        if actor.id in kept.signed_by:
            raise Refusal("You have signed this form already.")

    _append(app, actor, form_id, "signed", remark, check)


def make_live(app: App, actor: Actor, form_id: str) -> None:
    """Let learners meet a form that is signed. Raises Refusal where it is not."""

    def check(kept: KeptForm) -> None:
        if not kept.signed_by:
            raise Refusal("A form must be read and signed before it is live.")
        if kept.live:
            raise Refusal("This form is live already.")

    _append(app, actor, form_id, "live", "", check)


def withdraw(app: App, actor: Actor, form_id: str, *, reason: str) -> None:
    """Take a form out of use; attempts that began on it go on. Raises Refusal without a reason."""

    def check(kept: KeptForm) -> None:
        if not reason.strip():
            raise Refusal("Please say why the form is withdrawn.")
        if not kept.live:
            raise Refusal("This form is not live.")

    _append(app, actor, form_id, "withdrawn", reason, check)


def _append(app: App, actor: Actor, form_id: str, kind: str, text: str, check: Callable[[KeptForm], None]) -> None:
    permit(actor, Action.MANAGE_FORMS)

    def write(tx: Connection) -> None:
        kept = exam_forms.get(tx, form_id)
        check(kept)
        exam_forms.append(tx, form_id, FormEvent(kind, actor.id, app.now(), text.strip()))
        note(tx, app, actor.id, f"{kind} exam form", f"{kept.programme} {kept.number}", text.strip())

    app.database.write(write)


def choose(app: App, learner: str, slug: str, seed: int) -> Form:
    """Choose a live form for a learner, one that she has not sat where there is one. Raises Refusal without any."""
    kept = app.database.read(lambda tx: [each.form for each in exam_forms.of_programme(tx, slug) if each.live])
    retired = drawing.withheld(app)
    live = [form for form in kept if retired.isdisjoint(slot.question.met_as for slot in form.slots)]
    if not live:
        raise Refusal("No form of this exam is open yet. Your coordinator can say when there will be one.")
    sat = app.database.read(lambda tx: tries.papers(tx, learner, slug))
    times = [sat.count(_items(form)) for form in live]
    fresh = [form for form, count in zip(live, times, strict=True) if count == min(times)]
    return fresh[Dice(seed).below(len(fresh))]


def _items(form: Form) -> frozenset[str]:
    return frozenset(slot.digest for slot in form.slots)
