"""Stories of renewing certificates, of reminders, and of changing the key that signs."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Cast, Clock
from tests.services.certified import CERTIFIED, QUIZ, certifying, checked, passed, read_all
from training.core.credential import Kind, State
from training.core.permission import Actor, Role
from training.core.refusal import Refusal
from training.documents.checking import check_file
from training.services import certifying as service
from training.services import renewing, signing, verifying, withdrawing
from training.services.app import App

DAY = 24 * 60


def test_renewal_is_a_chain_in_its_window(school: App, cast: Cast, clock: Clock, number: str):
    with pytest.raises(Refusal, match="can be renewed from 2027-12-03 to 2028-04-01"):
        renewing.renew(school, cast.ann, number)
    with pytest.raises(Refusal, match="when the renewal opens"):
        renewing.declare(school, cast.ann, number, hours=12)
    clock.advance(minutes=700 * DAY)
    with pytest.raises(Refusal, match="12 hours of continuing education"):
        renewing.renew(school, cast.ann, number)
    with pytest.raises(Refusal, match="you declared 3"):
        renewing.declare(school, cast.ann, number, hours=3)
    renewing.declare(school, cast.ann, number, hours=12)
    fresh = renewing.renew(school, cast.ann, number).credential

    assert (fresh.renews, fresh.expires) == (number, date(2030, 3, 2))
    assert verifying.look_up(school, number)[0].renewed_by == fresh.number
    assert checked(school, verifying.pdf(school, fresh.number)).good
    with pytest.raises(Refusal, match="already"):
        renewing.renew(school, cast.ann, number)


def test_a_declaration_chosen_by_lot_waits_for_a_coordinator(app: App, cast: Cast, clock: Clock, tmp_path: Path):
    school = certifying(app, tmp_path, text=CERTIFIED.replace("audit_percent: 0", "audit_percent: 100"))
    read_all(school, cast.ann)
    passed(school, cast.ann)
    number = service.issue(school, cast.ann, QUIZ).credential.number
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, number, hours=20)
    with pytest.raises(Refusal, match="looks into your declaration"):
        renewing.renew(school, cast.ann, number)
    herself = Actor("ann", "Ann", frozenset({Role.LEARNER, Role.COORDINATOR}))
    with pytest.raises(Refusal, match="her own certificate"):
        renewing.pass_audit(school, herself, number, reason="saw them")
    renewing.pass_audit(school, cast.cy, number, reason="saw four attendance slips")

    assert renewing.renew(school, cast.ann, number).credential.renews == number


def test_a_declaration_that_does_not_hold_is_made_anew_and_looked_into_again(
    app: App, cast: Cast, clock: Clock, tmp_path: Path
):
    once = CERTIFIED.replace("audit_percent: 0", "audit_percent: 100")
    school = certifying(app, tmp_path, text=once)
    read_all(school, cast.ann)
    passed(school, cast.ann)
    number = service.issue(school, cast.ann, QUIZ).credential.number
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, number, hours=20)
    with pytest.raises(Refusal, match="what was seen"):
        renewing.fail_audit(school, cast.cy, number, reason=" ")
    renewing.fail_audit(school, cast.cy, number, reason="two of the four courses were on other subjects.")

    (lack,) = renewing.lacks(school, cast.ann, number)
    assert lack.startswith("Make the declaration of 12 hours")
    assert lack.endswith("The one before did not hold: two of the four courses were on other subjects.")
    school = certifying(app, tmp_path)  # where the lot chooses nobody
    corrected = service.correct(school, cast.cy, number, reason="her name was misspelt").credential.number
    renewing.declare(school, cast.ann, corrected, hours=13)
    with pytest.raises(Refusal, match="looks into your declaration"):
        renewing.renew(school, cast.ann, corrected)
    renewing.pass_audit(school, cast.cy, corrected, reason="saw thirteen hours")
    assert renewing.renew(school, cast.ann, corrected).credential.renews == corrected


def test_an_audit_stays_open_when_the_certificate_is_corrected(app: App, cast: Cast, clock: Clock, tmp_path: Path):
    """Else she declares once more, and hardly anybody is chosen by lot twice."""
    school = certifying(app, tmp_path, text=CERTIFIED.replace("audit_percent: 0", "audit_percent: 100"))
    read_all(school, cast.ann)
    passed(school, cast.ann)
    first = service.issue(school, cast.ann, QUIZ).credential.number
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, first, hours=20)
    second = service.correct(school, cast.cy, first, reason="her name was misspelt").credential.number
    third = service.correct(school, cast.cy, second, reason="misspelt again").credential.number

    assert [verifying.look_up(school, each)[0].audit_open for each in (first, second, third)] == [False, False, True]
    with pytest.raises(Refusal, match="No audit is open"):
        renewing.pass_audit(school, cast.cy, first, reason="saw four attendance slips")
    with pytest.raises(Refusal, match="declaration already"):
        renewing.declare(school, cast.ann, third, hours=20)
    with pytest.raises(Refusal, match="looks into your declaration"):
        renewing.renew(school, cast.ann, third)
    renewing.pass_audit(school, cast.cy, third, reason="saw four attendance slips")
    fourth = service.correct(school, cast.cy, third, reason="and again").credential.number

    assert renewing.renew(school, cast.ann, fourth).credential.renews == fourth


def test_who_is_in_the_register_stays_there_under_the_certificate_that_follows(
    school: App, cast: Cast, clock: Clock, number: str
):
    verifying.consent(school, cast.ann, number, listed=True)
    corrected = service.correct(school, cast.cy, number, reason="her name was misspelt").credential.number
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, corrected, hours=12)
    last = renewing.renew(school, cast.ann, corrected).credential

    assert [each.expires for each in verifying.register(school)] == [last.expires]
    for over in (number, corrected):
        with pytest.raises(Refusal, match="continues this one"):
            verifying.consent(school, cast.ann, over, listed=False)
    verifying.consent(school, cast.ann, last.number, listed=False)
    assert verifying.register(school) == []


def test_reminders_go_out_once_each(school: App, cast: Cast, clock: Clock, number: str):
    assert renewing.remind(school) == 0
    clock.advance(minutes=645 * DAY)
    assert (renewing.remind(school), renewing.remind(school)) == (1, 0)
    clock.advance(minutes=80 * DAY)
    assert (renewing.remind(school), renewing.remind(school)) == (1, 0)

    sent = [each.amount for each in verifying.look_up(school, number)[0].events if each.kind is Kind.REMINDED]
    assert sent == [90, 7]


def test_a_key_that_was_changed_leaves_old_certificates_good(school: App, cast: Cast, number: str):
    old = verifying.issuer(school)["id"]
    signing.rotate(school, cast.ada)
    read_all(school, cast.bo)
    passed(school, cast.bo)
    bos = service.issue(school, cast.bo, QUIZ).credential.number
    first = frozenset({old.removeprefix("did:key:")})

    assert verifying.issuer(school)["id"] != old
    assert checked(school, verifying.pdf(school, number)).good
    # Whoever knows only the first key, from before, trusts what the new one signed.
    assert check_file(verifying.pdf(school, bos), trusted=first, now=school.now()).good


def test_the_key_is_its_owners_only(school: App, cast: Cast, number: str):
    folder = school.settings.data_dir / "keys"

    assert [(file.name, file.stat().st_mode & 0o777) for file in folder.iterdir()] == [("signing.key", 0o600)]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_key_from_elsewhere_needs_the_word_of_the_one_before(school: App, cast: Cast, number: str):
    other = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
    given = replace(school, settings=replace(school.settings, signing_key=other))
    before = (school.settings.data_dir / "keys" / "signing.key").read_text()
    (school.settings.data_dir / "keys" / "signing.key").unlink()
    with pytest.raises(Refusal, match="vouch"):
        signing.keys(given)
    vouched = replace(given, settings=replace(given.settings, signing_key_before=before))

    assert [entry.key for entry in signing.keys(vouched).history][-1].startswith("z6MkrJVn")
    assert checked(vouched, verifying.pdf(vouched, number)).good


def test_revoking_a_renewal_takes_what_it_renews_along(school: App, cast: Cast, clock: Clock, number: str):
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, number, hours=12)
    fresh = renewing.renew(school, cast.ann, number).credential.number
    withdrawing.propose_revocation(school, cast.cy, fresh, reason="the declaration was false")
    withdrawing.revoke(school, Actor("co", "Co", frozenset({Role.COORDINATOR})), fresh)

    assert [verifying.look_up(school, each)[1] for each in (number, fresh)] == [State.REVOKED] * 2


def test_what_was_let_lapse_takes_a_new_pass(school: App, cast: Cast, clock: Clock, number: str):
    clock.advance(minutes=735 * DAY)
    assert service.issue(school, cast.ann, QUIZ).credential.number == number  # expired, but it can be renewed still
    clock.advance(minutes=60 * DAY)
    with pytest.raises(Refusal, match="Pass the exam"):
        service.issue(school, cast.ann, QUIZ)
    passed(school, cast.ann, "again")

    assert service.issue(school, cast.ann, QUIZ).credential.number != number


def test_a_renewal_that_was_let_lapse_takes_a_new_pass_too(school: App, cast: Cast, clock: Clock, number: str):
    clock.advance(minutes=700 * DAY)
    renewing.declare(school, cast.ann, number, hours=12)
    fresh = renewing.renew(school, cast.ann, number).credential.number
    clock.advance(minutes=900 * DAY)
    with pytest.raises(Refusal, match="Pass the exam"):
        service.issue(school, cast.ann, QUIZ)
    passed(school, cast.ann, "again")

    assert service.issue(school, cast.ann, QUIZ).credential.number not in (number, fresh)
