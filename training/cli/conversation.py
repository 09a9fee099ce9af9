"""The dialogue of a quiz in the terminal: ask, save, tell, move on, hand in."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from training.cli import told
from training.cli.answers import letters, understood
from training.cli.ink import ink, wrapped
from training.cli.sittings import Sitting, now
from training.core.attempt import Attempt, Submitted, must_open
from training.core.blueprint import Mode
from training.core.certainty import Certainty
from training.core.interaction import Value
from training.core.refusal import Refusal

HELP = """\
  a letter        answers; several letters where several answers are asked for: a c
  a number        answers where a number is asked for: 12.5
  words           answer where words are asked for; = before one that means something here: =next
  c a b           an order, or a letter for each row or gap in turn; 1b 3c for some of them
  next, back      the next or the previous question (Enter alone is next)
  go 5            question 5
  flag            mark the question to come back to, or take the mark off
  strike b        strike an option out, or take the stroke back
  clear           take the answer back
  list            which questions are open or flagged
  submit          hand in
  quit            leave (also Ctrl+C); a recorded sitting can be taken up again"""


class Left(Exception):
    """The learner left before handing in."""


@dataclass(slots=True)
class Conversation:
    """One sitting at one question; ends when the attempt is handed in, by the learner or by the clock."""

    sitting: Sitting
    slot: int = 0

    def hold(self) -> None:
        """Ask until the attempt is over, then tell the result. Raises Left."""
        attempt = self.sitting.look()
        self.slot = _resume_at(attempt)
        print(told.welcome(attempt))
        while not attempt.submitted:
            attempt = self._at_the_gate(attempt) if must_open(attempt, self.slot) else self._turn(attempt)
        print(told.result(attempt))

    def _at_the_gate(self, attempt: Attempt) -> Attempt:
        """Open a part of a case that closes those before it only when she says so; else turn back, or do as told."""
        said = _heard(told.opening_question(attempt, self.slot))
        if said.lower() in YES:
            return self.sitting.open_part(self.slot)
        act = WORDS.get(said.partition(" ")[0].lower()) if said else None
        try:
            (act or Conversation.back)(self, attempt, said.partition(" ")[2])
        except Refusal as no:
            print(ink(wrapped(str(no)), "bad"))
        return self.sitting.look()

    def _turn(self, attempt: Attempt) -> Attempt:
        print(told.question(attempt, self.slot))
        said = _heard(_prompt(attempt))
        try:
            self._do(attempt, said)
        except Refusal as no:
            print(ink(wrapped(str(no)), "bad"))
        return self.sitting.look()

    def _do(self, attempt: Attempt, said: str) -> None:
        word, _, rest = said.partition(" ")
        act = WORDS.get(word.lower())
        if act:
            act(self, attempt, rest)
        else:
            self._answer(attempt, said)

    def forward(self, attempt: Attempt, _rest: str) -> None:
        self._move(attempt, self.slot + 1)

    def back(self, attempt: Attempt, _rest: str) -> None:
        self._move(attempt, self.slot - 1)

    def go(self, attempt: Attempt, rest: str) -> None:
        if not rest.isdecimal():
            raise Refusal("Please say which question, for example: go 5")
        self._move(attempt, int(rest) - 1)

    def flag(self, attempt: Attempt, _rest: str) -> None:
        self.sitting.flag(self.slot, flagged=self.slot not in attempt.flags)

    def clear(self, attempt: Attempt, _rest: str) -> None:
        self._save(attempt, None)

    def show(self, attempt: Attempt, _rest: str) -> None:
        print(told.standing(attempt))

    def leave(self, _attempt: Attempt, _rest: str) -> None:
        raise Left

    def explain(self, _attempt: Attempt, _rest: str) -> None:
        print(HELP)

    def _move(self, attempt: Attempt, slot: int) -> None:
        last = len(attempt.form.slots) - 1
        if slot > last:
            print(told.standing(attempt) + "\nThis was the last question. Type submit to hand in.")
        self.slot = min(max(slot, 0), last)

    def _answer(self, attempt: Attempt, said: str) -> None:
        value = understood(attempt.form.slots[self.slot], said)
        after = self._save(attempt, value)
        if after.form.policy.confidence and value is not None:
            after = self._rate()
        if after.form.policy.mode is Mode.PRACTICE:
            after = self.sitting.check(self.slot)
            print(told.feedback(after, self.slot))
        self._move(after, self.slot + 1)

    def _rate(self) -> Attempt:
        """Ask how sure she is; Enter alone counts as not sure."""
        while True:
            said = _heard(told.certainty_question()).lower()
            certainty = _CERTAINTIES.get(said)
            if certainty is not None:
                return self.sitting.rate(self.slot, certainty)
            print(ink("Please type 1, 2 or 3.", "bad"))

    def _save(self, attempt: Attempt, value: Value) -> Attempt:
        standing = attempt.answers.get(self.slot)
        after = self.sitting.answer(self.slot, value, standing.seq if standing else 0)
        kept = "Answer taken back" if value is None else "Saved" if self.sitting.recorded else "Noted"
        print(ink(f"{kept} at {after.answers[self.slot].at.astimezone():%H:%M:%S}.", "faint"))
        return after

    def strike(self, attempt: Attempt, rest: str) -> None:
        slot = attempt.form.slots[self.slot]
        struck = set(attempt.strikes.get(self.slot, ())) ^ set(letters(slot, rest))
        self.sitting.strike(self.slot, tuple(sorted(struck)))

    def hand_in(self, attempt: Attempt, _rest: str) -> None:
        unanswered = len(attempt.form.slots) - len(attempt.responses)
        if unanswered and _heard(f"{unanswered} unanswered. Hand in all the same? (yes/no) ").lower() not in YES:
            return
        self.sitting.hand_in()


YES = frozenset({"y", "yes"})
_CERTAINTIES = {
    "": Certainty.LOW,
    **{str(number): each for number, each in enumerate(Certainty, 1)},
    **{each.value: each for each in Certainty},
}

WORDS: dict[str, Callable[[Conversation, Attempt, str], None]] = {
    "": Conversation.forward,
    "next": Conversation.forward,
    "back": Conversation.back,
    "go": Conversation.go,
    "flag": Conversation.flag,
    "strike": Conversation.strike,
    "clear": Conversation.clear,
    "list": Conversation.show,
    "submit": Conversation.hand_in,
    "quit": Conversation.leave,
    "help": Conversation.explain,
    "?": Conversation.explain,
}


def _heard(prompt: str) -> str:
    try:
        return input(prompt).strip()
    except EOFError:
        raise Left from None
    finally:
        sys.stdout.flush()


def _prompt(attempt: Attempt) -> str:
    if not attempt.deadline:
        return "> "
    left = max(attempt.deadline - now(), timedelta(0))
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    return f"[{minutes}:{seconds:02d} left] > "


def _resume_at(attempt: Attempt) -> int:
    slots = [event.slot for event in attempt.events if not isinstance(event, Submitted)]
    unanswered = [slot for slot in range(len(attempt.form.slots)) if slot not in attempt.responses]
    return next(iter(unanswered), 0) if slots else 0
