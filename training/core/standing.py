"""Where every question of an attempt stands, found in one walk through its events."""

from collections.abc import Mapping
from dataclasses import dataclass

from training.core.attempt import Answered, Attempt, Checked, Flagged, Rated, Struck
from training.core.certainty import Certainty


@dataclass(frozen=True, slots=True)
class Standing:
    """What `Attempt` says of each slot, all at once."""

    answers: Mapping[int, Answered]
    flags: frozenset[int]
    strikes: Mapping[int, tuple[str, ...]]
    certainties: Mapping[int, Certainty]
    checked: frozenset[int]

    @property
    def answered(self) -> frozenset[int]:
        """The slots with a response in them: not those whose answer was removed again."""
        return frozenset(slot for slot, event in self.answers.items() if event.value is not None)


def standing(attempt: Attempt) -> Standing:
    """Say where every slot stands."""
    answers: dict[int, Answered] = {}
    flags: dict[int, bool] = {}
    strikes: dict[int, tuple[str, ...]] = {}
    certainties: dict[int, Certainty] = {}
    checked: set[int] = set()
    for event in attempt.events:
        match event:
            case Answered():
                answers[event.slot] = event
            case Flagged():
                flags[event.slot] = event.flagged
            case Struck():
                strikes[event.slot] = event.options
            case Rated():
                certainties[event.slot] = event.certainty
            case Checked():
                checked.add(event.slot)
    flagged = frozenset(slot for slot, on in flags.items() if on)
    return Standing(answers, flagged, strikes, certainties, frozenset(checked))
