"""Review of items as a story: forward, signed off, edited, confirmed, retired; and what quizzes draw meanwhile."""

from dataclasses import replace

import pytest

from tests.conftest import Cast
from tests.services.reviewers import BANK, ITEM, OLD, edit, editor, instructor, sign_off, version
from training.core.permission import Actor
from training.core.refusal import NotFound, Refusal
from training.core.stage import SIGN_OFFS, Stage, Step
from training.services import drawing, signing_off, taking, tracing_items
from training.services.app import App

EXAM = "exam-sample"


def drawn(app: App, item_id: str = ITEM) -> str | None:
    """The stem that the exam's pool has for an item; None where it is not in it."""
    pool = drawing.pool_of(app, EXAM)
    found = [each for cell in pool.cells for each in cell.candidates if each.item_id == item_id]
    return found[0].parts[0].question.stem if found else None


@pytest.mark.parametrize("who", ["ann", "cy", "ada", "zed"])
def test_only_instructors_review(app: App, cast: Cast, who: str):
    actor, item, now = getattr(cast, who), app.library.item(ITEM), version(app)

    for ask in (
        lambda: signing_off.submit(app, actor, ITEM, version=now),
        lambda: signing_off.sign_off(app, actor, ITEM, version=now, at=Stage.CONTENT_REVIEW),
        lambda: signing_off.send_back(app, actor, ITEM, version=now, text="No."),
        lambda: signing_off.declare_typographical(app, actor, ITEM, version=now, text="A comma."),
        lambda: signing_off.confirm_typographical(app, actor, ITEM, version=now),
        lambda: signing_off.retire(app, actor, ITEM, version=now, text="Old."),
        lambda: signing_off.comment(app, actor, ITEM, version=now, text="Hm."),
        lambda: signing_off.note_edit(app, actor, item, item, text="None."),
        lambda: signing_off.standing_of(app, actor, ITEM),
        lambda: signing_off.queue(app, actor),
        lambda: tracing_items.history(app, actor, ITEM),
    ):
        with pytest.raises(Refusal):
            ask()


def test_an_item_is_put_forward_and_signed_off_by_a_colleague(own: App, cast: Cast, ivo: Actor):
    now = version(own)
    signing_off.submit(own, cast.ida, ITEM, version=now, text="New item for the exam.")
    assert [each.item.id for each in signing_off.queue(own, ivo).content] == [ITEM]
    with pytest.raises(Refusal, match="ask a colleague"):
        signing_off.sign_off(own, cast.ida, ITEM, version=now, at=Stage.CONTENT_REVIEW)

    signing_off.sign_off(own, ivo, ITEM, version=now, at=Stage.CONTENT_REVIEW)
    assert [each.item.id for each in signing_off.queue(own, ivo).editorial] == [ITEM]
    signing_off.sign_off(own, editor(own), ITEM, version=now, at=Stage.EDITORIAL_REVIEW)

    assert signing_off.standing_of(own, ivo, ITEM).standing.stage is Stage.APPROVED
    assert signing_off.queue(own, ivo).waiting == 0


def test_one_person_does_not_pass_both_reviews_and_is_told_why(own: App, cast: Cast, ivo: Actor):
    now = version(own)
    signing_off.submit(own, cast.ida, ITEM, version=now)
    signing_off.sign_off(own, ivo, ITEM, version=now, at=Stage.CONTENT_REVIEW)

    with pytest.raises(Refusal, match=r"one person cannot pass both reviews.*make someone an instructor"):
        signing_off.sign_off(own, ivo, ITEM, version=now, at=Stage.EDITORIAL_REVIEW)
    assert signing_off.standing_of(own, ivo, ITEM).passed_content
    assert not signing_off.standing_of(own, editor(own), ITEM).passed_content

    signing_off.send_back(own, ivo, ITEM, version=now, text="One option is doubtful after all.")
    signing_off.submit(own, cast.ida, ITEM, version=now)
    signing_off.sign_off(own, editor(own), ITEM, version=now, at=Stage.CONTENT_REVIEW)
    signing_off.sign_off(own, ivo, ITEM, version=now, at=Stage.EDITORIAL_REVIEW)
    assert signing_off.standing_of(own, ivo, ITEM).standing.stage is Stage.APPROVED


@pytest.mark.parametrize(
    "written", ["Ivo <IVO@example.org>", "Ivo", "Prof. Dr. IVO, PT", "ivo (Bern)", "ivo@example.org"]
)
def test_who_the_file_names_as_an_author_cannot_sign_off(own: App, cast: Cast, ivo: Actor, written: str):
    edit(own, "      - Needlewise editors", f"      - {written}")
    signing_off.submit(own, cast.ida, ITEM, version=version(own))

    assert signing_off.standing_of(own, ivo, ITEM).mine
    with pytest.raises(Refusal, match="ask a colleague"):
        signing_off.sign_off(own, ivo, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)


