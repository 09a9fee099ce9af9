"""Import and export: each question that comes in beside its source, and what of it is lost; banks out as files."""

from collections.abc import Mapping

import streamlit as st

from training.core.form import order_of
from training.core.permission import Actor
from training.core.pool import part_of
from training.core.question import Level
from training.formats import FORMATS, format_named
from training.formats.base import Written
from training.formats.drafting import Defaults
from training.services import authoring, exchanging, importing
from training.services.app import App
from training.services.exchanging import Fate, Given, Incoming, OnConflict, Review
from training.services.importing import LARGEST, Plan
from training.ui import filters, identity, places, widgets
from training.ui.act import act, notify
from training.ui.as_learner import as_learner
from training.ui.views.banks import problem_row
from training.ui.views.words import count, plain

PAGE = 10
TALL = 14
"""Lines of a source above which it scrolls."""
NEW, GUESSED = "", ""
WAY = "import.ways"
WAYS = {
    OnConflict.KEEP: "Keep what is in the bank", OnConflict.REPLACE: "Replace it", OnConflict.BOTH: "Have both",
}  # fmt: skip
FATES = {
    Fate.ADDED: ":green-badge[Comes in]", Fate.REPLACES: ":orange-badge[Replaces]",
    Fate.SKIPPED: ":gray-badge[Left out: there already]", Fate.NO_ITEM: ":red-badge[No item can be made of it]",
}  # fmt: skip


def render(app: App, actor: Actor) -> None:
    """Draw the half that the address names."""
    st.title("Import and export", anchor=False)
    if filters.switch("show", "Part", {"": "Import", "export": "Export"}) == "export":
        _export(app, actor)
    else:
        _import(app, actor)


