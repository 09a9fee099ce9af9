"""People: who has an account, roles, invitations, cohorts, and what was done to whom."""

from collections.abc import Callable

import streamlit as st

from training.core.permission import Actor, Role
from training.services import administering as people
from training.services.administering import Account, Invitation
from training.services.app import App
from training.services.settings import Registration
from training.ui import frame, places
from training.ui.act import act_as, notify
from training.ui.views.people import cohort_title, entry_row, label, matching, row
from training.ui.views.words import count, plain

PAGE = 25
_FIND, _CHOSEN, _ACTED = "people.find", "people.chosen", "people.acted"


def render(app: App, actor: Actor) -> None:
    """Draw the four parts of the page as tabs."""
    accounts = people.accounts(app, actor)
    st.title("People")
    listed, invited, cohorts, log = st.tabs(["Accounts", "Invite or add", "Cohorts", "What was done"])
    with listed:
        _accounts(app, actor, accounts)
    with invited:
        if app.settings.registration is not Registration.CLOSED:
            _invite(app, actor)
        _add(app, actor)
    with cohorts:
        _cohorts(app, actor, accounts)
    with log:
        names = {account.id: account.name for account in accounts}
        st.table([entry_row(entry, names) for entry in people.latest_entries(app, actor)])


def _accounts(app: App, actor: Actor, accounts: list[Account]) -> None:
    st.text_input("Find by name, e-mail or role", key=_FIND, icon=":material/search:")
    found = matching(accounts, st.session_state[_FIND])
    st.caption(f"{len(found)} of {len(accounts)} accounts")
    if not found:
        st.info("Nobody matches. Try fewer letters.", icon=":material/search_off:")
        return
    st.table([row(account) for account in found[:PAGE]])
    if len(found) > PAGE:
        st.caption(f"The first {PAGE} are shown; find the others by name.")
    labels = {account.id: label(account) for account in found}
    asked = places.asked("person")
    st.selectbox(
        "Change an account", list(labels), key=_CHOSEN, format_func=labels.__getitem__,
        index=list(labels).index(asked) if asked in labels else None, placeholder="Choose a person",
    )  # fmt: skip
    if st.session_state[_CHOSEN]:
        _one(app, actor, people.account(app, actor, st.session_state[_CHOSEN]))


def _one(app: App, actor: Actor, account: Account) -> None:
    with st.container(border=True):
        st.header(plain(account.name), anchor=False)
        st.caption(f"{plain(account.email)} · signs in with {account.signs_in} · since {account.created_at:%d %b %Y}")
        if account.disabled_at:
            st.warning(f"Disabled since {account.disabled_at:%d %b %Y}.", icon=":material/block:")
        _roles(app, actor, account)
        with st.container(horizontal=True):
            _button("Make a link for a new password", "lock_reset", _reset, app, actor, account)
            running = len(people.running_sessions(app, actor, account.id))
            _button(f"Sign out everywhere ({running})", "logout", _end_sessions, app, actor, account)
            if account.disabled_at:
                _button("Enable", "check_circle", _enable, app, actor, account)
            else:
                _button("Disable", "block", _disable, app, actor, account)
        if st.session_state.pop(_ACTED, False):
            frame.notices()  # here, where the button is: the top of the page is out of sight
        _handed_out("reset")


def _button(text: str, icon: str, do: Callable[..., None], *args: object) -> None:
    st.button(text, icon=f":material/{icon}:", on_click=_acted, args=(do, *args))


def _acted(do: Callable[..., None], *args: object) -> None:
    st.session_state[_ACTED] = True
    do(*args)


def _roles(app: App, actor: Actor, account: Account) -> None:
    key = f"people.roles.{account.id}"
    if st.session_state.get(key) != list(account.roles):
        st.session_state[key] = list(account.roles)
    st.pills(
        "Roles", list(Role), key=key, selection_mode="multi", format_func=str.capitalize,
        on_change=_acted, args=(_set_roles, app, actor, account, key),
    )  # fmt: skip


def _set_roles(app: App, actor: Actor, account: Account, key: str) -> None:
    wanted = set(st.session_state[key])
    for role in wanted - set(account.roles):
        act_as(people.grant, app, actor, account.id, role)
    for role in set(account.roles) - wanted:
        act_as(people.withdraw, app, actor, account.id, role)


def _reset(app: App, actor: Actor, account: Account) -> None:
    url = act_as(people.make_reset_link, app, actor, account.id)
    _hand_out("reset", url, f"A new password for {plain(account.name)}, within 24 hours")


