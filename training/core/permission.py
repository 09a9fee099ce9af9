"""Who may do what: one table, asked by every public service."""

from dataclasses import dataclass
from enum import StrEnum

from training.core.refusal import Refusal


class Role(StrEnum):
    """What a person is here; one person may hold several roles."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What can be asked of the services. Content rights and learner-data rights are separate."""

    LEARN = "read modules and take quizzes"
    SEE_OWN_WORK = "see own attempts and progress"
    READ_CONTENT = "see banks, problems and previews"
    EDIT_CONTENT = "edit banks"
    IMPORT_CONTENT = "import questions into banks"
    EXPORT_CONTENT = "export banks with their keys"
    REVIEW_CONTENT = "review items"
    CHALLENGE_ITEMS = "challenge items"
    ANSWER_CHALLENGES = "answer challenges"
    PROPOSE_KEY_CHANGES = "propose key changes"
    SIGN_KEY_CHANGES = "see, sign and apply key changes"
    SEE_SCORES = "see the scores of cohorts"
    EXPORT_SCORES = "export the scores of cohorts"
    GRANT_ACCOMMODATIONS = "grant extra time"
    MANAGE_FORMS = "build, sign and withdraw exam forms"
    EXAMINE = "examine practical skill and countersign sessions"
    SEE_DOSSIERS = "see learners' dossiers"
    MANAGE_CERTIFICATES = "issue, correct and withdraw certificates"
    ROTATE_KEYS = "change the key that signs certificates"
    SET_STANDARDS = "set standards"
    MANAGE_PEOPLE = "manage people, roles and cohorts"
    SEE_HEALTH = "see settings and health"


@dataclass(frozen=True, slots=True)
class Actor:
    """The person asking, as the session says; `id` is empty for a visitor."""

    id: str
    name: str = ""
    roles: frozenset[Role] = frozenset()

    @property
    def signed_in(self) -> bool:
        return bool(self.id)


VISITOR = Actor(id="")

_EVERYONE = frozenset(Role)
PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.LEARN: _EVERYONE,
    Action.SEE_OWN_WORK: _EVERYONE,
    Action.READ_CONTENT: frozenset({Role.INSTRUCTOR}),
    Action.EDIT_CONTENT: frozenset({Role.INSTRUCTOR}),
    Action.IMPORT_CONTENT: frozenset({Role.INSTRUCTOR}),
    Action.EXPORT_CONTENT: frozenset({Role.INSTRUCTOR}),
    Action.REVIEW_CONTENT: frozenset({Role.INSTRUCTOR}),
    Action.CHALLENGE_ITEMS: _EVERYONE,
    Action.ANSWER_CHALLENGES: frozenset({Role.INSTRUCTOR}),
    Action.PROPOSE_KEY_CHANGES: frozenset({Role.INSTRUCTOR}),
    Action.SIGN_KEY_CHANGES: frozenset({Role.INSTRUCTOR, Role.COORDINATOR}),
    Action.SEE_SCORES: frozenset({Role.COORDINATOR}),
    Action.EXPORT_SCORES: frozenset({Role.COORDINATOR}),
    Action.GRANT_ACCOMMODATIONS: frozenset({Role.COORDINATOR}),
    Action.MANAGE_FORMS: frozenset({Role.INSTRUCTOR, Role.COORDINATOR}),
    Action.EXAMINE: frozenset({Role.INSTRUCTOR}),
    Action.SEE_DOSSIERS: frozenset({Role.COORDINATOR}),
    Action.MANAGE_CERTIFICATES: frozenset({Role.COORDINATOR}),
    Action.ROTATE_KEYS: frozenset({Role.ADMINISTRATOR}),
    Action.SET_STANDARDS: frozenset({Role.COORDINATOR}),
    Action.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
    Action.SEE_HEALTH: frozenset({Role.ADMINISTRATOR}),
}


def may(actor: Actor, action: Action) -> bool:
    """Say whether one of the actor's roles allows the action."""
    return actor.signed_in and not actor.roles.isdisjoint(PERMISSIONS[action])


def permit(actor: Actor, action: Action, *, owner: str | None = None) -> None:
    """Refuse unless the actor may do this, and owns the thing where an owner is named.

    Raises Refusal.
    """
    if not actor.signed_in:
        raise Refusal("Please sign in first.")
    if not may(actor, action):
        raise Refusal(f"Your account may not {action.value}. An administrator can change your role.")
    if owner is not None and owner != actor.id:
        raise Refusal("This belongs to someone else.")