def _import(app: App, actor: Actor) -> None:
    readable = {each.name: each.title for each in FORMATS if each.read}
    st.markdown(f"From {', '.join(plain(title) for title in readable.values())}. Everything comes in as a draft.")
    handed = st.file_uploader("File", key="import.file", max_upload_size=LARGEST // 2**20)
    slug = _target(app, actor)
    if handed is None or not slug:
        return
    given = Given(handed.getvalue(), handed.name, _format(readable), _defaults(app, actor), _chosen())
    common = OnConflict(st.session_state.get("import.common", OnConflict.KEEP))
    plan = importing.plan(app, actor, given, slug, common)
    _review(app, actor, plan, given, slug)


def _target(app: App, actor: Actor) -> str:
    titles = {NEW: "A new bank", **{each.slug: each.title for each in authoring.library(app, actor).banks.values()}}
    left, right = st.columns(2)
    chosen = left.selectbox("Into the bank", list(titles), key="import.into", format_func=titles.__getitem__)
    if chosen:
        return str(chosen)
    named: str = right.text_input("Name of the new bank", key="import.new", max_chars=64, placeholder="knee-anatomy")
    return named.strip()


def _format(readable: Mapping[str, str]) -> str:
    titles = {GUESSED: "Guess it from the file", **readable}
    return str(st.selectbox("Format", list(titles), key="import.format", format_func=titles.__getitem__))


def _defaults(app: App, actor: Actor) -> Defaults:
    with st.expander("Where the file says nothing", icon=":material/tune:"):
        objectives = {"": "To be chosen later"}
        objectives |= {each.id: f"{each.id} {each.text}" for each in authoring.library(app, actor).objectives()}
        objective = st.selectbox("Objective", list(objectives), key="import.objective",
                                 format_func=objectives.__getitem__)  # fmt: skip
        level = st.selectbox("Level", list(Level), key="import.level", format_func=lambda each: each.value.capitalize())
        author = st.text_input("Author", actor.name, key="import.author", max_chars=200)
    return Defaults(str(objective), level or Level.RECALL, author)


def _chosen() -> dict[str, OnConflict]:
    """Give what was chosen for single questions, on whichever page of the review they stand."""
    return dict(st.session_state.get(WAY, {}))


def _choose(item: str, key: str) -> None:
    st.session_state.setdefault(WAY, {})[item] = OnConflict(st.session_state[key])


def _review(app: App, actor: Actor, plan: Plan, given: Given, slug: str) -> None:
    review = plan.review
    st.header("What would come in", anchor=False)
    st.markdown(_summary(review))
    for problem in review.problems:
        st.error(f"{problem_row(problem).headline}  \n{plain(problem.hint)}")
    if any(row.twin for row in review.rows):
        st.radio("With questions that are in the bank already", list(WAYS), key="import.common", horizontal=True,
                 format_func=WAYS.__getitem__)  # fmt: skip
    with st.container(horizontal=True):
        st.button("Bring these in as drafts", type="primary", icon=":material/download:", key="import.bring",
                  disabled=not plan.text or not plan.writable,
                  on_click=_bring, args=(app, actor, given, slug))  # fmt: skip
        if plan.text:
            st.download_button("The bank as it would be", plan.text, f"{slug}.yaml", "application/yaml",
                               key="import.download", on_click="ignore")  # fmt: skip
    if not plan.writable:
        st.info("The folder of the banks is read-only here. Download the bank instead.", icon=":material/lock:")
    number = filters.page(len(review.rows), PAGE)
    for place in range(number * PAGE, min(len(review.rows), (number + 1) * PAGE)):
        _row(plan, review.rows[place], place)


def _summary(review: Review) -> str:
    fates = [row.fate for row in review.rows]
    losses = sum(len(row.read.losses) for row in review.rows)
    lost = f"{count(losses, 'loss', 'losses')}, named below." if losses else "Nothing is lost."
    rest = fates.count(Fate.SKIPPED) + fates.count(Fate.NO_ITEM)
    return (
        f"{count(len(fates), 'question')} read as {plain(review.format.title)}: {fates.count(Fate.ADDED)} come in, "
        f"{fates.count(Fate.REPLACES)} replace one, {rest} stay out. {lost}"
    )


def _row(plan: Plan, row: Incoming, place: int) -> None:
    with st.container(border=True, key=f"import-row-{place}"):
        name = row.item.id if row.item else row.read.draft.name or f"question {place + 1}"
        st.markdown(f"**{plain(name)}** {FATES[row.fate]} :small[line {row.read.draft.line}]")
        left, right = st.columns(2, gap="medium")
        with left:
            st.caption("In the file")
            st.code(row.read.draft.source, language=None, wrap_lines=True,
                    height=320 if row.read.draft.source.count("\n") > TALL else "content")  # fmt: skip
        with right:
            st.caption("As it would be here, answered")
            if row.item:
                question = row.item.questions(0)[0]
                as_learner(question, order_of(part_of(question), None), key=f"import-{place}-{row.item.id}", after=True)
            _told(plan, row)


def _told(plan: Plan, row: Incoming) -> None:
    for problem in row.read.problems:
        st.markdown(problem_row(problem).headline + (f"  \n{plain(problem.hint)}" if problem.hint else ""))
    if row.read.losses:
        st.markdown(
            "**Lost:**\n\n" + "\n".join(f"- {plain(loss.field)}: {plain(loss.what)}" for loss in row.read.losses)
        )
    if row.twin and row.read.item:
        st.markdown(f"In the bank already as **{plain(row.twin.id)}** ({row.twin.likeness}, {row.twin.percent:g} %).")
        item, key = row.read.item.id, f"import.way.{row.read.item.id}"
        way = _chosen().get(item) or OnConflict(st.session_state.get("import.common", OnConflict.KEEP))
        widgets.show(key, way)
        st.radio("What happens to it", list(WAYS), key=key, format_func=WAYS.__getitem__, on_change=_choose,
                 args=(item, key))  # fmt: skip
    other = plan.elsewhere.get(row.item.id) if row.item else None
    if other:
        st.markdown(f"Like **{plain(other.id)}** in another bank ({other.likeness}, {other.percent:g} %).")


def _bring(app: App, actor: Actor, given: Given, slug: str) -> None:
    common = OnConflict(st.session_state.get("import.common", OnConflict.KEEP))
    review = act(importing.bring, app, identity.confirmed(app, actor), given, slug, common)
    if review:
        came = len(review.items(Fate.ADDED)) + len(review.items(Fate.REPLACES))
        notify(f"{count(came, 'question')} came into {slug} as drafts. Open the workshop to finish them.")


def _export(app: App, actor: Actor) -> None:
    banks = authoring.library(app, actor).banks
    titles = {each.name: each.title for each in FORMATS if each.write}
    chosen = st.multiselect("Banks", list(banks), key="export.banks", format_func=lambda slug: banks[slug].title)
    form = st.selectbox("Format", list(titles), key="export.format", format_func=titles.__getitem__)
    key = st.checkbox("Of a paper: print the key and the reasons too", key="export.key")
    if not chosen or not form:
        st.caption("Choose the banks that go into one file.")
        return
    target = format_named(form, reading=False)
    written = exchanging.send_out(actor, [banks[slug] for slug in chosen], form, app.now(),
                                  root=app.settings.content_dir, with_key=key)  # fmt: skip
    name = f"{chosen[0] if len(chosen) == 1 else 'banks'}{target.suffix}"
    st.download_button(f"Download {name}", written.data, name, target.media_type, type="primary",
                       icon=":material/download:", key="export.download", on_click="ignore")  # fmt: skip
    _lost(written)
    places.link("workshop", "To the workshop", icon="construction")


def _lost(written: Written) -> None:
    if not written.left_out and not written.losses:
        st.success("Nothing is lost on the way.", icon=":material/check_circle:")
    for problem in written.left_out:
        st.warning(plain(problem.message), icon=":material/block:")
    if written.losses:
        with st.expander(f"What the file does not hold ({len(written.losses)})", icon=":material/list:"):
            st.markdown("\n".join(f"- **{plain(x.item)}** {plain(x.field)}: {plain(x.what)}" for x in written.losses))
