"""The questions of QTI 1.2, told apart by what is asked for and what the file calls them."""

from collections.abc import Iterator, Mapping, Sequence

from training.formats import composing, qti_old_calculated, qti_old_parts, qti_old_words
from training.formats.composing import Answer, Near
from training.formats.foreign_xml import Element, name_of
from training.formats.qti_old import OldItem
from training.formats.qti_old_rules import ranges, wanted_values

_NUMERIC = frozenset({"numerical_question", "numeric", "cc.numeric.v0p1"})
_EVEN = 1e-9
_UNKNOWN = frozenset(
    ("essay_question", "file_upload_question", "text_only_question", "cc.essay.v0p1", "hot_spot_question",
     "essay", "long answer", "short response", "file upload", "hot spot", "quiz bowl", "opinion scale")
)  # fmt: skip


def compose(item: OldItem) -> None:
    """Compose the question of an item."""
    asked = item.responses
    names = {name_of(each) for each in asked}
    if "blank" in item.kind.lower() and "multiple" in item.kind.lower() and asked:
        qti_old_parts.several(item)
    elif not asked or item.kind.lower() in _UNKNOWN:
        composing.unknown_kind(item.sketch, item.kind or "text without anything to answer")
    elif item.kind.lower() == "categorization_question":
        qti_old_parts.categories(item)
    elif item.kind.lower() == "calculated_question":
        qti_old_calculated.calculated(item)
    elif len(asked) > 1 or (names == {"response_lid"} and qti_old_parts.stands_inside(item, asked[0])):
        qti_old_parts.several(item)
    elif names == {"response_lid"}:
        _choice(item, asked[0])
    elif names <= {"response_str", "response_num"}:
        _typed(item, asked[0])
    else:
        composing.unknown_kind(item.sketch, item.kind or name_of(asked[0]))


def labels(response: Element) -> list[Element]:
    """List the options of a response."""
    return list(response.iter("response_label"))


def ident_of(response: Element) -> str:
    """Give the name by which rules speak of a response."""
    return response.get("ident") or ""


def _choice(item: OldItem, response: Element) -> None:
    qti_old_parts.asked_apart(item, response)
    if (response.get("rcardinality") or "Single").lower() == "ordered":
        qti_old_parts.ordered(item, response)
        return
    if (response.get("rcardinality") or "Single").lower() == "multiple":
        _many(item, response)
    else:
        _one(item, response)


def _one(item: OldItem, response: Element) -> None:
    results = {}
    for label in labels(response):
        name = label.get("ident") or ""
        results[name] = item.rules.run({ident_of(response): (name,)})
    scores = {name: result.score for name, result in results.items()}
    general, own = _told(item, {name: result.feedback for name, result in results.items()})
    full = max(scores.values(), default=0.0)
    answers = list(_answers(item, response, {name: _percent(score, full) for name, score in scores.items()}, own))
    if _is_truth(item, answers) and full > 0:
        composing.true_false(
            item.sketch, answer=answers[0].percent > answers[1].percent, if_true=answers[0].feedback,
            if_false=answers[1].feedback, general=general,
        )  # fmt: skip
    else:
        composing.choose_one(item.sketch, answers, general)


def _percent(score: float, full: float) -> float:
    return score / full * 100 if full > 0 else 0.0


def _is_truth(item: OldItem, answers: list[Answer]) -> bool:
    words = tuple(answer.text.strip(". ").lower() for answer in answers)
    return words == ("true", "false") or ("true_false" in item.kind.lower() and len(answers) == 2)  # noqa: PLR2004


def _answers(item: OldItem, response: Element, percents: dict[str, float], own: dict[str, str]) -> Iterator[Answer]:
    render = next(iter(response.iter("render_choice")), None)
    kept = render is not None and (render.get("shuffle") or "").lower() == "no" and "canvas" not in item.kind
    for place, label in enumerate(labels(response)):
        name = label.get("ident") or ""
        text = item.words(label, f"options.{place}.text")
        fixed = (label.get("rshuffle") or "").lower() == "no"
        yield Answer(text, percents.get(name, 0.0), own.get(name, ""), anchored=kept or fixed)