@pytest.mark.parametrize("written", ["Meier, Lea", "Lea Meier, PT", "MEIER Lea", "L. Meier", "Meier, Dr. Lea"])
def test_an_author_is_known_in_whatever_order_her_name_is_written(own: App, cast: Cast, written: str):
    lea = instructor(own, "Lea Meier")
    edit(own, "      - Needlewise editors", f'      - "{written}"')
    signing_off.submit(own, cast.ida, ITEM, version=version(own))

    with pytest.raises(Refusal, match="ask a colleague"):
        signing_off.sign_off(own, lea, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)


def test_initials_of_two_colleagues_must_be_written_in_full_before_either_signs_off(own: App, cast: Cast):
    lea, lou = instructor(own, "Lea Meier"), instructor(own, "Lou Meier")
    edit(own, "      - Needlewise editors", "      - L. Meier")
    signing_off.submit(own, cast.ida, ITEM, version=version(own))

    for who in (lea, lou):
        assert signing_off.standing_of(own, who, ITEM).doubt == "L. Meier"
        with pytest.raises(Refusal, match=r"“L. Meier” as an author, who may be you.*in full"):
            signing_off.sign_off(own, who, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)

    edit(own, "      - L. Meier", "      - Meier, Lou")
    signing_off.submit(own, cast.ida, ITEM, version=version(own))
    signing_off.sign_off(own, lea, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)


def test_two_others_declare_that_they_did_not_write_what_was_edited_in_its_file(own: App, cast: Cast, ivo: Actor):
    edit(own, OLD, "Half-way through needling the thigh")
    assert signing_off.standing_of(own, ivo, ITEM).unsaid
    sign_off(own, cast.ida, ivo)

    said = [event.text for event in tracing_items.history(own, ivo, ITEM).events if event.step in SIGN_OFFS]
    assert said == [f"Checked against the sources.\n{signing_off.NOT_MINE}"] * 2


def test_who_made_an_edit_in_the_app_is_known_and_nobody_declares_anything(own: App, cast: Cast, ivo: Actor):
    before = own.library.item(ITEM)
    edit(own, OLD, "Half-way through needling the thigh")
    after = own.library.item(ITEM)
    assert before
    assert after
    signing_off.note_edit(own, cast.ida, before, after, text="The thigh is more common.")
    sign_off(own, cast.ida, ivo)

    said = [event.text for event in tracing_items.history(own, ivo, ITEM).events if event.step in SIGN_OFFS]
    assert said == ["Checked against the sources."] * 2


@pytest.mark.parametrize("written", ["Ivo Meier", "Dr Ivonne", "Needlewise, for Ivo"])
def test_who_is_called_something_like_an_author_may_sign_off(own: App, cast: Cast, ivo: Actor, written: str):
    edit(own, "      - Needlewise editors", f'      - "{written}"')

    assert not signing_off.standing_of(own, ivo, ITEM).mine


def test_who_edited_last_cannot_sign_off(own: App, cast: Cast, ivo: Actor):
    before = own.library.item(ITEM)
    edit(own, OLD, "Half-way through needling the thigh")
    signing_off.note_edit(own, ivo, before, own.library.item(ITEM), text="The thigh is more common.")
    signing_off.submit(own, cast.ida, ITEM, version=version(own))

    with pytest.raises(Refusal, match="ask a colleague"):
        signing_off.sign_off(own, ivo, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)


def test_a_window_that_shows_an_older_version_is_refused(own: App, cast: Cast):
    seen = version(own)
    edit(own, OLD, "Half-way through needling the thigh")

    with pytest.raises(Refusal, match="changed since"):
        signing_off.submit(own, cast.ida, ITEM, version=seen)


def test_a_window_that_shows_an_earlier_stage_is_refused(own: App, cast: Cast, ivo: Actor):
    sign_off(own, cast.ida, ivo)

    with pytest.raises(Refusal, match="cannot be passed"):
        signing_off.sign_off(own, ivo, ITEM, version=version(own), at=Stage.CONTENT_REVIEW)
    with pytest.raises(Refusal, match="nothing to sign off"):
        signing_off.sign_off(own, ivo, ITEM, version=version(own), at=Stage.APPROVED)


def test_an_edit_after_sign_off_asks_for_review_while_quizzes_go_on_with_what_was_signed_off(
    own: App, cast: Cast, ivo: Actor
):
    signed = sign_off(own, cast.ida, ivo)
    old_stem = drawn(own)
    edit(own, OLD, "Half-way through needling the thigh")

    waiting = signing_off.queue(own, ivo).lapsed
    assert [(each.item.id, each.standing.signed_off, each.served) for each in waiting] == [(ITEM, signed, signed)]
    assert drawn(own) == old_stem
    assert "calf" in (old_stem or "")

    sign_off(own, cast.ida, ivo)

    assert "thigh" in (drawn(own) or "")
    assert signing_off.queue(own, ivo).waiting == 0


