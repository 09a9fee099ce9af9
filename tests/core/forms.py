"""Small forms for tests of the sitting and of marking."""

from training.core.blueprint import Mode, Policy
from training.core.form import Form, Slot
from training.core.interaction import ChooseMany, ChooseOne, EnterNumber, Option
from training.core.key import PartialCredit, Within, Worth, WorthEach
from training.core.question import Level, Question, Reason, Safety, digest

OPTIONS = (Option("a", "Remove the needle"), Option("b", "Go on"), Option("c", "Persuade"))


def _slot(question: Question) -> Slot:
    return Slot(question, digest(question), tuple(o.id for o in getattr(question.interaction, "options", ())))


ONE = _slot(
    Question(
        "ci-stop", "1.3", Level.APPLY, Safety.SENTINEL, "The patient says stop. What next?", ChooseOne(OPTIONS),
        Worth((("a", 1.0),)), (Reason("a", "Consent can be withdrawn."), Reason("b", "Unsafe."), Reason("c", "Unsafe.")),
    )
)  # fmt: skip
MANY = _slot(
    Question(
        "tpa-delphi", "7.2", Level.RECALL, Safety.NONE, "Which two? Select two.", ChooseMany(OPTIONS, 2),
        WorthEach(("a", "b"), ("a", "b", "c")),
    )
)  # fmt: skip
NUMBER = _slot(
    Question(
        "st-share", "5.9", Level.APPLY, Safety.NONE, "What percentage?", EnterNumber("%"), Within(31, 0.5),
        (Reason("", "100 of 325."), Reason("3.25", "The wrong way round.")),
    )
)  # fmt: skip


def form(*slots: Slot, mode: Mode = Mode.EXAM, minutes: int | None = 30, credit: str = "all_or_nothing") -> Form:
    policy = Policy(mode=mode, minutes=minutes, pass_percent=75, partial_credit=PartialCredit(credit))
    return Form("sample", "Sample", 1, policy, ("All",), slots or (ONE, MANY, NUMBER))
