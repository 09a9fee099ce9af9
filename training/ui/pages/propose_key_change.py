"""Proposing a key change for an item: which versions of the question, what is marked how, and why."""

import streamlit as st

from training.core.interaction import options_of
from training.core.key import Within
from training.core.key_change import LONGEST
from training.core.key_notation import NOTATION, credit_choices, key_written, remedy_said
from training.core.permission import Actor
from training.core.question import Question
from training.services import rekeying
from training.services.app import App
from training.services.rekeying import Asked, Wish
from training.ui import frame, places
from training.ui.act import act_as, notify
from training.ui.views.words import count, plain

SHORT = 12
LABELS = {
    "key": "Another key, or several right answers", "tolerance": "A wider tolerance",
    "credit": "Another rule for partial credit", "full_credit": "Credit for all", "leave_out": "Leave the question out",
}  # fmt: skip


def render(app: App, actor: Actor) -> None:
    """Draw the form for the item named in the address."""
    item = places.asked("item")
    if not item:
        frame.nothing_here("This address names no item.")
        return
    made = st.session_state.pop("rekey.made", "")
    if made:
        places.go("key-change", change=made)
    found = rekeying.asked(app, actor, item)
    st.title(f"Change the key of {plain(item)}", anchor=False)
    places.link("key-changes", "All key changes", icon="list")
    chosen = _versions(found)
    if not chosen:
        st.info("Choose at least one version.", icon=":material/info:")
        return
    question = chosen[0].question
    _asked(question)
    ways = _ways(question)
    how = st.radio("How is it marked from now on?", ways, format_func=LABELS.__getitem__, key="rekey.how")
    _value(question, how)
    st.text_area("What was wrong, in a sentence that every learner concerned reads", key="rekey.reason",
                 max_chars=LONGEST)  # fmt: skip
    st.caption("Nothing is marked yet: next comes the dry run, then a second person's signature.")
    st.button("Propose and see the dry run", type="primary", icon=":material/arrow_forward:", on_click=_propose,
              args=(app, actor, item, chosen, how))  # fmt: skip


def _versions(found: tuple[Asked, ...]) -> list[Asked]:
    if len(found) == 1:
        st.caption(f"Asked in {count(found[0].attempts, 'attempt')} handed in.")
        return list(found)
    return st.multiselect(
        "Versions that are meant", found, default=list(found), key="rekey.versions",
        format_func=lambda each: f"{each.digest[:SHORT]}, {count(each.attempts, 'attempt')}",
    )  # fmt: skip


def _asked(question: Question) -> None:
    with st.container(border=True):
        options = "\n".join(f"- `{option.id}` {plain(option.text)}" for option in options_of(question.interaction))
        st.markdown(
            f"{plain(question.stem)}\n\n{options}\n\nKey as it was asked: **{plain(key_written(question.key))}**"
        )


def _ways(question: Question) -> list[str]:
    ways = ["key", "full_credit", "leave_out"]
    if isinstance(question.key, Within):
        ways.insert(1, "tolerance")
    if credit_choices(question):
        ways.insert(1, "credit")
    return ways


def _value(question: Question, how: str) -> None:
    if how == "key":
        st.text_input("The new key", key="rekey.key", placeholder=key_written(question.key))
        st.caption(f"Write {NOTATION[question.key.kind]}.")
    elif how == "tolerance":
        st.text_input("How far off the number may be", key="rekey.tolerance")
    elif how == "credit":
        st.selectbox("Rule", credit_choices(question), key="rekey.credit")


def _propose(app: App, actor: Actor, item: str, chosen: list[Asked], how: str) -> None:
    text = str(st.session_state.get(f"rekey.{how}", ""))

    def propose(app: App, actor: Actor) -> str:
        remarking = remedy_said(chosen[0].question, how, text)
        digests = tuple(each.digest for each in chosen)
        wish = Wish(item, remarking, st.session_state["rekey.reason"], digests, places.asked("challenge"))
        return rekeying.propose(app, actor, wish)

    made = act_as(propose, app, actor)
    if made:
        st.session_state["rekey.made"] = made
        notify("Proposed. Below is what it would do.")
