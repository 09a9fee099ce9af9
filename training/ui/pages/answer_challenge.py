"""One challenge for instructors, with all that belongs to it: the talk with the learner, and the ruling."""

import streamlit as st

from training.core.challenge import LONGEST, Remedy, State
from training.core.key_notation import remedy_written
from training.core.permission import Action, Actor, may
from training.services import answering, redressing
from training.services.answering import Challenged, Ruling
from training.services.app import App
from training.ui import figures, frame, moments, places
from training.ui.act import act_as, notify
from training.ui.pages import challenge_talk
from training.ui.questions import reasons_text
from training.ui.views.challenges import REMEDIES, answering_view, asked_view
from training.ui.views.words import plain, table

UPHOLD, REJECT = "Upheld: the learner is right", "Not upheld: the item stands"


def render(app: App, actor: Actor) -> None:
    """Draw the challenge named in the address."""
    challenge_id = places.asked("challenge")
    if not challenge_id:
        frame.nothing_here("This address names no challenge.")
        return
    seen = answering.look(app, actor, challenge_id)
    titles = {programme.slug: programme.title for programme in app.library.programmes.values()}
    view = answering_view(seen, titles, app.now(), moments.zone())
    st.title(view.title, anchor=False)
    challenge_talk.head(view)
    with st.container(horizontal=True):
        places.link("challenges", "All challenges", icon="list")
        places.link("item-history", "History of the item", icon="history", item=seen.challenge.item_id)
        places.link("preview-item", "The item as it is now", icon="preview", item=seen.challenge.item_id)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _asked(seen)
    with right:
        st.header("What is said", anchor=False)
        challenge_talk.thread(view)
        if seen.challenge.state is State.UPHELD:
            _redress(app, actor, seen)
        if view.open:
            _reply(app, actor, challenge_id)
            _ruling(app, actor, challenge_id)


def _asked(seen: Challenged) -> None:
    asked = asked_view(seen)
    st.header("As it was asked", anchor=False)
    picture = f"\n\n{figures.picture(asked.image.file, asked.image.alt)}" if asked.image else ""
    st.markdown(asked.stem + picture)
    st.markdown(f"The learner's answer: **{asked.response}**")
    st.markdown(reasons_text(asked.reasons).replace("(your answer)", "(the learner's answer)"))
    st.caption(asked.evidence)
    if asked.rows:
        st.markdown(table(("Answer", "Given"), asked.rows))


def _redress(app: App, actor: Actor, seen: Challenged) -> None:
    """Lead to the key changes that carry the remedy out, or to proposing the first one."""
    challenge, ending = seen.challenge, seen.challenge.ending
    if not may(actor, Action.SIGN_KEY_CHANGES) or not ending or ending.remedy is Remedy.REWORD:
        return
    changes = redressing.changes_for(app, actor, challenge.id)
    for each in changes:
        what = plain(remedy_written(each.change.remarking))
        places.link("key-change", f"Key change, {each.state}: {what}", icon="key", change=each.change.id)
    if not changes and may(actor, Action.PROPOSE_KEY_CHANGES):
        places.link("propose-key-change", "Propose the key change", icon="key", item=seen.question.item_id,
                    challenge=challenge.id)  # fmt: skip


def _reply(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"challenge-{challenge_id}"  # one for each: what is half written here is not shown beside another
    with st.form(f"{key}-talk"):
        st.text_area("Write to the learner", key=f"{key}-reply", max_chars=LONGEST)
        st.form_submit_button("Send", icon=":material/send:", on_click=_send, args=(app, actor, challenge_id))


def _send(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"challenge-{challenge_id}-reply"
    if act_as(answering.reply, app, actor, challenge_id, st.session_state[key]):
        st.session_state[key] = ""


def _ruling(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"challenge-{challenge_id}"
    st.header("Ruling", anchor=False)
    verdict = st.radio("Verdict", [REJECT, UPHOLD], index=None, key=f"{key}-verdict")
    if verdict == UPHOLD:
        st.radio("Remedy", list(Remedy), key=f"{key}-remedy", format_func=lambda each: plain(REMEDIES[each]))
    st.text_area("Reason, which the learner reads", key=f"{key}-reason", max_chars=LONGEST)
    st.button("Give the ruling", type="primary", icon=":material/gavel:", disabled=verdict is None, on_click=_rule,
              args=(app, actor, challenge_id))  # fmt: skip


def _rule(app: App, actor: Actor, challenge_id: str) -> None:
    key = f"challenge-{challenge_id}"
    upheld = st.session_state[f"{key}-verdict"] == UPHOLD
    remedy = st.session_state[f"{key}-remedy"] if upheld else None
    ruling = Ruling(upheld, st.session_state[f"{key}-reason"], remedy)
    if act_as(answering.rule, app, actor, challenge_id, ruling):
        notify("The ruling is given; the learner reads it with its reason.")
