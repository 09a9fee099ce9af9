"""Proposing a key change for an item: which versions of the question, what is marked how, and why."""

from dataclasses import dataclass

import streamlit as st

from training.core.interaction import options_of
from training.core.key import Within
from training.core.key_change import LONGEST
from training.core.key_notation import NOTATION, credit_choices, key_written, remedy_said
from training.core.permission import Actor
from training.core.question import Question
from training.services import redressing, rekeying
from training.services.app import App
from training.services.redressing import Suggestion
from training.services.rekeying import Asked, Wish
from training.ui import frame, places
from training.ui.act import act_as, notify
from training.ui.views.words import count, plain

SHORT = 12
LABELS = {
    "key": "Another key, or several right answers", "tolerance": "A wider tolerance",
    "credit": "Another rule for partial credit", "full_credit": "Credit for all", "leave_out": "Leave the question out",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What a proposal is about: an item, and the challenge that asks for it, if one does."""

    item: str
    challenge: str

    @property
    def key(self) -> str:
        """Begins the names of its fields: what was written about another is not shown here."""
        return f"rekey-{self.item}-{self.challenge}"


def render(app: App, actor: Actor) -> None:
    """Draw the form for the item named in the address."""
    made = st.session_state.pop("rekey.made", "")
    if made:
        places.go("key-change", change=made)
    challenge = places.asked("challenge")
    ruling = redressing.suggested(app, actor, challenge) if challenge else None
    item = ruling.item_id if ruling else places.asked("item")
    if not item:
        frame.nothing_here("This address names no item.")
        return
    found = rekeying.asked(app, actor, item)
    st.title(f"Change the key of {plain(item)}", anchor=False)
    places.link("key-changes", "All key changes", icon="list")
    if ruling:
        st.info("Filled in from the ruling on a challenge. Look at each part before you propose it.",
                icon=":material/gavel:")  # fmt: skip
        places.link("challenge", "The challenge", icon="forum", challenge=ruling.challenge)
    _form(app, actor, item, found, ruling)


def _form(app: App, actor: Actor, item: str, found: tuple[Asked, ...], ruling: Suggestion | None) -> None:
    chosen = _versions(found)
    if not chosen:
        st.info("Choose at least one version.", icon=":material/info:")
        return
    question = chosen[0].question
    _asked(question)
    ways = _ways(question)
    about = About(item, ruling.challenge if ruling else "")
    key = about.key
    first = ways.index(ruling.how) if ruling else 0
    how = st.radio("How is it marked from now on?", ways, first, format_func=LABELS.__getitem__, key=f"{key}-how")
    _value(question, how, key, ruling.key if ruling else "")
    st.text_area("What was wrong, in a sentence that every learner concerned reads", ruling.reason if ruling else "",
                 key=f"{key}-reason", max_chars=LONGEST)  # fmt: skip
    st.caption("Nothing is marked yet: next comes the dry run, then a second person's signature.")
    st.button("Propose and see the dry run", type="primary", icon=":material/arrow_forward:", on_click=_propose,
              args=(app, actor, about, chosen, how))  # fmt: skip


def _versions(found: tuple[Asked, ...]) -> list[Asked]:
    if len(found) == 1:
        st.caption(f"Asked in {count(found[0].attempts, 'attempt')} handed in.")
        return list(found)
    return st.multiselect(
        "Versions that are meant", found, default=list(found), key=f"rekey-versions-{found[0].question.item_id}",
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


def _value(question: Question, how: str, key: str, suggested: str) -> None:
    if how == "key":
        st.text_input("The new key", suggested, key=f"{key}-key", placeholder=key_written(question.key))
        st.caption(f"Write {NOTATION[question.key.kind]}.")
    elif how == "tolerance":
        st.text_input("How far off the number may be", key=f"{key}-tolerance")
    elif how == "credit":
        st.selectbox("Rule", credit_choices(question), key=f"{key}-credit")


def _propose(app: App, actor: Actor, about: About, chosen: list[Asked], how: str) -> None:
    text, reason = (str(st.session_state.get(f"{about.key}-{what}", "")) for what in (how, "reason"))

    def propose(app: App, actor: Actor) -> str:
        remarking = remedy_said(chosen[0].question, how, text)
        wish = Wish(about.item, remarking, reason, tuple(each.digest for each in chosen), about.challenge)
        return rekeying.propose(app, actor, wish)

    made = act_as(propose, app, actor)
    if made:
        st.session_state["rekey.made"] = made
        notify("Proposed. Below is what it would do.")