def _end_sessions(app: App, actor: Actor, account: Account) -> None:
    ended = act_as(people.end_sessions, app, actor, account.id)
    if ended is not None:
        notify(f"{plain(account.name)} is signed out of {count(ended, 'session')}.")


def _disable(app: App, actor: Actor, account: Account) -> None:
    act_as(people.disable, app, actor, account.id)


def _enable(app: App, actor: Actor, account: Account) -> None:
    act_as(people.enable, app, actor, account.id)


def _hand_out(kind: str, url: str | None, words: str) -> None:
    if url:
        st.session_state[f"people.link.{kind}"] = (words, url)


def _handed_out(kind: str) -> None:
    """Show a link just made, once: it opens an account to whoever has it."""
    words, url = st.session_state.pop(f"people.link.{kind}", ("", ""))
    if url:
        st.success(f"{words}. It works once, and is shown only now:", icon=":material/link:")
        st.code(url, language=None, wrap_lines=True)


def _invite(app: App, actor: Actor) -> None:
    titles = {"": "No cohort"} | {cohort.id: cohort.title for cohort in people.all_cohorts(app, actor)}
    st.header("Invite someone", anchor=False)
    with st.form("invite"):
        st.text_input("E-mail (empty: anyone with the link)", key="invite.email", max_chars=254)
        st.selectbox("Role", list(Role), key="invite.role", format_func=str.capitalize)
        st.selectbox("Cohort", list(titles), key="invite.cohort", format_func=titles.__getitem__)
        st.form_submit_button("Make an invitation", type="primary", on_click=_make_invitation, args=(app, actor))
    _handed_out("invitation")


def _add(app: App, actor: Actor) -> None:
    st.header("Make an account for someone", anchor=False)
    with st.form("add", clear_on_submit=True):
        st.text_input("Name", key="add.name", max_chars=100)
        st.text_input("E-mail of the account", key="add.email", max_chars=254)
        st.selectbox("Role of the account", list(Role), key="add.role", format_func=str.capitalize)
        st.form_submit_button("Make an account", type="primary", on_click=_make_account, args=(app, actor))
    _handed_out("account")


def _make_account(app: App, actor: Actor) -> None:
    state = st.session_state
    name, email, role = state["add.name"], state["add.email"], state["add.role"]
    person = act_as(people.add_person, app, actor, name=name, email=email, role=role)
    if person:
        url = act_as(people.make_reset_link, app, actor, person)
        _hand_out("account", url, f"The account is made. {plain(name)} chooses a password here, within 24 hours")


def _make_invitation(app: App, actor: Actor) -> None:
    state = st.session_state
    invitation = Invitation(state["invite.role"], state["invite.email"], state["invite.cohort"])
    _hand_out("invitation", act_as(people.invite, app, actor, invitation), "An invitation, within 14 days")


def _cohorts(app: App, actor: Actor, accounts: list[Account]) -> None:
    with st.form("cohort", clear_on_submit=True):
        st.text_input("New cohort", key="cohort.title", max_chars=100, placeholder="for example Autumn 2026")
        st.form_submit_button("Make it", on_click=_make_cohort, args=(app, actor))
    cohorts = people.all_cohorts(app, actor)
    if not cohorts:
        st.info("There is no cohort yet. Make one, then put people into it.", icon=":material/groups:")
        return
    titles = {cohort.id: cohort_title(cohort.title, cohort.members) for cohort in cohorts}
    chosen = st.selectbox("Cohort", list(titles), key="cohort.chosen", format_func=titles.__getitem__)
    inside = [member.person_id for member in people.cohort_members(app, actor, chosen)]
    labels = {account.id: label(account) for account in accounts}
    key = f"cohort.members.{chosen}"
    if st.session_state.get(key) != inside:
        st.session_state[key] = inside
    st.multiselect(
        "Members", list(labels), key=key, format_func=labels.__getitem__, placeholder="Choose people",
        on_change=_set_members, args=(app, actor, chosen, inside, key),
    )  # fmt: skip


def _make_cohort(app: App, actor: Actor) -> None:
    act_as(people.make_cohort, app, actor, st.session_state["cohort.title"])


def _set_members(app: App, actor: Actor, cohort_id: str, inside: list[str], key: str) -> None:
    wanted = st.session_state[key]
    for person_id in set(wanted) - set(inside):
        act_as(people.join_cohort, app, actor, cohort_id, person_id)
    for person_id in set(inside) - set(wanted):
        act_as(people.leave_cohort, app, actor, cohort_id, person_id)
