"""What an administrator does to accounts, and what nobody else may."""

from dataclasses import replace

import pytest

from tests.conftest import Cast, Clock
from tests.services.doors import PASSWORD, enter, registered
from training.core.permission import VISITOR, Role
from training.core.refusal import NotFound, Refusal
from training.services import administering, checking_health, resetting, signing_in
from training.services.administering import OPERATOR, Invitation
from training.services.app import App

NEW_PASSWORD = "five other plain words"


def test_people_are_listed_by_name_with_their_roles(app: App, cast: Cast) -> None:
    listed = administering.accounts(app, cast.ada)

    assert [account.name for account in listed] == ["Ada", "Ann", "Bo", "Cy", "Ida"]
    assert listed[0].roles == (Role.ADMINISTRATOR,)
    assert listed[0].signs_in == "not yet"


def test_nobody_else_may_see_or_change_people(app: App, cast: Cast) -> None:
    for other in (cast.ann, cast.ida, cast.cy, cast.zed):
        for forbidden in (
            lambda who: administering.accounts(app, who),
            lambda who: administering.grant(app, who, "ann", Role.ADMINISTRATOR),
            lambda who: administering.make_reset_link(app, who, "ada"),
            lambda who: administering.invite(app, who, Invitation(Role.ADMINISTRATOR)),
            lambda who: administering.latest_entries(app, who),
            lambda who: checking_health.settings_seen(app, who),
        ):
            with pytest.raises(Refusal):
                forbidden(other)
    assert administering.account(app, cast.ada, "ann").roles == (Role.LEARNER,)


def test_every_change_is_written_down_with_who_did_it(app: App, cast: Cast) -> None:
    administering.grant(app, cast.ada, "ann", Role.INSTRUCTOR)
    administering.withdraw(app, cast.ada, "ann", Role.INSTRUCTOR)
    administering.withdraw(app, cast.ada, "ann", Role.INSTRUCTOR)

    done = [
        (entry.actor, entry.action, entry.subject, entry.detail)
        for entry in administering.latest_entries(app, cast.ada)
    ]
    assert sorted(done) == [("ada", "grant role", "ann", "instructor"), ("ada", "withdraw role", "ann", "instructor")]


def test_the_last_administrator_keeps_her_role_and_her_account(app: App, cast: Cast) -> None:
    with pytest.raises(Refusal, match="last administrator"):
        administering.withdraw(app, cast.ada, "ada", Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="last administrator"):
        administering.disable(app, cast.ada, "ada")

    administering.grant(app, cast.ada, "ida", Role.ADMINISTRATOR)
    administering.withdraw(app, cast.ada, "ada", Role.ADMINISTRATOR)

    assert administering.account(app, OPERATOR, "ada").roles == ()


def test_a_disabled_administrator_does_not_count(app: App, cast: Cast) -> None:
    administering.grant(app, cast.ada, "ida", Role.ADMINISTRATOR)
    administering.disable(app, cast.ada, "ida")

    with pytest.raises(Refusal, match="last administrator"):
        administering.withdraw(app, cast.ada, "ada", Role.ADMINISTRATOR)


def test_an_enabled_account_opens_again(app: App, cast: Cast) -> None:
    administering.set_password(app, OPERATOR, "ann", PASSWORD)
    administering.disable(app, cast.ada, "ann")
    administering.enable(app, cast.ada, "ann")

    assert signing_in.sign_in(app, email="ann@example.org", password=PASSWORD)


def test_a_person_added_by_hand_chooses_her_password_by_a_link(app: App, cast: Cast) -> None:
    person = administering.add_person(app, cast.ada, name=" Eva  B. ", email="EVA@example.org", role=Role.COORDINATOR)
    token = administering.make_reset_link(app, cast.ada, person).partition("token=")[2]

    session = enter(app, resetting.reset_password(app, token, PASSWORD))

    eva = signing_in.actor_of(app, session)
    assert (eva.name, eva.roles) == ("Eva B.", {Role.COORDINATOR})


