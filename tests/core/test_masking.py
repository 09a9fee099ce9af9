"""Of an address as much is shown as tells two people apart."""

from training.core.masking import told_apart


def test_the_first_letter_and_the_place_are_enough_where_they_differ():
    found = told_apart({"1": "ann.lee@one.example", "2": "b.lee@one.example"})

    assert found == {"1": "a…@one.example", "2": "b…@one.example"}


def test_more_is_shown_only_until_no_two_look_alike():
    found = told_apart({"1": "ann.lee@one.example", "2": "ann.lea@one.example", "3": "ann.lee@two.example"})

    assert found == {"1": "a…e@one.example", "2": "a…a@one.example", "3": "a…e@two.example"}


def test_addresses_that_hardly_differ_are_shown_whole():
    alike = {"1": "annemarie.x1.lindgren@one.example", "2": "annemarie.x2.lindgren@one.example"}

    assert told_apart(alike) == alike
