"""Who may do what, as one readable matrix."""

import pytest

from training.core.permission import VISITOR, Action, Actor, Role, may, permit
from training.core.refusal import Refusal

MATRIX = """
                learner  instructor  coordinator  administrator
LEARN           yes      yes         yes          yes
SEE_OWN_WORK    yes      yes         yes          yes
READ_CONTENT    -        yes         -            -
EDIT_CONTENT    -        yes         -            -
IMPORT_CONTENT  -        yes         -            -
EXPORT_CONTENT  -        yes         -            -
REVIEW_CONTENT  -        yes         -            -
CHALLENGE_ITEMS yes      yes         yes          yes
ANSWER_CHALLENGES -      yes         -            -
PROPOSE_KEY_CHANGES - yes     -            -
SIGN_KEY_CHANGES -    yes         yes          -
SEE_SCORES      -        -           yes          -
EXPORT_SCORES   -        -           yes          -
GRANT_ACCOMMODATIONS - -     yes          -
MANAGE_FORMS    -        yes         yes          -
EXAMINE         -        yes         -            -
SEE_DOSSIERS    -        -           yes          -
MANAGE_CERTIFICATES - -      yes          -
ROTATE_KEYS     -        -           -            yes
SET_STANDARDS   -        -           yes          -
MANAGE_PEOPLE   -        -           -            yes
SEE_HEALTH      -        -           -            yes
"""


def rows() -> list[tuple[Action, Role, bool]]:
    head, *lines = [line.split() for line in MATRIX.strip().splitlines()]
    return [
        (Action[name], Role(role), cell == "yes")
        for name, *cells in lines
        for role, cell in zip(head, cells, strict=True)
    ]


@pytest.mark.parametrize(("action", "role", "allowed"), rows())
def test_a_role_may_do_what_the_matrix_says(action: Action, role: Role, allowed: bool) -> None:
    assert may(Actor("x", "X", frozenset({role})), action) is allowed


def test_the_matrix_names_every_action_and_every_role() -> None:
    assert {action for action, _, _ in rows()} == set(Action)
    assert {role for _, role, _ in rows()} == set(Role)


@pytest.mark.parametrize("action", list(Action))
def test_a_visitor_may_do_nothing(action: Action) -> None:
    with pytest.raises(Refusal, match="sign in"):
        permit(VISITOR, action)


def test_what_belongs_to_someone_else_is_refused() -> None:
    with pytest.raises(Refusal, match="someone else"):
        permit(Actor("bo", "Bo", frozenset({Role.LEARNER})), Action.SEE_OWN_WORK, owner="ann")


def test_roles_add_up() -> None:
    both = Actor("x", "X", frozenset({Role.INSTRUCTOR, Role.COORDINATOR}))

    assert may(both, Action.READ_CONTENT)
    assert may(both, Action.SEE_SCORES)
