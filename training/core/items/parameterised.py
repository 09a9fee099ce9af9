"""Parameterised: a calculation whose numbers each learner gets anew, drawn by seed within the author's bounds."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, field_validator, model_validator

from training.core.dice import Dice
from training.core.expression import FUNCTIONS, ExpressionError, expression
from training.core.interaction import EnterNumber
from training.core.items.filling import filled, placeholders
from training.core.items.item import ExampleAnswers, Item, Slug, Text, Written
from training.core.key import Within
from training.core.question import Question, Reason

MOST_TRIES = 1000
"""Sets of values drawn before the conditions count as impossible."""
TRIED_SEEDS = 20
"""Seeds with which an item is worked out when it is loaded."""
MOST_VALUES = 1_000_000

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,23}$")]


def _readable(text: str) -> str:
    expression(text)
    return text


Formula = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_readable)]


class Variable(Written):
    """One random value: from … to … in steps, or one of some choices."""

    name: Name
    least: Decimal | None = Field(default=None, alias="from", allow_inf_nan=False, ge=-(10**12), le=10**12)
    most: Decimal | None = Field(default=None, alias="to", allow_inf_nan=False, ge=-(10**12), le=10**12)
    step: Decimal = Field(default=Decimal(1), gt=0, allow_inf_nan=False, le=10**12)
    choices: tuple[float, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _has_values(self) -> Self:
        if self.name in FUNCTIONS or self.name in {"and", "or", "not", "answer"}:
            raise ValueError(f"'{self.name}' cannot be the name of a variable: it means something already")
        if self.choices:
            if self.least is not None or self.most is not None:
                raise ValueError("a variable has either 'choices' or 'from' and 'to'")
        elif self.least is None or self.most is None or self.least > self.most:
            raise ValueError("a variable needs 'choices', or 'from' and a 'to' that is not below it")
        elif (self.most - self.least) / self.step > MOST_VALUES:
            raise ValueError(f"a variable may have {MOST_VALUES:,} values at most; make the step larger")
        return self

    def drawn(self, dice: Dice) -> float:
        """Draw a value."""
        if self.choices:
            return self.choices[dice.below(len(self.choices))]
        least, most = self.least or Decimal(0), self.most or Decimal(0)
        return float(least + self.step * dice.below(int((most - least) / self.step) + 1))


class Derived(Written):
    """A value worked out from others, to be shown or used again."""

    name: Name
    value: Formula


class Slip(Written):
    """A wrong way of working it out that learners are known to take, and why it is wrong."""

    answer: Formula
    why: Text
    misconception: Slug | None = None


class Parameterised(Item):
    """Work out a number. In the stem and reasons `{n}` is a value, `{n:2}` the same with two decimals."""

    TYPE: ClassVar[str] = "parameterised"
    EXAMPLE: ClassVar[str] = """\
id: example-share-of-incidents
type: parameterised
status: approved
objective: "5.9"
level: apply
stem: >-
  A patient asks how often a needle is left in. Of {reports} reported incidents, {retained} were retained needles. What
  percentage is that?
variables:
  - name: reports
    from: 200
    to: 400
    step: 25
  - name: retained
    from: 20
    to: 120
    step: 4
where:
  - retained < reports / 3
derived:
  - name: share
    value: retained / reports
answer: 100 * share
tolerance: 0.5
unit: "%"
why: "{retained} divided by {reports} is {share:3}, which is {answer:1} %."
mistakes:
  - answer: reports / retained
    why: That divides {reports} by {retained}, the wrong way round.
references:
  - wheway-2012
authors:
  - Needlewise editors
"""
    EXAMPLE_ANSWERS: ClassVar[ExampleAnswers] = ExampleAnswers(
        correct=("17.3", "17,5 %"), incorrect=("0", "5.77", None), invalid=("a tenth", "nan", ("13",))
    )

    type: Literal["parameterised"]
    variables: tuple[Variable, ...] = Field(min_length=1, max_length=12)
    where: tuple[Formula, ...] = Field(default=(), max_length=12, validate_default=True)
    derived: tuple[Derived, ...] = Field(default=(), max_length=12)
    answer: Formula
    tolerance: Formula
    unit: Text | None = None
    why: Text
    mistakes: tuple[Slip, ...] = ()

    @field_validator("variables")
    @classmethod
    def _names_each_once(cls, variables: tuple[Variable, ...]) -> tuple[Variable, ...]:
        if len({variable.name for variable in variables}) != len(variables):
            raise ValueError("two variables have the same name")
        return variables

    @field_validator("where")
    @classmethod
    def _can_hold(cls, where: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        variables = info.data.get("variables")
        if variables:
            known = {variable.name for variable in variables}
            for condition in where:
                _only(known, condition)
            if _fitting(variables, where, Dice("0")) is None:
                raise ValueError(f"no values of {MOST_TRIES:,} tried meet these conditions: loosen one of them")
        return where

    @model_validator(mode="after")
    def _can_be_worked_out(self) -> Self:
        for seed in range(TRIED_SEEDS):
            try:
                self.question(seed)
            except ExpressionError as error:
                raise ValueError(f"cannot be worked out for every draw: {error}") from None
        return self

    @property
    def varies(self) -> bool:
        return True

    def values(self, seed: int) -> Mapping[str, float]:
        """Draw the variables and work out what is derived from them. Raises ExpressionError."""
        found = _fitting(self.variables, self.where, Dice(f"{self.id}:{seed}"))
        # Conditions that hold for few values may miss 1,000 times; those of seed 0 were found on loading.
        values = dict(found if found is not None else _fitting(self.variables, self.where, Dice("0")) or {})
        for each in self.derived:
            values[each.name] = expression(each.value).value(values)
        return values

    def question(self, seed: int) -> Question:
        values = self.values(seed)
        answer = _worked(self.answer, values)
        tolerance = _worked(self.tolerance, values)
        if tolerance < 0:
            raise ExpressionError(f"the tolerance is {tolerance:g}; it must not be negative")
        shown = {**values, "answer": answer}
        slips = tuple(
            Reason(f"{_worked(slip.answer, values):.12g}", filled(slip.why, shown), slip.misconception or "")
            for slip in self.mistakes
        )
        return Question(
            self.id, self.objective, self.level, self.safety, filled(self.stem, shown),
            EnterNumber(self.unit or ""), Within(answer, tolerance),
            (Reason("", filled(self.why, shown)), *slips), image=self.picture,
        )  # fmt: skip

    @property
    def shows(self) -> frozenset[str]:
        """The variables that its stem shows."""
        return placeholders(self.stem)


def _worked(formula: str, values: Mapping[str, float]) -> float:
    # Twelve digits, so that 0.1 + 0.2 is stored and shown as 0.3.
    return float(f"{expression(formula).value(values):.12g}")


def _only(known: set[str], formula: str) -> None:
    strange = expression(formula).names - known
    if strange:
        raise ValueError(f"'{min(strange)}' in '{formula}' is no variable")


def _fitting(variables: tuple[Variable, ...], where: tuple[str, ...], dice: Dice) -> dict[str, float] | None:
    """Draw values until all conditions hold, 1,000 times at most; one that cannot be worked out does not hold."""
    conditions = [expression(each) for each in where]
    for _ in range(MOST_TRIES):
        values = {variable.name: variable.drawn(dice) for variable in variables}
        try:
            if all(condition.value(values) for condition in conditions):
                return values
        except ExpressionError:
            continue
    return None
