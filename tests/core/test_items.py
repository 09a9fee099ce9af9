"""Every item type supplies its own example; this file runs them all, so a new type is tested before its author is."""

from dataclasses import replace

import pytest
import yaml

from training.cli.answers import understood
from training.cli.shown import interaction_lines
from training.core.bank import Bank
from training.core.blueprint import Programme
from training.core.credit import Credit, MatchCredit, OrderCredit, PartialCredit
from training.core.form import Form, assemble
from training.core.interaction import Value, objection, options_of
from training.core.items import BY_TYPE, ITEM_TYPES, PART_TYPES, Item
from training.core.key import Pairs, correct_value, fraction
from training.core.library import Library
from training.core.pool import build_pool
from training.core.question import Question, digest, question_adapter
from training.core.review import in_words, instruction, lettered, reasoned
from training.store import codec

every_type = pytest.mark.parametrize("item_type", ITEM_TYPES, ids=lambda each: each.TYPE)
EVERY_CREDIT = [Credit(a, b, c) for a in PartialCredit for b in OrderCredit for c in MatchCredit]


def example(item_type: type[Item]) -> Item:
    return item_type.model_validate(yaml.load(item_type.EXAMPLE, Loader=yaml.BaseLoader))


def form_with(item: Item, seed: int = 1) -> Form:
    """A form that has nothing but this item."""
    written = {
        "programme": "sample", "title": "Sample", "summary": "Sample.", "banks": ["bank"],
        "policy": {"mode": "practice"},
        "blueprint": {"sections": [{"title": "All", "quotas": [{"count": item.size}]}]},
    }  # fmt: skip
    library = Library(banks={"bank": Bank("bank", "Bank", (item,))})
    return assemble(build_pool(Programme.model_validate(written), library), seed=seed)


@every_type
def test_its_correct_answers_earn_everything(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    for value in (*item_type.EXAMPLE_ANSWERS.correct, correct_value(question.key)):
        assert objection(question.interaction, value) is None
        assert {fraction(question.key, value, credit) for credit in EVERY_CREDIT} == {1}


@every_type
def test_its_incorrect_answers_are_possible_and_do_not_earn_everything(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    for value in item_type.EXAMPLE_ANSWERS.incorrect:
        assert objection(question.interaction, value) is None
        assert fraction(question.key, value) == 0


@every_type
def test_its_invalid_answers_are_refused(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    assert all(objection(question.interaction, value) for value in item_type.EXAMPLE_ANSWERS.invalid)


@every_type
def test_it_is_drawn_with_every_option_in_its_place_and_for_each_learner_by_her_seed(item_type: type[Item]) -> None:
    item = example(item_type)
    forms = [form_with(item, seed) for seed in range(12)]

    for form in forms:
        assert len(form.slots) == item.size
        for slot in form.slots:
            assert sorted(slot.order) == sorted(option.id for option in options_of(slot.question.interaction))
            assert slot.digest == digest(slot.question)
    assert form_with(item, 3) == forms[3]


@every_type
def test_the_right_answer_is_explained_and_a_wrong_one_too(item_type: type[Item]) -> None:
    for slot in form_with(example(item_type)).slots:
        told = reasoned(slot, correct_value(slot.question.key))

        assert told
        assert all(each.text and each.reason for each in told)
        assert all(each.chosen for each in told if each.right)
        assert any(each.right for each in reasoned(slot, None))


@every_type
def test_its_answers_can_be_said_in_words(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    assert in_words(question.interaction, correct_value(question.key))
    assert in_words(question.interaction, None) == ""
    assert instruction(question.interaction)


@every_type
def test_it_can_be_answered_in_a_terminal(item_type: type[Item]) -> None:
    for slot in form_with(example(item_type)).slots:
        right = correct_value(slot.question.key)

        assert fraction(slot.question.key, understood(slot, typed(slot, right))) == 1
        shown = "\n".join(interaction_lines(slot, right, ()))
        assert all(option.text.split()[0] in shown for option in options_of(slot.question.interaction))


def typed(slot, value: Value) -> str:
    """What a learner types in the terminal to give a response: letters as they are shown, or the text itself."""
    letters = {option.id: letter for letter, option in lettered(slot)}
    if isinstance(slot.question.key, Pairs):
        gaps = getattr(slot.question.interaction, "gaps", None)
        places = [f"{gap.id}:" for gap in gaps] if gaps else [""] * len(value or ())
        return " ".join(letters[f"{place}{name}"] for place, name in zip(places, value or (), strict=True))
    if isinstance(value, tuple):
        return " ".join(letters[name] for name in value)
    return letters.get(value or "", value or "")


@every_type
def test_its_questions_survive_storage_and_keep_their_digest(item_type: type[Item]) -> None:
    for question in example(item_type).questions(seed=0):
        stored = question_adapter().dump_json(question)

        again = question_adapter().validate_json(stored)

        assert again == question
        assert digest(again) == digest(question)


@every_type
def test_a_form_with_it_and_its_answers_survive_storage(item_type: type[Item]) -> None:
    form = form_with(example(item_type))
    questions = {slot.digest: slot.question for slot in form.slots}

    assert codec.load_form(codec.dump_form(form)).form(questions) == form
    answers = item_type.EXAMPLE_ANSWERS
    for value in (*answers.correct, *answers.incorrect):
        assert codec.load_value(codec.dump_value(value)) == value


@every_type
def test_nothing_that_is_shown_before_the_answer_tells_the_key(item_type: type[Item]) -> None:
    """What is asked depends on the interaction alone: two keys for the same options look the same."""
    question = example(item_type).question(seed=0)
    shown = repr((question.stem, question.context, question.interaction))

    assert "correct" not in shown
    assert "why" not in shown
    if question.interaction.kind == "put_in_order":
        assert tuple(option.id for option in question.interaction.options) != correct_value(question.key)
        texts = {option.id: option.text for option in question.interaction.options}
        right = [texts[name] for name in correct_value(question.key) or ()]
        assert [texts[name] for name in sorted(texts)] != right


def test_types_are_known_by_their_names() -> None:
    assert set(BY_TYPE) == {
        "single_best", "multiple_response", "true_false", "numeric", "short_text", "matching", "ordering",
        "extended_matching", "cloze", "hotspot", "script_concordance", "parameterised", "case",
    }  # fmt: skip


def test_every_type_but_the_case_itself_can_be_a_part_of_a_case() -> None:
    assert set(PART_TYPES) == set(BY_TYPE) - {"case"}


def test_fields_that_came_later_do_not_change_the_digest_of_what_was_stored_before() -> None:
    """Pinned: statistics and item histories go by this name of a question."""
    question = example(BY_TYPE["single_best"]).question(seed=0)

    assert isinstance(question, Question)
    assert digest(question)[:16] == PINNED
    assert digest(replace(question, context="A vignette.")) != digest(question)


PINNED = "7e6ac87237a2ab83"
