"""Stories of certificates: issued once, frozen for ever, corrected, withdrawn by two people, renewed as a chain."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.conftest import Cast, Clock
from tests.documents.one_letter import font_of_one_letter
from tests.services.certified import CERTIFIED, QUIZ, certifying, checked, passed, read_all
from training.core.credential import Kind, State
from training.core.permission import Actor, Role
from training.core.refusal import NotFound, Refusal
from training.core.resting import resting_on
from training.services import certifying as service
from training.services import renewing, taking, tracing, verifying, withdrawing
from training.services.app import App
from training.store import audit

CO = Actor("co", "Co", frozenset({Role.COORDINATOR}))
DAY = 24 * 60


def state(app: App, number: str) -> State:
    return verifying.look_up(app, number)[1]


def test_what_is_missing_is_listed_before_the_certificate_is_issued(school: App, cast: Cast):
    def lacks() -> tuple[str, ...]:
        return service.prospects(school, cast.ann)[0].missing

    module = school.library.modules["consent-and-stopping"].title
    assert lacks() == ("Pass the exam.", f"Read the module '{module}' to its end.")
    passed(school, cast.ann)
    assert lacks() == (f"Read the module '{module}' to its end.",)
    with pytest.raises(Refusal, match="Read the module"):
        service.issue(school, cast.ann, QUIZ)
    read_all(school, cast.ann)
    assert lacks() == ()


def test_a_jurisdiction_asks_for_its_fields(app: App, cast: Cast, tmp_path: Path):
    """Hours that come to nothing by their rule are none: a certificate of "0 CEU" would only look complete."""
    more = "  score: percent\n  jurisdictions: [nevada]\n  hours:\n    rule: iacet-ceu"
    asking = CERTIFIED.replace("  score: percent", more)
    school = certifying(app, tmp_path, text=asking)
    folder = Path(__file__).parents[2] / "programmes" / "registers"
    target = tmp_path / "content" / "programmes" / "registers"
    target.mkdir()
    for file in folder.glob("*.yaml"):
        (target / file.name).write_bytes(file.read_bytes())
    school = certifying(app, tmp_path, text=asking)
    read_all(school, cast.ann)
    passed(school, cast.ann)

    with pytest.raises(Refusal, match="Nevada asks for the learner's licence number") as refused:
        service.issue(school, cast.ann, QUIZ)
    assert "asks for the hours with their unit" in str(refused.value)


def test_letters_that_no_font_shows_are_told_before_the_certificate_is_issued(school: App, cast: Cast, tmp_path: Path):
    fonts = tmp_path / "fonts"
    school = replace(school, settings=replace(school.settings, content_dir=tmp_path))
    read_all(school, cast.ann)
    passed(school, cast.ann)
    school.database.write(lambda tx: tx.execute(text("UPDATE people SET name = 'Wang 王' WHERE id = 'ann'")))

    assert "cannot show '王'" in service.prospects(school, cast.ann)[0].missing[0]
    with pytest.raises(Refusal, match="cannot show '王'"):
        service.issue(school, cast.ann, QUIZ)
    fonts.mkdir()
    (fonts / "wang.ttf").write_bytes(font_of_one_letter("王"))
    number = service.issue(school, cast.ann, QUIZ).credential.number
    assert checked(school, verifying.pdf(school, number)).credential.name == "Wang 王"


def test_the_certificate_says_who_passed_what_and_proves_itself(school: App, cast: Cast, number: str):
    issued, now_it_is = verifying.look_up(school, number)
    found = checked(school, verifying.pdf(school, number))

    assert now_it_is is State.VALID
    assert (issued.credential.name, issued.credential.title) == ("Ann", "Dry needling: theory of safe practice")
    assert issued.credential.score == "100 % (75 % needed)"
    assert issued.credential.expires == date(2028, 3, 2)
    assert found.good
    assert found.looked_up
    assert checked(school, verifying.signed_json(school, number)).good
    assert checked(school, verifying.pdf(school, number, "letter")).credential.number == number


def test_it_is_issued_once_however_often_it_is_asked_for(school: App, cast: Cast, number: str):
    again = service.issue(school, cast.ann, QUIZ).credential.number
    by_cy = service.issue(school, cast.cy, QUIZ, learner="ann").credential.number

    assert again == by_cy == number
    assert len(verifying.mine(school, cast.ann)) == 1


def test_nothing_changes_what_was_issued(app: App, cast: Cast, tmp_path: Path, school: App, number: str):
    """
    Her name, the programme and the template change; the papers stay the same bytes, and still prove themselves.
    """
    before = verifying.pdf(school, number), verifying.signed_json(school, number)
    school.database.write(lambda tx: tx.execute(text("UPDATE people SET name = 'Ann Other' WHERE id = 'ann'")))
    changed = certifying(app, tmp_path, text=CERTIFIED.replace("Needlewise School", "Another School"))

    assert (verifying.pdf(changed, number), verifying.signed_json(changed, number)) == before
    assert verifying.look_up(changed, number)[0].credential.provider == "Needlewise School"
    assert checked(changed, before[0]).good


def test_the_database_refuses_to_change_a_certificate(school: App, cast: Cast, number: str):
    for table in ("certificates", "certificate_papers", "certificate_events", "signing_keys"):
        with pytest.raises(Exception, match="append-only"):
            school.database.write(lambda tx, name=table: tx.execute(text(f"DELETE FROM {name}")))


def test_a_correction_is_a_new_certificate_and_the_two_name_each_other(school: App, cast: Cast, number: str):
    school.database.write(lambda tx: tx.execute(text("UPDATE people SET name = 'Ánn Ỳ' WHERE id = 'ann'")))
    fresh = service.correct(school, cast.cy, number, reason="her name was misspelt").credential

    assert (fresh.name, fresh.supersedes) == ("Ánn Ỳ", number)
    assert verifying.look_up(school, number)[0].superseded_by == fresh.number
    assert (state(school, number), state(school, fresh.number)) == (State.SUPERSEDED, State.VALID)
    assert checked(school, verifying.pdf(school, number)).state is State.REVOKED  # so that no offline check passes it
    assert checked(school, verifying.pdf(school, fresh.number)).good
    with pytest.raises(Refusal, match="superseded"):
        service.correct(school, cast.cy, number, reason="again")


def test_a_correction_settles_no_doubt(school: App, cast: Cast, number: str):
    """Else the new certificate would be valid, whatever was found out about the old one."""
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    with pytest.raises(Refusal, match="proposed to revoke"):
        service.correct(school, cast.cy, number, reason="her name")
    withdrawing.drop_revocation(school, cast.cy, number, reason="unfounded")
    withdrawing.suspend(school, cast.cy, number, reason="a complaint")
    with pytest.raises(Refusal, match="suspended"):
        service.correct(school, cast.cy, number, reason="her name")


def test_of_a_chain_the_last_is_corrected(school: App, cast: Cast, number: str, clock: Clock):
    """A second line would outlive the revocation of the first."""
    clock.advance(minutes=DAY * 700)
    renewing.declare(school, cast.ann, number, hours=12)
    last = renewing.renew(school, cast.ann, number).credential.number
    with pytest.raises(Refusal, match="has been renewed"):
        service.correct(school, cast.cy, number, reason="her name")
    corrected = service.correct(school, cast.cy, last, reason="her name").credential.number
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    withdrawing.revoke(school, CO, number)

    assert [state(school, each) for each in (number, last, corrected)] == [
        State.REVOKED, State.SUPERSEDED, State.REVOKED
    ]  # fmt: skip


def test_revoking_takes_a_reason_and_two_people(school: App, cast: Cast, number: str):
    with pytest.raises(Refusal, match="reason"):
        withdrawing.propose_revocation(school, cast.cy, number, reason=" ")
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    with pytest.raises(Refusal, match="two people"):
        withdrawing.revoke(school, cast.cy, number)
    assert state(school, number) is State.VALID
    withdrawing.revoke(school, CO, number)

    event = verifying.look_up(school, number)[0].last(Kind.REVOKED)
    assert event is not None
    assert (event.by, event.other, event.reason) == ("co", "cy", "another sat for her")
    assert checked(school, verifying.pdf(school, number)).state is State.REVOKED


def test_after_a_revocation_only_a_new_pass_counts(school: App, cast: Cast, number: str):
    withdrawing.propose_revocation(school, cast.cy, number, reason="another sat for her")
    withdrawing.revoke(school, CO, number)
    with pytest.raises(Refusal, match="Pass the exam"):
        service.issue(school, cast.ann, QUIZ)
    passed(school, cast.ann, "second")

    assert service.issue(school, cast.ann, QUIZ).credential.number != number


def test_a_suspension_shows_in_the_list_and_ends(school: App, cast: Cast, number: str):
    withdrawing.suspend(school, cast.cy, number, reason="a complaint")
    assert checked(school, verifying.pdf(school, number)).state is State.SUSPENDED
    withdrawing.reinstate(school, cast.cy, number, reason="unfounded")
    assert checked(school, verifying.pdf(school, number)).good


def test_the_register_lists_who_asked_to_be_listed(school: App, cast: Cast, number: str):
    assert verifying.register(school) == []
    verifying.consent(school, cast.ann, number, listed=True)
    assert [(each.name, each.state) for each in verifying.register(school)] == [("Ann", State.VALID)]
    with pytest.raises(Refusal, match="someone else"):
        verifying.consent(school, cast.bo, number, listed=False)
    verifying.consent(school, cast.ann, number, listed=False)
    assert verifying.register(school) == []


def test_numbers_that_are_wrong_or_unknown_are_refused_alike(school: App, cast: Cast, number: str):
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")
    for typed in (wrong, "", "hello", "00000-00000-00000-00000"):
        with pytest.raises(NotFound, match="no certificate of this number"):
            verifying.look_up(school, typed)


def test_only_coordinators_issue_for_others_or_withdraw(school: App, cast: Cast, number: str):
    for who in (cast.bo, cast.ida, cast.ada, cast.zed):
        with pytest.raises(Refusal):
            service.issue(school, who, QUIZ, learner="ann")
        for do in (withdrawing.suspend, withdrawing.propose_revocation, service.correct):
            with pytest.raises(Refusal):
                do(school, who, number, reason="x")
        with pytest.raises(Refusal):
            withdrawing.held(school, who)
    with pytest.raises(Refusal, match="someone else"):
        renewing.declare(school, cast.bo, number, hours=12)


def test_whoever_passed_waits_in_the_queue_until_it_is_issued(school: App, cast: Cast):
    passed(school, cast.ann)
    ((learner, name, programme, lacks),) = service.queue(school, cast.cy)
    assert (learner, name, programme.slug, len(lacks)) == ("ann", "Ann", QUIZ, 1)
    read_all(school, cast.ann)
    service.issue(school, cast.cy, QUIZ, learner="ann")

    assert service.queue(school, cast.cy) == []


def test_certificates_are_searched_by_name_number_and_state(school: App, cast: Cast, number: str):
    assert [each.credential.number for each in withdrawing.held(school, cast.cy, search="ann THEORY")] == [number]
    assert withdrawing.held(school, cast.cy, search=number.replace("-", "").lower())
    assert withdrawing.held(school, cast.cy, search="bo") == []
    assert withdrawing.held(school, cast.cy, state=State.REVOKED) == []


def test_what_coordinators_do_is_written_down(school: App, cast: Cast, number: str):
    withdrawing.suspend(school, cast.cy, number, reason="a complaint")
    entries = school.database.read(lambda tx: audit.latest(tx, 20))

    assert ("cy", "certificate suspended", number, "a complaint") in [
        (each.actor, each.action, each.subject, each.detail) for each in entries
    ]
    assert any(each.action == "issued a certificate" for each in entries)


def test_a_failed_exam_certifies_nothing(school: App, cast: Cast):
    read_all(school, cast.ann)
    taking.hand_in(school, cast.ann, taking.start(school, cast.ann, QUIZ, request="x"))

    with pytest.raises(Refusal, match="Pass the exam"):
        service.issue(school, cast.ann, QUIZ)


def test_the_certificates_that_rest_on_a_claim_are_named(school: App, cast: Cast, number: str):
    resting = {
        claim: [held.credential.number for held, _ in tracing.certificates_on(school, cast.cy, claim)]
        for claim in school.library.claims
    }
    asked = {slot.question.item_id for slot in taking.look(school, cast.ann, _attempt(school, number)).form.slots}
    expected = {
        claim.id: [number] if asked & {row.item.id for row in resting_on(school.library, claim).items} else []
        for claim in school.library.claims.values()
    }

    assert resting == expected
    with pytest.raises(Refusal):
        tracing.certificates_on(school, cast.ida, next(iter(school.library.claims)))


def _attempt(app: App, number: str) -> str:
    return verifying.look_up(app, number)[0].credential.attempt


def test_nothing_is_issued_in_the_name_of_an_example_but_to_simulated_learners(app: App, cast: Cast, tmp_path: Path):
    unnamed = certifying(app, tmp_path, text=CERTIFIED.replace("Needlewise School", "Example provider"))
    read_all(unnamed, cast.ann)
    passed(unnamed, cast.ann)
    with pytest.raises(Refusal, match="Example provider"):
        service.issue(unnamed, cast.ann, QUIZ)
    unnamed.database.write(lambda tx: tx.execute(text("UPDATE people SET simulated = TRUE WHERE id = 'ann'")))

    assert service.issue(unnamed, cast.ann, QUIZ).credential.provider == "Example provider"
