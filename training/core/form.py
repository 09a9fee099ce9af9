"""The questions one learner gets: drawn by a seed, frozen, and complete without the bank."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from training.core.blueprint import Policy
from training.core.dice import Dice
from training.core.draw import Chosen, draw, trial
from training.core.interaction import Option, PutInOrder, options_of
from training.core.key import RightOrder
from training.core.pool import Candidate, Part, Pool, part_of
from training.core.question import Question
from training.core.rules import Rules

SEEDS = 2**31
"""How many seeds there are for an item with random values."""


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

    def options_in(self, place: str) -> tuple[Option, ...]:
        """Give the options of one gap in the order this learner sees them, by their own ids."""
        prefix = f"{place}:"
        return tuple(
            replace(option, id=option.id.removeprefix(prefix))
            for option in self.options()
            if option.id.startswith(prefix)
        )


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
    pretest = trial(pool, dice, seen or {}, chosen) if pool.programme.policy.pretest else []
    return laid_out(pool, chosen, dice, seed=seed, pretest=pretest)


def laid_out(pool: Pool, chosen: Chosen, dice: Dice, *, seed: int, pretest: Sequence[Candidate] = ()) -> Form:
    """Make a form of chosen candidates: mixed within their sections, pretest questions among them unmarked."""
    programme = pool.programme
    shuffle = programme.policy.shuffle_options
    unscored = {candidate.item_id for candidate in pretest}
    slots = tuple(
        Slot(
            part.question,
            part.digest,
            order_of(part, dice if shuffle else None),
            section=section,
            angoff=programme.rating_of(candidate.item_id),
            scored=candidate.item_id not in unscored,
        )
        for section, candidates in _with_trial(chosen, pretest, dice)
        for candidate in dice.shuffled(candidates)
        for part in _parts(candidate, dice)
    )
    return Form(
        programme.slug, programme.title, seed, programme.policy,
        tuple(section.title for section in programme.blueprint.sections), slots, pool.domains, pool.content,
        programme.rules, programme.version,
    )  # fmt: skip


def _with_trial(chosen: Chosen, pretest: Sequence[Candidate], dice: Dice) -> Chosen:
    """Put pretest questions into the sections of the same domain, else into any."""
    sections = [(number, list(candidates)) for number, candidates in chosen]
    for candidate in pretest:
        domain = candidate.parts[0].question.domain
        fitting = [each for _, each in sections if any(one.parts[0].question.domain == domain for one in each)]
        among = fitting or [each for _, each in sections]
        among[dice.below(len(among))].append(candidate)
    return sections


def _parts(candidate: Candidate, dice: Dice) -> tuple[Part, ...]:
    """Give the questions of a candidate; those with random values are made anew, so that each learner has her own."""
    if candidate.item is None:
        return candidate.parts
    made = candidate.item.questions(dice.below(SEEDS))
    citations = candidate.parts[0].question.citations
    return tuple(part_of(replace(question, citations=citations)) for question in made)


def order_of(part: Part, dice: Dice | None) -> tuple[str, ...]:
    """Give the order in which options are shown: as written without dice, and never the right one of an ordering."""
    shown = (tuple(dice.shuffled(part.free)) if dice else part.free) + part.anchored
    question = part.question
    if isinstance(question.interaction, PutInOrder) and isinstance(question.key, RightOrder):
        return (*shown[1:], shown[0]) if shown == question.key.right else shown
    return shown