def test_a_reset_link_works_once_ends_every_session_and_is_over_after_a_day(app: App, cast: Cast, clock: Clock) -> None:
    before, dora = registered(app)
    token = administering.make_reset_link(app, cast.ada, dora.id).partition("token=")[2]

    after = enter(app, resetting.reset_password(app, token, NEW_PASSWORD))

    assert signing_in.actor_of(app, before) == VISITOR
    assert signing_in.actor_of(app, after) == dora
    with pytest.raises(Refusal, match="used before"):
        resetting.reset_password(app, token, NEW_PASSWORD)
    late = administering.make_reset_link(app, cast.ada, dora.id).partition("token=")[2]
    clock.advance(minutes=24 * 60)
    with pytest.raises(Refusal, match="is over"):
        resetting.reset_password(app, late, NEW_PASSWORD)


def test_a_new_reset_link_voids_the_one_before(app: App, cast: Cast) -> None:
    first = administering.make_reset_link(app, cast.ada, "ann").partition("token=")[2]
    administering.make_reset_link(app, cast.ada, "ann")

    assert not resetting.can_reset(app, first)


def test_a_bad_new_password_leaves_the_link_as_it_was(app: App, cast: Cast) -> None:
    token = administering.make_reset_link(app, cast.ada, "ann").partition("token=")[2]

    with pytest.raises(Refusal, match="at least 10"):
        resetting.reset_password(app, token, "short")

    assert resetting.can_reset(app, token)


def test_someone_is_signed_out_everywhere_by_an_administrator(app: App, cast: Cast) -> None:
    token, dora = registered(app)

    assert len(administering.running_sessions(app, cast.ada, dora.id)) == 1
    assert administering.end_sessions(app, cast.ada, dora.id) == 1

    assert signing_in.actor_of(app, token) == VISITOR


def test_cohorts_are_made_filled_and_emptied(app: App, cast: Cast) -> None:
    cohort = administering.make_cohort(app, cast.ada, "Autumn")
    for person in ("ann", "bo", "ann"):
        administering.join_cohort(app, cast.ada, cohort, person)
    administering.leave_cohort(app, cast.ada, cohort, "bo")

    assert [member.name for member in administering.cohort_members(app, cast.ada, cohort)] == ["Ann"]
    assert [(each.title, each.members) for each in administering.all_cohorts(app, cast.ada)] == [("Autumn", 1)]
    with pytest.raises(Refusal, match="already"):
        administering.make_cohort(app, cast.ada, "Autumn")


def test_what_is_not_there_is_said_to_be_so(app: App, cast: Cast) -> None:
    with pytest.raises(NotFound):
        administering.grant(app, cast.ada, "nobody", Role.LEARNER)
    with pytest.raises(NotFound):
        administering.invite(app, cast.ada, Invitation(cohort_id="none"))
    with pytest.raises(Refusal, match="no account"):
        administering.account_by_email(app, cast.ada, "nobody@example.org")


def test_settings_are_shown_without_their_secrets(app: App, cast: Cast) -> None:
    settings = replace(app.settings, smtp_url="smtp://mailer:hunter2hunter2@mail.example.org:587")

    shown = dict(checking_health.settings_seen(replace(app, settings=settings), cast.ada))

    assert shown["NEEDLEWISE_SMTP_URL"] == "smtp://mail.example.org (with a password)"
    assert "hunter2" not in str(shown)


def test_health_looks_at_database_content_and_disk(app: App, cast: Cast) -> None:
    checks = {check.name: check for check in checking_health.health(app, cast.ada)}

    assert checks["Database"].found == "sqlite, up to date"
    assert checks["People"].found == "5 accounts, 0 sessions running"
    assert all(checks[name].well for name in ("Database", "Data folder", "Content", "Content problems"))


def test_a_data_folder_that_is_gone_is_not_well(app: App) -> None:
    gone = replace(app, settings=replace(app.settings, data_dir=app.settings.data_dir / "gone"))

    assert not {check.name: check for check in checking_health.ready(gone)}["Data folder"].well