def _many(item: OldItem, response: Element) -> None:
    ident = ident_of(response)
    names = [label.get("ident") or "" for label in labels(response)]
    nothing = item.rules.run({ident: ()}).score
    alone = {name: item.rules.run({ident: (name,)}) for name in names}
    worth = {name: result.score - nothing for name, result in alone.items()}
    key = _best_set(item, ident, names, worth)
    if any(worth[name] > 0 for name in names if name in key):
        total = sum(max(0.0, worth[name]) for name in names) or 1.0
        percents = {name: worth[name] / total * 100 for name in names}
    else:
        percents = {name: 100.0 / len(key) if name in key else 0.0 for name in names}
    for place, name in enumerate(names):
        if worth[name] < 0:
            item.sketch.lose(f"options.{place}.weight", "takes points away there")
    chosen = item.rules.run({ident: tuple(key)}).feedback
    of_one = {each for result in alone.values() for each in result.feedback}
    # Of what the whole key is told, each option keeps its own and what no option is told alone.
    told = {
        name: [each for each in chosen if each in result.feedback or each not in of_one]
        if name in key else result.feedback for name, result in alone.items()
    }  # fmt: skip
    general, own = _told(item, told)
    composing.choose_many(item.sketch, list(_answers(item, response, percents, own)), general)


def _best_set(item: OldItem, ident: str, names: list[str], worth: dict[str, float]) -> list[str]:
    """Find the set of options that earns the most: as one rule names it, or all that earn something."""
    sets = [[name for name in names if worth[name] > 0]]
    for rule in item.rules.scoring():
        wanted = set(wanted_values(rule, ident))
        sets.append([name for name in names if name in wanted])
    return max(sets, key=lambda each: item.rules.run({ident: tuple(each)}).score if each else -1.0)


def _told(item: OldItem, shown: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str]]:
    """Split feedback into what is said to all, and what is said to each."""
    to_all = [name for name in dict.fromkeys(each for names in shown.values() for each in names)
              if len(shown) > 1 and all(name in names for names in shown.values())]  # fmt: skip
    own = {
        answer: composing.joined(*(item.feedback.get(name, "") for name in names if name not in to_all))
        for answer, names in shown.items()
    }
    used = {name for names in shown.values() for name in names}
    for name, text in item.feedback.items():
        if name not in used:
            item.sketch.lose(f"feedback.{name}", text[:80])
    return composing.joined(*(item.feedback.get(name, "") for name in to_all)), own


def _typed(item: OldItem, response: Element) -> None:
    qti_old_parts.asked_apart(item, response)
    fib = next(iter(response.iter("render_fib")), None)
    kind = "" if fib is None else (fib.get("fibtype") or "").lower()
    compared = any(True for rule in item.rules.conditions for _ in rule.iter("vargte", "vargt", "varlte", "varlt"))
    if (
        item.kind.lower() in _NUMERIC
        or name_of(response) == "response_num"
        or kind in ("decimal", "integer")
        or compared
    ):
        _number(item, response)
    else:
        qti_old_words.words(item, response)


def _number(item: OldItem, response: Element) -> None:
    found: list[tuple[float, Near]] = []
    ident = ident_of(response)
    told = {}
    for rule in item.rules.scoring():
        for low, high, named in ranges(rule):
            middle = float(f"{(low + high) / 2:.12g}")
            center = named if named is not None and abs(named - middle) < _EVEN else middle
            result = item.rules.run({ident: (f"{center:.12g}",)})
            told[f"{center:.12g}"] = result.feedback
            tolerance = round(max(high - center, center - low), 12)
            found.append((result.score, Near(center, tolerance)))
            if named is not None and center != named:
                item.sketch.lose("answer", f"{named:g} there, {low:g} to {high:g} being right: here their middle")
    wrong = item.rules.run({ident: ("-987654321.125",)})
    told["\0wrong"] = wrong.feedback
    general, own = _told(item, told)
    if own.pop("\0wrong", ""):
        item.sketch.lose("feedback", "what is said to a wrong number")
    full = max((score for score, _ in found), default=0.0)
    nears = [Near(near.number, near.tolerance, _percent(score, full), own.get(f"{near.number:.12g}", ""))
             for score, near in found]  # fmt: skip
    composing.numeric(item.sketch, list(dict.fromkeys(nears)), general)
