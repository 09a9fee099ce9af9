"""The workshop as a story: open, try, save, meet a colleague's save; and what it refuses."""

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.desk import NEW, SLUG, drafted, on_disk, opened, save
from tests.services.reviewers import BANK, ITEM, OLD, sign_off, version
from training.core.merge import text_of
from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.core.stage import Step
from training.services import arranging, editing, signing_off, tracing_items
from training.services.app import App
from training.services.editing import Newer, NotReviewed, Saved
from training.store import audit


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_instructors_edit(own: App, cast: Cast, who: str):
    actor, change = getattr(cast, who), opened(own, cast.ida)
    text, now = change.text, version(own)

    for ask in (
        lambda: editing.banks(own, actor),
        lambda: editing.open_bank(own, actor, SLUG),
        lambda: editing.check(own, actor, SLUG, text),
        lambda: editing.patch(actor, change, text),
        lambda: editing.save(own, actor, change, text, reason="None."),
        lambda: arranging.add_example(own, actor, change, text, "numeric", "new-01"),
        lambda: arranging.copy_item(own, actor, change, text, ITEM, "new-01"),
        lambda: arranging.fill_in(actor, change, text, ITEM, {"stem": "Why?"}),
        lambda: arranging.add_empty(own, actor, change, text, "numeric", "new-01"),
        lambda: arranging.add_part(actor, change, text, ITEM, "numeric"),
        lambda: arranging.retyping(actor, change, text, ITEM, "ordering"),
        lambda: arranging.retype(actor, change, text, ITEM, "ordering"),
        lambda: arranging.nameable(own, actor, ITEM),
        lambda: arranging.rename(own, actor, change, text, ITEM, "new-01"),
        lambda: arranging.into_review(actor, change, text, [ITEM]),
        lambda: arranging.retire(own, actor, change, ITEM, version=now, reason="Old."),
        lambda: arranging.move(own, actor, change, ITEM, "sample-anatomy", reason="There."),
    ):
        with pytest.raises(Refusal):
            ask()


@pytest.mark.parametrize("slug", ["../secrets", "references", "no-such-bank", "/etc/passwd", "", "sample-safety.yaml"])
def test_nothing_but_a_bank_is_opened(own: App, cast: Cast, slug: str):
    with pytest.raises(NotFound):
        editing.open_bank(own, cast.ida, slug)


def test_a_link_that_leads_out_of_the_folder_is_not_opened(own: App, cast: Cast, tmp_path: Path):
    outside = tmp_path / "outside.yaml"
    shutil.copy(own.settings.content_dir / BANK, outside)
    (own.settings.content_dir / "question_banks" / "outside.yaml").symlink_to(outside)

    with pytest.raises(NotFound):
        editing.open_bank(own, cast.ida, "outside")


def test_an_edit_is_saved_byte_for_byte_with_who_and_why(own: App, cast: Cast):
    change = opened(own, cast.ida)
    text = drafted(change.text.replace(OLD, NEW))

    done = save(own, cast.ida, change, text)

    assert done == Saved(text, (ITEM,))
    assert on_disk(own) == text
    assert own.library.item(ITEM).stem.startswith(NEW)  # type: ignore[union-attr] # it is there
    last = tracing_items.history(own, cast.ida, ITEM).events[-1]
    assert (last.step, last.by, last.text) == (Step.EDITED, "ida", "The thigh is more common.")
    entry = own.database.read(lambda tx: audit.latest(tx, 1))[0]
    assert (entry.action, entry.subject) == ("edited bank", SLUG)
    assert ITEM in entry.detail


