"""Saving in the workshop: who meets a newer version chooses line by line; where nobody may write there is a patch."""

from collections.abc import Callable

import streamlit as st

from training.core.merge import Stretch, text_of
from training.core.permission import Actor
from training.core.refusal import Refusal
from training.services import arranging, editing
from training.services.app import App
from training.services.editing import Newer, NotReviewed, Saved
from training.services.signing_off import LONGEST
from training.ui import identity, places
from training.ui.act import act
from training.ui.desk import Desk, catch_up
from training.ui.views.words import count

REASON = "workshop.reason"


def draw_saving(app: App, actor: Actor, desk: Desk) -> None:
    """Draw the reason and the button, or what stands in their way."""
    if desk.opened.writable:
        st.text_input("What you changed, and why", key=REASON, max_chars=LONGEST, placeholder="Reviewers read this.")
    if desk.newer:
        _newer(desk)
        return
    if not desk.opened.writable:
        _offer(actor, desk)
        return
    with st.container(horizontal=True):
        st.button("Save", type="primary", icon=":material/save:", key="workshop.save", disabled=not desk.dirty,
                  on_click=_save, args=(app, actor, desk))  # fmt: skip
        if desk.dirty:
            st.button("Undo all changes", icon=":material/undo:", key="workshop.undo", on_click=_undo, args=(desk,))
    _outcome(app, actor, desk)


def _outcome(app: App, actor: Actor, desk: Desk) -> None:
    if desk.refusal:
        st.warning(desk.refusal, icon=":material/block:")
    if desk.unreviewed:
        with st.container(border=True):
            st.markdown("What is approved was signed off by two colleagues. A changed item goes through review again.")
            st.button("Put what I changed into review", icon=":material/rate_review:", key="workshop.into-review",
                      on_click=_into_review, args=(app, actor, desk))  # fmt: skip
    if desk.saved and not desk.dirty:
        _saved(desk.saved)


def _saved(done: Saved) -> None:
    changed = done.changed
    said = f"Saved. {count(len(changed), 'item')} changed." if changed else "Saved."
    st.success(said, icon=":material/check_circle:")
    if changed:
        st.caption("Put forward for review:")
        for item in changed[:10]:
            places.link("item-history", item, icon="rate_review", item=item)


def _save(app: App, actor: Actor, desk: Desk) -> None:
    catch_up(desk)
    now = identity.confirmed(app, actor)
    keep(desk, lambda: editing.save(app, now, desk.opened, desk.text, reason=st.session_state.get(REASON, "")))


def keep(desk: Desk, do: Callable[[], Saved | Newer]) -> None:
    """Save, and let the desk go on from what came of it. A refusal stands by the button, where one looks."""
    try:
        done = do()
    except Refusal as refused:
        desk.unreviewed = refused.items if isinstance(refused, NotReviewed) else ()
        desk.refusal = str(refused)
        return
    if isinstance(done, Newer):
        desk.newer, desk.refusal = done, ""
        return
    desk.rebase(done.text)
    desk.saved = done
    st.session_state[REASON] = ""
    if desk.text != done.text:
        desk.put(done.text)


def _undo(desk: Desk) -> None:
    desk.unreviewed = ()
    desk.put(desk.opened.text)


def _into_review(app: App, actor: Actor, desk: Desk) -> None:
    catch_up(desk)
    now = identity.confirmed(app, actor)
    text = act(arranging.into_review, now, desk.opened, desk.text, desk.unreviewed)
    if text is not None:
        desk.unreviewed = ()
        desk.put(text)


def _offer(actor: Actor, desk: Desk) -> None:
    st.info("The folder of the banks is read-only here. Take the file, or the change as a patch, to whoever can write.",
            icon=":material/lock:")  # fmt: skip
    name = desk.opened.file.rpartition("/")[2]
    with st.container(horizontal=True):
        st.download_button("The file", desk.text, name, "application/yaml", icon=":material/download:",
                           key="workshop.file", on_click="ignore")  # fmt: skip
        st.download_button("The change as a patch", editing.patch(actor, desk.opened, desk.text), f"{name}.patch",
                           "text/x-diff", icon=":material/difference:", key="workshop.patch", on_click="ignore",
                           disabled=not desk.dirty)  # fmt: skip


def _newer(desk: Desk) -> None:
    newer = desk.newer
    assert newer  # noqa: S101 - the caller looked
    st.subheader("A newer version is in the file", anchor=False)
    st.markdown(_verdict(len(newer.clashes)))
    for number, each in enumerate(newer.stretches):
        if each.changed:
            _stretch(number, each)
    with st.container(horizontal=True):
        st.button("Take this into the editor", type="primary", icon=":material/merge:", key="workshop.merge",
                  on_click=_merge, args=(desk,))  # fmt: skip
        st.button("Drop my changes", icon=":material/delete:", key="workshop.drop", on_click=_drop, args=(desk,))


def _verdict(clashes: int) -> str:
    if not clashes:
        return "Your changes and hers are in different lines, so they go together. Look, take them, then save."
    places_ = count(clashes, "place")
    return f"In {places_} you both changed the same lines. Choose for each; the rest goes together by itself."


def _stretch(number: int, each: Stretch) -> None:
    with st.container(border=True):
        if each.clash:
            st.radio(
                "Which stays?", ["theirs", "mine"], key=f"workshop.side.{number}", horizontal=True,
                format_func={"theirs": "What is in the file", "mine": "Mine"}.__getitem__,
            )  # fmt: skip
        else:
            st.caption("Only you changed this" if each.theirs == each.base else "Changed in the file")
        _lines("As it was", each.base)
        if each.theirs != each.base:
            _lines("In the file now", each.theirs)
        if each.mine not in (each.base, each.theirs):
            _lines("Mine", each.mine)


def _lines(label: str, lines: tuple[str, ...]) -> None:
    st.caption(label)
    st.code("".join(lines) or "(nothing)", language="yaml", wrap_lines=True)


def _merge(desk: Desk) -> None:
    newer = desk.newer
    if newer is None:
        return
    mine = [number for number in newer.clashes if st.session_state.get(f"workshop.side.{number}") == "mine"]
    text = text_of(newer.stretches, mine)
    desk.rebase(newer.theirs)
    desk.put(text)


def _drop(desk: Desk) -> None:
    if desk.newer:
        text = desk.newer.theirs
        desk.rebase(text)
        desk.put(text)
