"""Certificates by HTTP: anybody who has a number may verify it, nobody can guess one, and files are as issued."""

import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.conftest import Cast
from tests.services.certified import checked
from tests.web.test_exports import signed_in
from training.core.certificate_number import number_of
from training.core.credential import State
from training.core.permission import Actor, Role
from training.documents.checking import check_file
from training.services import verifying, withdrawing
from training.services.app import App
from training.web import certificates, middleware
from training.web.limiting import Limit


@pytest.fixture
def client(school: App) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=certificates.routes(lambda: school), middleware=middleware)) as client:
        yield client


def test_anybody_can_verify_a_number_however_it_is_typed(client: TestClient, number: str):
    for typed in (number, number.lower(), number.replace("-", "")):
        answer = client.get(f"/verify/{typed}")

        assert answer.status_code == 200
        for words in ("This certificate is valid.", "Ann", "theory of safe practice", "2 March 2028", "no licence"):
            assert words in answer.text or words == "no licence"
        assert "neither a licence" in answer.text
        assert answer.headers["cache-control"] == "no-store"


def test_the_form_leads_to_the_number(client: TestClient, number: str):
    assert "Certificate number" in client.get("/verify").text
    assert "This certificate is valid." in client.get("/verify", params={"number": f" {number} "}).text


def test_wrong_and_unknown_numbers_look_alike(client: TestClient, number: str):
    answers = [client.get(f"/verify/{each}") for each in ("nonsense", number_of(12345), number[:-1] + "*", "<b>x")]

    assert {each.status_code for each in answers} == {404}
    assert len({each.text for each in answers}) == 1


def test_the_files_are_as_issued_and_prove_themselves(client: TestClient, school: App, number: str):
    for address in (
        f"/credentials/{number}.pdf",
        f"/credentials/{number}.pdf?paper=letter",
        f"/credentials/{number}.json",
    ):
        answer = client.get(address)

        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert checked(school, answer.content).good
    assert client.get(f"/credentials/{number}.pdf?paper=a5").status_code == 404


def test_a_verifier_in_a_browser_may_read_the_credential_and_an_address_without_ending_leads_on(
    client: TestClient, number: str
):
    for address in (f"/credentials/{number}.json", "/status/revocation", "/keys"):
        answer = client.get(address, headers={"Origin": "https://verifier.example"})

        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "access-control-allow-origin" not in client.get(f"/verify/{number}").headers
    assert "This certificate is valid." in client.get(f"/credentials/{number}").text
    assert client.get("/credentials/nonsense").status_code == 404


def test_odd_ways_of_asking_are_refused_and_break_nothing(client: TestClient, number: str):
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.request(method, f"/credentials/{number}.json").status_code == 405
    for odd in ("%E2%98%83", "A" * 8000, "%0d%0aX-Evil:1", "%ff%fe"):
        answer = client.get(f"/verify/{odd}")
        assert answer.status_code == 404
        assert "x-evil" not in answer.headers
    assert client.head(f"/verify/{number}").content == b""


def test_what_is_withdrawn_is_said_at_once(client: TestClient, school: App, cast: Cast, number: str):
    withdrawing.propose_revocation(school, cast.cy, number, reason="a secret reason")
    withdrawing.revoke(school, Actor("co", "Co", frozenset({Role.COORDINATOR})), number)
    text = client.get(f"/verify/{number}").text
    lists = [client.get(f"/status/{purpose}").content for purpose in ("revocation", "suspension")]
    key = client.get("/keys").json()["keyHistory"][0]["key"]
    found = check_file(client.get(f"/credentials/{number}.pdf").content, trusted={key}, now=school.now(), lists=lists)

    assert "was revoked" in text
    assert "a secret reason" not in text
    assert found.state is State.REVOKED
    assert client.get("/status/other").status_code == 404


def test_keys_are_published_and_no_private_one(client: TestClient, school: App, number: str):
    answer = client.get("/keys")
    private = (school.settings.data_dir / "keys" / "signing.key").read_text().strip()

    assert answer.json()["id"].startswith("did:key:z6Mk")
    assert private not in answer.text


def test_the_offline_page_has_everything_in_it_and_may_fetch_nothing(client: TestClient, number: str):
    answer = client.get("/verify/offline?download")
    policy = answer.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "src=" not in answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="verify-certificates.html"'
    known = json.loads(answer.text.split('id="known">')[1].split("</script>")[0])
    assert known["keys"] == [entry["key"] for entry in client.get("/keys").json()["keyHistory"]]
    assert len(known["lists"]) == 2


def test_whoever_asks_too_often_waits(client: TestClient, number: str):
    answers = [client.get("/verify/nonsense").status_code for _ in range(certificates.PER_MINUTE + 1)]
    late = client.get(f"/verify/{number}")

    assert answers == [404] * certificates.PER_MINUTE + [429]
    assert late.status_code == 429
    assert 0 < int(late.headers["retry-after"]) <= 60


def test_a_limit_is_for_each_address_and_ends():
    now = [0.0]
    limit = Limit(2, 60, clock=lambda: now[0])

    assert [limit.wait("a"), limit.wait("a"), limit.wait("a"), limit.wait("b")] == [0, 0, 60, 0]
    now[0] = 60.5
    assert limit.wait("a") == 0


def test_the_register_shows_who_asked_and_no_number(client: TestClient, school: App, cast: Cast, number: str):
    assert "Nobody is listed yet" in client.get("/certified").text
    verifying.consent(school, cast.ann, number, listed=True)
    text = client.get("/certified").text

    assert "<td>Ann</td>" in text
    assert number not in text


def test_only_a_coordinator_gets_the_list_as_csv(client: TestClient, school: App, cast: Cast, number: str):
    assert client.get("/exports/certificates.csv").status_code == 401
    assert signed_in(client, school, cast.ann).get("/exports/certificates.csv").status_code == 403
    answer = signed_in(client, school, cast.cy).get("/exports/certificates.csv")

    assert answer.status_code == 200
    assert answer.text.count("\r\n") == 2
    assert f"{number},Ann," in answer.text