def test_line_ends_and_the_byte_order_mark_of_the_file_stay(own: App, cast: Cast):
    file = own.settings.content_dir / BANK
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    before = file.read_bytes()
    change = opened(own, cast.ida)

    save(own, cast.ida, change, drafted(change.text.replace(OLD, NEW)))

    expected = before.replace(OLD.encode(), NEW.encode()).decode("utf-8-sig")
    assert file.read_bytes().decode("utf-8-sig") == drafted(expected.replace("\r\n", "\n")).replace("\n", "\r\n")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_text_with_a_new_error_is_refused_and_says_where(own: App, cast: Cast):
    change = opened(own, cast.ida)
    broken = change.text.replace("        correct: true", "        corect: true", 1)

    with pytest.raises(Refusal, match=r"line \d+ of sample-safety.yaml, B103 unknown field 'corect'"):
        save(own, cast.ida, change, broken)
    with pytest.raises(Refusal, match="Nothing was saved"):
        save(own, cast.ida, change, change.text + "  - id: [")
    assert on_disk(own) == change.text


def test_a_bank_that_is_broken_can_be_mended_in_steps(own: App, cast: Cast):
    file = own.settings.content_dir / BANK
    file.write_text(file.read_text("utf-8").replace("correct: true", "corect: true"), "utf-8")
    change = opened(own, cast.ida)
    assert change.text.count("corect") > 1

    mended = change.text.replace("corect", "correct", 1)
    with pytest.raises(NotReviewed) as refused:
        save(own, cast.ida, change, mended)
    save(own, cast.ida, change, arranging.into_review(cast.ida, change, mended, refused.value.items))

    assert on_disk(own).count("corect") == change.text.count("corect") - 1


@pytest.mark.parametrize("hostile", ["a: &a [x]\nb: *a\n", "items: !!python/object:os.system []\n", "{" * 500, "a\0b"])
def test_hostile_text_is_refused(own: App, cast: Cast, hostile: str):
    change = opened(own, cast.ida)

    with pytest.raises(Refusal):
        save(own, cast.ida, change, hostile)
    assert on_disk(own) == change.text


def test_a_text_that_is_too_large_is_refused_before_it_is_read(own: App, cast: Cast):
    change = opened(own, cast.ida)

    for ask in (
        lambda: editing.check(own, cast.ida, SLUG, "x" * (editing.LARGEST + 1)),
        lambda: save(own, cast.ida, change, "x" * (editing.LARGEST + 1)),
    ):
        with pytest.raises(Refusal, match="cannot be edited here"):
            ask()


def test_an_item_that_a_module_asks_for_cannot_be_taken_out(own: App, cast: Cast):
    names = [name for module in own.library.modules.values() for part in module.sections for name in part.check]
    bank = next(each for each in own.library.banks.values() for item in each.items if item.id in names)
    change = opened(own, cast.ida, bank.slug)
    found = next(item.id for item in bank.items if item.id in names)

    with pytest.raises(Refusal, match=r"line \d+ of modules/.*B127"):
        save(own, cast.ida, change, change.text.replace(f"- id: {found}\n", f"- id: {found}-other\n"))


def test_a_reason_is_asked_for(own: App, cast: Cast):
    change = opened(own, cast.ida)

    with pytest.raises(Refusal, match="what you changed and why"):
        save(own, cast.ida, change, drafted(change.text), "  \n")


def test_nobody_approves_an_item_by_writing_so(own: App, cast: Cast, ivo: Actor):
    change = opened(own, cast.ida)
    with pytest.raises(NotReviewed) as refused:
        save(own, cast.ida, change, change.text.replace(OLD, NEW))
    assert refused.value.items == (ITEM,)
    text = drafted(change.text.replace(OLD, NEW))
    save(own, cast.ida, change, text)

    again = opened(own, cast.ida)
    approved = text.replace("status: review", "status: approved")
    with pytest.raises(NotReviewed):
        save(own, cast.ida, again, approved)
    sign_off(own, cast.ida, ivo)

    assert isinstance(save(own, cast.ida, again, approved, "Signed off twice."), Saved)


