"""Small formulas that authors write: read by a parser of our own, worked out within fixed bounds, never by `eval`."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

LONGEST = 200
"""Characters of a formula."""
DEEPEST = 30
"""How far brackets, signs and calls may nest."""
LARGEST = 1e15
"""The greatest size of a number anywhere in a calculation."""
LARGEST_EXPONENT = 64
MOST_ARGUMENTS = 12

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/^(),<>]))"
)
_WORDS = {"and", "or", "not"}
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


class ExpressionError(ValueError):
    """A formula that cannot be read or worked out; the message is fit for its author."""


Values = Mapping[str, float]
Step = Callable[[Values], float]
"""A part of a formula made ready: give it the values of the names, get its number."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula that was read, and the names of the variables in it."""

    text: str
    names: frozenset[str]
    _run: Step

    def value(self, values: Values) -> float:
        """Work it out; comparisons give 1 or 0. Raises ExpressionError."""
        return self._run(values)


@lru_cache(maxsize=4096)
def expression(text: str) -> Expression:
    """Read a formula. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"a formula may have {LONGEST} characters, this one has {len(text)}")
    parser = _Parser(text)
    return Expression(text, *parser.whole())


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        match = _TOKEN.match(text, place)
        if match is None:
            raise ExpressionError(f"'{text[place:].strip()[0]}' is not understood in '{text}'")
        kind = str(match.lastgroup)
        word = match[kind]
        found.append(("sign" if word in _WORDS else kind, word))
        place = match.end()
    return found


class _Parser:
    """Recursive descent, loosest first: or, and, not, comparison, + and -, * and /, sign, power, number."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = _tokens(text)
        self.place = 0
        self.depth = 0
        self.names: set[str] = set()

    def whole(self) -> tuple[frozenset[str], Step]:
        run = self.either()
        if self.place < len(self.tokens):
            raise ExpressionError(f"'{self.tokens[self.place][1]}' stands in the wrong place in '{self.text}'")
        return frozenset(self.names), run

    def took(self, *signs: str) -> str | None:
        """Step over one of the signs, where one is next."""
        if self.place < len(self.tokens) and self.tokens[self.place] in {("sign", sign) for sign in signs}:
            self.place += 1
            return self.tokens[self.place - 1][1]
        return None

    def deeper(self, read: Callable[[], Step]) -> Step:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"a formula may nest {DEEPEST} deep")
        made = read()
        self.depth -= 1
        return made

    def either(self) -> Step:
        made = self.both()
        while self.took("or"):
            made = _either(made, self.both())
        return made

    def both(self) -> Step:
        made = self.negated()
        while self.took("and"):
            made = _both(made, self.negated())
        return made

    def negated(self) -> Step:
        if self.took("not"):
            inner = self.deeper(self.negated)
            return lambda values: float(not inner(values))
        return self.compared()

    def compared(self) -> Step:
        first = self.summed()
        rest: list[tuple[Callable[[float, float], bool], Step]] = []
        while sign := self.took(*_COMPARISONS):
            rest.append((_COMPARISONS[sign], self.summed()))
        return _chain(first, rest) if rest else first

    def summed(self) -> Step:
        made = self.multiplied()
        while sign := self.took("+", "-"):
            made = _combined(sign, made, self.multiplied())
        return made

    def multiplied(self) -> Step:
        made = self.signed()
        while sign := self.took("*", "/"):
            made = _combined(sign, made, self.signed())
        return made

    def signed(self) -> Step:
        sign = self.took("-", "+")
        if sign is None:
            return self.powered()
        inner = self.deeper(self.signed)
        return (lambda values: -inner(values)) if sign == "-" else inner

    def powered(self) -> Step:
        base = self.single()
        if self.took("**", "^"):
            return _combined("**", base, self.deeper(self.signed))  # from the right, as in 2 ** 3 ** 2
        return base

    def single(self) -> Step:
        if self.took("("):
            made = self.deeper(self.either)
            self.close()
            return made
        kind, word = self.tokens[self.place] if self.place < len(self.tokens) else ("end", "")
        self.place += 1
        if kind == "number":
            number = _bounded(float(word))
            return lambda _: number
        if kind != "name":
            raise ExpressionError(f"a number or name is missing in '{self.text}'")
        return self.call(word) if self.took("(") else self.variable(word)

    def variable(self, name: str) -> Step:
        self.names.add(name)

        def run(values: Values) -> float:
            if name not in values:
                raise ExpressionError(f"'{name}' has no value")
            return values[name]

        return run

    def call(self, name: str) -> Step:
        arguments = [self.deeper(self.either)]
        while self.took(","):
            arguments.append(self.deeper(self.either))
        self.close()
        if name not in FUNCTIONS:
            raise ExpressionError(f"there is no function '{name}'; there are {', '.join(FUNCTIONS)}")
        function, least, most = FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise ExpressionError(f"'{name}' takes {least if least == most else f'{least} to {most}'} values")
        return _guarded(name, lambda values: function(*(argument(values) for argument in arguments)))

    def close(self) -> None:
        if not self.took(")"):
            raise ExpressionError(f"a ')' is missing in '{self.text}'")


def _either(left: Step, right: Step) -> Step:
    return lambda values: float(bool(left(values)) or bool(right(values)))


def _both(left: Step, right: Step) -> Step:
    return lambda values: float(bool(left(values)) and bool(right(values)))


def _chain(first: Step, rest: list[tuple[Callable[[float, float], bool], Step]]) -> Step:
    def run(values: Values) -> float:
        left = first(values)
        for holds, step in rest:
            right = step(values)
            if not holds(left, right):
                return 0.0
            left = right
        return 1.0

    return run


def _combined(sign: str, left: Step, right: Step) -> Step:
    apply = _OPERATIONS[sign]
    return _guarded(sign, lambda values: apply(left(values), right(values)))


def _guarded(what: str, run: Step) -> Step:
    def bounded(values: Values) -> float:
        try:
            return _bounded(run(values))
        except ExpressionError:
            raise
        except (ArithmeticError, ValueError):
            raise ExpressionError(f"'{what}' cannot be worked out with these values") from None

    return bounded


def _bounded(number: float) -> float:
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise ExpressionError(f"a number grows beyond {LARGEST:g}")
    return number


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_EXPONENT:
        raise ExpressionError(f"an exponent may be {LARGEST_EXPONENT} at most")
    return math.pow(base, exponent)


def rounded(number: float, digits: float = 0) -> float:
    """Round half away from zero, as it is taught, going by the digits that are shown."""
    if digits != int(digits) or abs(digits) > 9:  # noqa: PLR2004 - nobody asks for more
        raise ExpressionError("'round' takes from 0 to 9 decimals")
    return float(Decimal(repr(number)).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


_OPERATIONS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": _power,
}

FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {
    "min": (min, 2, MOST_ARGUMENTS),
    "max": (max, 2, MOST_ARGUMENTS),
    "round": (rounded, 1, 2),
    "abs": (abs, 1, 1),
    "floor": (lambda number: float(math.floor(number)), 1, 1),
    "ceil": (lambda number: float(math.ceil(number)), 1, 1),
    "sqrt": (math.sqrt, 1, 1),
    "log": (math.log, 1, 1),
    "log10": (math.log10, 1, 1),
    "exp": (math.exp, 1, 1),
    "sin": (math.sin, 1, 1),
    "cos": (math.cos, 1, 1),
    "tan": (math.tan, 1, 1),
    "asin": (math.asin, 1, 1),
    "acos": (math.acos, 1, 1),
    "atan": (math.atan, 1, 1),
}
"""What may be called: the function, and how many values it takes at least and at most. Angles are in radians."""
