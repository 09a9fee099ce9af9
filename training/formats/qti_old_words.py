"""Words to type in QTI 1.2: which are accepted, what each is worth, and what is said to it."""

from training.formats import composing
from training.formats.base import Code
from training.formats.composing import Answer
from training.formats.composing_parts import phrases
from training.formats.foreign_xml import Element, name_of
from training.formats.qti_old import OldItem
from training.formats.qti_old_parts import LOOSE, exact_case, right_names
from training.formats.qti_old_rules import wanted_values


def words(item: OldItem, response: Element) -> None:
    """Read words to type: each value a rule gives points for, with what is said to it."""
    ident = response.get("ident") or ""
    loose = {name_of(each): (each.get("setmatch") or "").lower() for each in item.rules.tests(ident)}
    if loose.get("varsubset") == "matches":
        item.sketch.fail("it is marked by a pattern", "list the phrases that are right", code=Code.NO_SUCH_TYPE)
        return
    if "varsubstring" in loose or loose.get("varsubset") == "contains":
        item.sketch.lose("accepted", LOOSE["textcontainsanswer"])
    results = {value: item.rules.run({ident: (value,)}) for value in right_names(item, response)}
    worth = {value: result.score for value, result in results.items()}
    told = {value: list(result.feedback) for value, result in results.items()}
    for rule in item.rules.scoring():
        _alternatives(item, rule, ident, worth, told)
    full = max(worth.values(), default=0.0)
    wrong = item.rules.run({ident: ("\0",)}).feedback
    general = [name for name in wrong if "incorrect" not in name]
    answers = []
    for value, score in worth.items():
        said = composing.joined(*(item.feedback.get(name, "") for name in told[value] if name not in wrong))
        answers.append(Answer(value.replace("*", r"\*"), score / full * 100 if full > 0 else 0.0, said))
    used = {name for names in told.values() for name in names if name not in wrong} | set(general)
    for name, text in item.feedback.items():
        if name not in used:
            item.sketch.lose(f"feedback.{name}", text[:80])
    to_all = composing.joined(*(item.feedback.get(name, "") for name in general))
    phrases(item.sketch, answers, to_all, exact=exact_case(item, response))


def _alternatives(
    item: OldItem, rule: Element, ident: str, worth: dict[str, float], told: dict[str, list[str]]
) -> None:
    """Take values that a rule names side by side for alternatives, as Canvas does: nobody types two of them."""
    values = list(wanted_values(rule, ident))
    score = item.rules.run({ident: tuple(values)}).score if len(values) > 1 else 0.0
    for value in values:
        if score > worth[value]:
            worth[value] = score
            told[value] += [each.get("linkrefid") or "" for each in rule.iterfind("displayfeedback")]