def test_what_was_signed_off_here_may_be_edited_while_quizzes_go_on_with_the_signed_version(
    own: App, cast: Cast, ivo: Actor
):
    signed = sign_off(own, cast.ida, ivo)
    change = opened(own, ivo)

    save(own, ivo, change, change.text.replace(OLD, NEW))

    assert signing_off.standing_of(own, cast.ida, ITEM).served == signed


def test_two_editors_of_one_bank_lose_nothing(own: App, cast: Cast, ivo: Actor):
    mine, hers = opened(own, cast.ida), opened(own, ivo)
    title = hers.text.replace("title: ", "title: All of ", 1)
    save(own, ivo, hers, title, "A better title.")

    text = drafted(mine.text.replace(OLD, NEW))
    met = save(own, cast.ida, mine, text)

    assert isinstance(met, Newer)
    assert on_disk(own) == title
    assert met.clashes == ()
    merged = text_of(met.stretches)
    assert NEW in merged
    assert "title: All of " in merged
    assert isinstance(save(own, cast.ida, replace(mine, text=met.theirs), merged), Saved)


def test_two_edits_of_the_same_line_are_shown_side_by_side(own: App, cast: Cast, ivo: Actor):
    mine, hers = opened(own, cast.ida), opened(own, ivo)
    save(own, ivo, hers, drafted(hers.text.replace(OLD, "Half-way through needling the arm")), "The arm.")

    met = save(own, cast.ida, mine, drafted(mine.text.replace(OLD, NEW)))

    assert isinstance(met, Newer)
    (clash,) = met.clashes
    assert "the arm" in "".join(met.stretches[clash].theirs)
    assert NEW in text_of(met.stretches, mine=[clash])


def test_saving_what_stands_there_already_does_nothing(own: App, cast: Cast):
    change = opened(own, cast.ida)
    before = (own.settings.content_dir / BANK).stat().st_ino

    assert save(own, cast.ida, change, change.text) == Saved(change.text, ())
    assert (own.settings.content_dir / BANK).stat().st_ino == before


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Be someone who may read a folder and not write there: a right that root's tests do not lose by themselves."""
    for each in (folder, *folder.rglob("*")):
        each.chmod(0o555 if each.is_dir() else 0o444)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for each in (folder, *folder.rglob("*")):
            each.chmod(0o755 if each.is_dir() else 0o644)


def test_a_read_only_folder_offers_a_patch_that_applies(own: App, cast: Cast, tmp_path: Path):
    content = own.settings.content_dir
    for each in (*tmp_path.parents[:3], tmp_path):
        each.chmod(0o755)
    own.settings.data_dir.chmod(0o777)
    (own.settings.data_dir / "editing.lock").touch()
    (own.settings.data_dir / "editing.lock").chmod(0o666)
    with as_nobody(content):
        change = opened(own, cast.ida)
        text = drafted(change.text.replace(OLD, NEW))
        with pytest.raises(Refusal, match="read-only"):
            save(own, cast.ida, change, text)
        wanted = editing.patch(cast.ida, change, text)

    assert not change.writable
    assert on_disk(own) == change.text
    subprocess.run(["git", "apply", "-"], cwd=content, input=wanted, text=True, check=True, capture_output=True)
    assert on_disk(own) == text


def test_a_process_killed_while_it_saves_leaves_the_old_file_or_the_new_one(own: App, cast: Cast):
    file = own.settings.content_dir / BANK
    old = file.read_bytes()
    new = old.replace(OLD.encode(), NEW.encode())
    script = textwrap.dedent(f"""
        from pathlib import Path
        from training.services.keeping_files import write_file
        file, old, new = Path({str(file)!r}), {old!r}, {new!r}
        print("ready", flush=True)
        while True:
            write_file(file, new)
            write_file(file, old)
    """)
    for wait in (0.0, 0.01, 0.03):
        process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path.cwd())
        assert process.stdout
        process.stdout.readline()
        try:
            process.wait(timeout=wait or 0.001)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

        assert file.read_bytes() in (old, new)
