"""What a form was filled in with, back to what an item's text holds: its fields, and the order of its lists."""

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from training.ui.views.item_fields import Blank, Data, Kind, Rows, letters_of
from training.ui.views.item_form import Place, Section, at, entries, value_of


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the fields of a stretch, and in those of each of its lists, entry by entry."""

    values: Sequence[Data]
    rows: Mapping[str, Sequence[Sequence[Data]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of a list, or a part, that goes one place up or down, or out."""

    where: Place
    number: int
    by: int = 0

    def taken(self, kept: Sequence[int]) -> list[int]:
        """Give the places that stay, in their new order."""
        made = list(kept)
        if self.number not in made:
            return made
        here = made.index(self.number)
        there = here + self.by
        if self.by == 0:
            made.pop(here)
        elif 0 <= there < len(made):
            made[here], made[there] = made[there], made[here]
        return made


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of an item that become other, None for one that goes, and which lists are in which new order."""

    fields: Mapping[str, Data]
    orders: tuple[tuple[Place, tuple[int, ...]], ...]


def filled(written: Mapping[str, Data], parts: Sequence[Section], given: Sequence[Given], step: Step | None) -> Filled:
    """Give what a form makes of an item; the step comes last, so that nothing that was typed is lost."""
    after = deepcopy(dict(written))
    orders: list[tuple[Place, tuple[int, ...]]] = []
    for section, values in zip(parts, given, strict=True):
        before = at(written, section.where)
        new = {**at(after, section.where), **_changes(before, section.all_blanks, values.values)}
        for rows in section.all_rows:
            if rows.name not in values.rows:
                continue
            there = entries(before, rows)
            kept = _kept_places(there, rows, values.rows[rows.name])
            if step and step.where == (*section.where, rows.name):
                kept = step.taken(kept)
            new[rows.name] = _entries(there, rows, values.rows[rows.name], kept) or None
            if kept != list(range(len(there))):
                orders.append(((*section.where, rows.name), tuple(kept)))
        new = _with_answers_of(before, new, orders, section.where)
        if _bare(new) != before:
            after = _put(after, section.where, _bare(new))
    if step and step.where[-1] in ("parts", "gaps"):
        after, kept = _stepped(after, step)
        orders.append((step.where, tuple(kept)))
    names = dict.fromkeys([*written, *after])
    return Filled({name: after.get(name) for name in names if after.get(name) != written.get(name)}, tuple(orders))


def _changes(written: Mapping[str, Data], blanks: Sequence[Blank], given: Sequence[Data]) -> dict[str, Data]:
    """Give the fields that were filled in otherwise than they stood; None takes a field out."""
    made: dict[str, Data] = {}
    for blank, value in zip(blanks, given, strict=True):
        if value != value_of(written, blank):
            name, *inner = blank.path
            new = _kept(blank, value)
            made[name] = {**(made.get(name) or written.get(name) or {}), inner[0]: new} if inner else new
    return made


def _kept(blank: Blank, value: Data) -> Data:
    match blank.kind:
        case Kind.TICK:
            return "true" if value else None
        case Kind.LINES | Kind.NAMES | Kind.TAGS:
            return [each.strip() for each in value if each.strip()] or None
    return value.strip() or None


def _kept_places(there: Sequence[Mapping[str, Data]], rows: Rows, given: Sequence[Sequence[Data]]) -> list[int]:
    """Say which entries stay: not those whose first field was emptied."""
    first = rows.blanks[0]
    return [
        number for number, before in enumerate(there)
        if rows.fixed or str(given[number][0]).strip() or not value_of(before, first)
    ]  # fmt: skip


def _entries(
    there: Sequence[Mapping[str, Data]], rows: Rows, given: Sequence[Sequence[Data]], kept: Sequence[int]
) -> list[Data]:
    """Give the entries that stay, then the new ones. What the form does not show of an entry stays with it."""
    made = [_bare({**there[number], **_changes(there[number], rows.all, given[number])}) for number in kept]
    fresh = (values for values in given[len(there) :] if str(values[0]).strip() or rows.fixed)
    return made + [_bare(_changes({}, rows.all, values)) for values in fresh]


def _bare(data: Mapping[str, Data]) -> dict[str, Data]:
    """Leave out what goes, and what is left empty of a picture or of reasons."""
    made = {}
    for name, value in data.items():
        inner = {k: v for k, v in value.items() if v is not None} if isinstance(value, Mapping) else value
        if inner is not None and inner != {}:
            made[name] = inner
    return made


def _with_answers_of(
    before: Mapping[str, Data], new: dict[str, Data], orders: Sequence[tuple[Place, tuple[int, ...]]], where: Place
) -> dict[str, Data]:
    """Let the answers of rows follow their options, whose letters change when options move or go."""
    kept = dict(orders).get((*where, "options"))
    rows = next((name for name in ("rows", "vignettes") if isinstance(new.get(name), list)), None)
    if kept is None or rows is None:
        return new
    old, options = letters_of(before["options"]), new.get("options") or []
    letters = letters_of(options)
    spare = len(options) - len(kept)
    shown = letters_of([*before["options"], *({} for _ in range(spare))])
    moved = {old[number]: letters[place] for place, number in enumerate(kept)}
    moved |= dict(zip(shown[len(old) :], letters[len(kept) :], strict=False))
    answered = [_bare({**each, "answer": _follow(each.get("answer"), old, moved)}) for each in new[rows]]
    return {**new, rows: answered}


def _follow(answer: Data, old: Sequence[str], moved: Mapping[str, str]) -> Data:
    return moved.get(str(answer)) if answer in old or str(answer) in moved else answer


def _stepped(data: dict[str, Data], step: Step) -> tuple[dict[str, Data], list[int]]:
    """Move or take out a part or a gap; a gap that goes leaves its right option in the text."""
    holder = dict(at(data, step.where[:-1]))
    name = str(step.where[-1])
    there = list(holder[name])
    kept = step.taken(range(len(there)))
    if name == "gaps" and step.by == 0:
        holder["text"] = _without_gap(str(holder.get("text", "")), there, step.number)
    holder[name] = [there[number] for number in kept]
    return _put(data, step.where[:-1], holder), kept


def _without_gap(text: str, gaps: Sequence[Mapping[str, Data]], number: int) -> str:
    options = gaps[number].get("options") or []
    right = next((str(each.get("text", "")) for each in options if value_of(each, _CORRECT)), "…")
    text = text.replace(f"{{{{{gaps[number].get('id') or number + 1}}}}}", right)
    for place in range(number + 1, len(gaps)):
        if not gaps[place].get("id"):
            text = re.sub(rf"\{{\{{{place + 1}\}}\}}", f"{{{{{place}}}}}", text)
    return text


_CORRECT = Blank(("correct",), "", Kind.TICK)


def _put(data: dict[str, Data], where: Place, value: Mapping[str, Data]) -> dict[str, Data]:
    """Give the data with what stands at a place replaced; a list grows by one where it is the next."""
    return dict(_replaced(data, where, value))


def _replaced(data: Data, where: Place, value: Data) -> Data:
    if not where:
        return value
    head, *rest = where
    if isinstance(head, int):
        listed = list(data) if isinstance(data, list) else []
        listed += [{}] * (head + 1 - len(listed))
        listed[head] = _replaced(listed[head], tuple(rest), value)
        return listed
    there = dict(data) if isinstance(data, Mapping) else {}
    return {**there, head: _replaced(there.get(head), tuple(rest), value)}
