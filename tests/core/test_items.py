"""Every item type supplies its own example; this file runs them all, so a new type is tested before its author is."""

import pytest
import yaml

from training.core.interaction import objection, options_of
from training.core.items import BY_TYPE, ITEM_TYPES, Item
from training.core.key import PartialCredit, correct_value, fraction
from training.core.question import digest, question_adapter, reason_for

every_type = pytest.mark.parametrize("item_type", ITEM_TYPES, ids=lambda each: each.TYPE)


def example(item_type: type[Item]) -> Item:
    return item_type.model_validate(yaml.load(item_type.EXAMPLE, Loader=yaml.BaseLoader))


@every_type
def test_its_correct_answers_earn_everything(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    for value in (*item_type.EXAMPLE_ANSWERS.correct, correct_value(question.key)):
        assert objection(question.interaction, value) is None
        assert [fraction(question.key, value, credit) for credit in PartialCredit] == [1, 1, 1]


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
def test_each_possible_answer_has_its_reason(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)

    answers = [option.id for option in options_of(question.interaction)] or [str(correct_value(question.key))]
    assert all(reason_for(question, answer) for answer in answers)


@every_type
def test_its_question_survives_storage_and_keeps_its_digest(item_type: type[Item]) -> None:
    question = example(item_type).question(seed=0)
    stored = question_adapter().dump_json(question)

    again = question_adapter().validate_json(stored)

    assert again == question
    assert digest(again) == digest(question)


def test_types_are_known_by_their_names() -> None:
    assert set(BY_TYPE) == {"single_best", "multiple_response", "true_false", "numeric"}
