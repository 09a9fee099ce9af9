"""The workshop in a real browser: a mistake in the margin, mended, previewed, saved; a second window meets it."""

import re
import subprocess
from threading import Event

from playwright.sync_api import Locator, Page, WebSocketRoute, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.browser.conftest import Enter
from tests.browser.person import eventually, settled
from tests.browser.serving import Server
from training.core.permission import Role

BANK = "question_banks/sample-safety.yaml"
OLD, NEW = "Half-way through needling the calf", "Half-way through needling the thigh"


def editor(page: Page) -> Locator:
    return page.locator(".cm-content")


def find(page: Page, text: str) -> None:
    """Select a text by the editor's own search, by keyboard alone."""
    editor(page).focus()
    page.keyboard.press("Control+f")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def write(page: Page, old: str, new: str) -> None:
    """Write a text over another."""
    find(page, old)
    page.keyboard.type(new)


def reason(page: Page, words: str) -> None:
    field = page.get_by_label("What you changed, and why")
    field.fill(words)
    field.press("Tab")


def test_an_instructor_writes_makes_a_mistake_mends_it_and_saves(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    file = workbench.content / BANK
    before = file.read_text("utf-8")
    expect(editor(page)).to_contain_text("sa-withdrawn-consent")
    expect(page.locator(".cm-lint-marker")).to_have_count(0)

    write(page, "status: approved", "status: review\nlevl: apply")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    page.locator(".cm-lint-marker-error").hover()
    expect(page.locator(".cm-tooltip")).to_contain_text("B103")
    expect(page.locator(".cm-tooltip")).to_contain_text("unknown field 'levl'")
    expect(page.get_by_text("This is how the item looked last")).to_be_visible()
    reason(page, "The thigh is more common.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This would bring an error into the bank")).to_be_visible()
    assert file.read_text("utf-8") == before

    find(page, "levl: apply")
    page.keyboard.press("Control+Shift+k")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(0)
    write(page, OLD, NEW)
    expect(page.locator("p", has_text=NEW)).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. 1 item changed.")).to_be_visible()

    assert file.read_text("utf-8") == before.replace(OLD, NEW).replace("status: approved", "status: review", 1)
    page.goto(f"{workbench.url}/preview-item?item=sa-withdrawn-consent")
    expect(page.get_by_test_id("stMain").get_by_text(re.compile(NEW)).first).to_be_visible()


def test_the_second_window_meets_the_newer_version_and_merges(workbench: Server, enter: Enter) -> None:
    path = "/workshop?bank=sample-safety&item=sa-withdrawn-consent"
    her = enter(workbench, path, role=Role.INSTRUCTOR).page
    his = enter(workbench, path, role=Role.INSTRUCTOR).page
    for page in (her, his):
        expect(editor(page)).to_contain_text("sa-withdrawn-consent")

    write(his, "status: approved", "status: review")
    write(his, OLD, NEW)
    write(her, "Finish two more insertions", "Finish one more insertion")
    reason(his, "The thigh.")
    his.get_by_role("button", name="Save").click()
    expect(his.get_by_text("Saved. 1 item changed.")).to_be_visible()
    reason(her, "One is the more tempting.")
    her.get_by_role("button", name="Save").click()

    expect(her.get_by_text("A newer version is in the file")).to_be_visible()
    expect(her.get_by_text("in different lines, so they go together")).to_be_visible()
    her.get_by_role("button", name="Take this into the editor").click()
    expect(editor(her)).to_contain_text(NEW)
    expect(editor(her)).to_contain_text("Finish one more insertion")
    reason(her, "One is the more tempting.")
    her.get_by_role("button", name="Save").click()
    expect(her.get_by_text("Saved. 1 item changed.")).to_be_visible()

    text = (workbench.content / BANK).read_text("utf-8")
    assert NEW in text
    assert "Finish one more insertion" in text


AT_ONCE = """button => {
  let at = document.activeElement;
  while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  at.blur();
  button.click();
}"""