def test_a_typographical_change_is_served_once_a_second_person_confirms_it(own: App, cast: Cast, ivo: Actor):
    sign_off(own, cast.ida, ivo)
    edit(own, OLD, "Halfway through needling the calf")
    signing_off.declare_typographical(own, cast.ida, ITEM, version=version(own), text="Spelling.")

    assert [each.item.id for each in signing_off.queue(own, ivo).typographical] == [ITEM]
    assert (drawn(own) or "").startswith("Half-way")
    with pytest.raises(Refusal, match="ask a colleague"):
        signing_off.confirm_typographical(own, cast.ida, ITEM, version=version(own))

    signing_off.confirm_typographical(own, ivo, ITEM, version=version(own))

    assert (drawn(own) or "").startswith("Halfway")
    assert signing_off.queue(own, ivo).waiting == 0


def test_a_change_of_the_key_cannot_be_declared_typographical(own: App, cast: Cast, ivo: Actor):
    sign_off(own, cast.ida, ivo)
    edit(own, "        correct: true\n", "")
    edit(
        own,
        '      - text: "Finish two more insertions"\n',
        '      - text: "Finish two more insertions"\n        correct: true\n',
    )

    with pytest.raises(Refusal, match="More than wording"):
        signing_off.declare_typographical(own, cast.ida, ITEM, version=version(own), text="Nothing really.")


def test_a_retired_item_leaves_every_quiz_whatever_its_file_says(own: App, cast: Cast, ivo: Actor):
    signing_off.retire(own, cast.ida, ITEM, version=version(own), text="The guideline was withdrawn.")

    assert drawn(own) is None
    assert [each.item.id for each in signing_off.queue(own, ivo).withheld] == [ITEM]
    sign_off(own, cast.ida, ivo)
    assert drawn(own)


@pytest.mark.parametrize("step", [signing_off.send_back, signing_off.retire, signing_off.comment])
def test_a_step_that_others_must_understand_needs_words(own: App, cast: Cast, step):
    signing_off.submit(own, cast.ida, ITEM, version=version(own))

    with pytest.raises(Refusal, match="say why"):
        step(own, cast.ida, ITEM, version=version(own), text="  ")
    with pytest.raises(Refusal, match="2000 characters"):
        step(own, cast.ida, ITEM, version=version(own), text="x" * 2001)


def test_comments_are_a_thread(own: App, cast: Cast, ivo: Actor):
    signing_off.comment(own, cast.ida, ITEM, version=version(own), text="Is B too easy?")
    edit(own, OLD, "Half-way through needling the thigh")
    signing_off.comment(own, ivo, ITEM, version=version(own), text="I think so.")

    told = tracing_items.history(own, ivo, ITEM)

    assert [(told.names[each.by], each.step, each.text) for each in told.events] == [
        ("Ida", Step.COMMENTED, "Is B too easy?"), ("Ivo", Step.COMMENTED, "I think so."),
    ]  # fmt: skip


def test_content_that_nobody_signed_off_in_the_app_goes_on_as_the_files_say(own: App, cast: Cast):
    before = drawn(own)
    edit(own, OLD, "Half-way through needling the thigh")

    assert before
    assert "thigh" in (drawn(own) or "")
    assert drawing.pool_of(own, EXAM) is own.content.pool(EXAM)


def test_where_the_policy_asks_for_it_exams_draw_only_what_was_signed_off(own: App, cast: Cast, ivo: Actor):
    strict = replace(own, settings=replace(own.settings, sign_off_for_exams=True))
    with pytest.raises(Refusal, match="needs"):
        taking.start(strict, cast.ann, EXAM, request="one")
    assert taking.start(strict, cast.ann, "practice-sample", request="two")

    for item in list(strict.library.items()):
        if item.drawable:
            sign_off(strict, cast.ida, ivo, item.id)

    kept_apart = [each for each in strict.library.items() if each.status == "approved" and not each.drawable]
    assert signing_off.queue(strict, ivo).unsigned == len(kept_apart)
    assert taking.start(strict, cast.ann, EXAM, request="three")


def test_an_item_that_asks_for_review_in_its_file_is_in_the_queue(own: App, cast: Cast):
    edit(own, "    status: approved\n", "    status: review\n")

    assert [each.item.id for each in signing_off.queue(own, cast.ida).asked_in_file] == [ITEM]
    assert signing_off.standing_of(own, cast.ida, ITEM).served is None


def test_nobody_reviews_an_item_that_is_not_there(own: App, cast: Cast):
    with pytest.raises(NotFound):
        signing_off.submit(own, cast.ida, "nothing", version="")


def test_the_bank_file_is_never_written(own: App, cast: Cast, ivo: Actor):
    file = own.settings.content_dir / BANK
    before = file.read_bytes()
    sign_off(own, cast.ida, ivo)
    signing_off.retire(own, cast.ida, ITEM, version=version(own), text="Old.")

    assert file.read_bytes() == before
