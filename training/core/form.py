"""The questions one learner gets: drawn by a seed, frozen, and complete without the bank."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from training.core.blueprint import Policy
from training.core.dice import Dice
from training.core.draw import draw
from training.core.interaction import Option, options_of
from training.core.pool import Candidate, Pool
from training.core.question import Question
from training.core.rules import Rules


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in the form: a question, the order its options are shown in, and what it is worth.

    A pretest question is not `scored`. `angoff` is the panel's rating of it (0 to 1), where there is one.
    """

    question: Question
    digest: str
    order: tuple[str, ...]
    points: float = 1.0
    section: int = 0
    scored: bool = True
    angoff: float | None = None

    def options(self) -> tuple[Option, ...]:
        """Give the options in the order this learner sees them."""
        by_id = {option.id: option for option in options_of(self.question.interaction)}
        return tuple(by_id[name] for name in self.order)


@dataclass(frozen=True, slots=True)
class Form:
    """A frozen, self-contained paper. The same seed, history and content give the same form.

    `rules` decide it and `version` names the programme as it was (its digest), whatever becomes of it later.
    """

    programme: str
    title: str
    seed: int
    policy: Policy
    sections: tuple[str, ...]
    slots: tuple[Slot, ...]
    domains: tuple[tuple[str, str], ...] = ()
    content: str = ""
    rules: Rules | None = None
    version: str = ""


def assemble(pool: Pool, *, seed: int, seen: Mapping[str, datetime] | None = None) -> Form:
    """Draw a form: unseen items first, then the least recently seen, enemies never together.

    `seen` maps item ids to when this learner last met them. Raises Refusal, naming each shortfall,
    where the blueprint cannot be filled: a form is never silently short.
    """
    dice = Dice(seed)
    chosen = draw(pool, dice, seen or {})
    programme = pool.programme
    shuffle = programme.policy.shuffle_options
    slots = tuple(
        _slot(candidate, section, dice if shuffle else None, programme.rating_of(candidate.item_id))
        for section, candidates in chosen
        for candidate in dice.shuffled(candidates)
    )
    return Form(
        programme.slug, programme.title, seed, programme.policy,
        tuple(section.title for section in programme.blueprint.sections), slots, pool.domains, pool.content,
        programme.rules, programme.version,
    )  # fmt: skip


def _slot(candidate: Candidate, section: int, dice: Dice | None, angoff: float | None) -> Slot:
    free = tuple(dice.shuffled(candidate.free)) if dice else candidate.free
    return Slot(candidate.question, candidate.digest, free + candidate.anchored, section=section, angoff=angoff)