def test_save_takes_what_stands_in_the_editor_however_soon_it_is_pressed(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    save = page.get_by_role("button", name="Save")
    write(page, "status: approved", "status: draft")
    stands = OLD
    for number in range(4):
        write(page, stands, f"Begun {number}")
        expect(page.get_by_text("Changed, not saved")).to_be_visible()
        reason(page, "To be quick.")
        settled(page)
        stands = f"Written for the needle {number}"
        write(page, f"Begun {number}", stands)
        if number % 2:
            save.evaluate(AT_ONCE)
        else:
            save.click()
        expect(page.get_by_text("Saved. 1 item changed.")).to_be_visible()
        assert stands in (workbench.content / BANK).read_text("utf-8")


def test_a_click_on_save_brings_the_text_along_where_the_messages_before_it_are_lost(
    workbench: Server, enter: Enter
) -> None:
    her = enter(workbench, "/", role=Role.INSTRUCTOR)
    losing, lost = Event(), list[bytes]()

    def between(browser: WebSocketRoute) -> None:
        server = browser.connect_to_server()

        def pass_on(message: str | bytes) -> None:
            if losing.is_set() and not _presses(bytes(message), "workshop.save"):
                lost.append(bytes(message))
            else:
                server.send(message)

        browser.on_message(pass_on)

    her.context.route_web_socket(re.compile("/_stcore/stream"), between)
    page = her.window("/workshop?bank=sample-safety&item=sa-withdrawn-consent")
    write(page, "status: approved", "status: review")
    write(page, OLD, NEW)
    reason(page, "The thigh.")
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    losing.set()
    write(page, "Finish two more insertions", "Finish one more insertion")
    eventually(lambda: page.wait_for_timeout(50) is None and any(b"Finish one more" in each for each in lost))
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved. 1 item changed.")).to_be_visible()
    assert "Finish one more insertion" in (workbench.content / BANK).read_text("utf-8")
    expect(page.get_by_text("As in the file")).to_be_visible()


def _presses(message: bytes, key: str) -> bool:
    states = BackMsg.FromString(message).rerun_script.widget_states.widgets
    return any(each.trigger_value and key in each.id for each in states)


def test_the_editor_is_left_by_escape_and_tab_and_completes_by_keyboard(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    write(page, "level: apply", "level: ")
    page.keyboard.press("Control+Space")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("analyse")
    page.keyboard.type("rec")
    expect(page.locator(".cm-tooltip-autocomplete li")).to_have_count(1)
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("level: recall")

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(editor(page)).not_to_be_focused()


def test_enter_after_a_word_that_is_written_out_begins_a_new_line(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    write(page, "safety: sentinel", "safety: sentinel")
    page.keyboard.press("Control+Space")
    expect(page.locator(".cm-tooltip-autocomplete li[aria-selected=true]")).to_have_text("sentinel")
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
    page.keyboard.type("tags: [new]")
    expect(page.locator(".cm-line", has_text=re.compile(r"^ *tags: \[new\]"))).to_have_count(1)


def test_who_meets_a_newer_version_sees_all_three_and_chooses(workbench: Server, enter: Enter) -> None:
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    write(page, "status: approved", "status: review")
    write(page, OLD, NEW)
    expect(page.locator("p", has_text=NEW)).to_be_visible()
    file = workbench.content / BANK
    theirs = file.read_text("utf-8").replace(OLD, OLD.replace("calf", "forearm"))
    theirs = theirs.replace("Finish two more insertions", "Finish one more insertion")
    file.write_text(theirs, "utf-8")
    reason(page, "The thigh is more common.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("A newer version is in the file")).to_be_visible()
    expect(page.get_by_text("In 1 place you both changed the same lines.")).to_be_visible()
    shown = page.get_by_test_id("stCode")
    for words in ("needling the calf", "needling the forearm", "needling the thigh", "Finish one more insertion"):
        expect(shown.filter(has_text=words).first).to_be_visible()
    assert file.read_text("utf-8") == theirs

    page.get_by_role("radio", name="Mine").focus()
    page.keyboard.press("Space")
    settled(page)
    page.get_by_role("button", name="Take this into the editor").click()
    expect(editor(page)).to_contain_text("Finish one more insertion")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. 1 item changed.")).to_be_visible()
    mine = theirs.replace(OLD.replace("calf", "forearm"), NEW)
    assert file.read_text("utf-8") == mine.replace("status: approved", "status: review", 1)


def test_where_nobody_may_write_the_file_and_a_patch_are_offered(workbench: Server, enter: Enter) -> None:
    folder = workbench.content / "question_banks"
    folder.chmod(0o555)
    page = enter(workbench, "/workshop?bank=sample-safety&item=sa-withdrawn-consent", role=Role.INSTRUCTOR).page
    expect(page.get_by_text("The folder of the banks is read-only here.")).to_be_visible()
    expect(page.get_by_role("button", name="The change as a patch")).to_be_disabled()
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    before = (workbench.content / BANK).read_text("utf-8")

    write(page, OLD, NEW)
    expect(page.locator("p", has_text=NEW)).to_be_visible()
    settled(page)
    patch = downloaded(page, "The change as a patch")
    assert downloaded(page, "The file") == before.replace(OLD, NEW)
    assert (workbench.content / BANK).read_text("utf-8") == before

    folder.chmod(0o755)
    subprocess.run(["git", "apply", "-"], cwd=workbench.content, input=patch, text=True, check=True)
    assert (workbench.content / BANK).read_text("utf-8") == before.replace(OLD, NEW)


def downloaded(page: Page, name: str) -> str:
    button = page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    with page.expect_download() as waiting:
        button.click()
    return waiting.value.path().read_text("utf-8")
