"""Banks made up by hypothesis, and what of them a report says is lost, for the round trips of every format."""

from copy import deepcopy
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from training.core.bank import Bank
from training.core.items import BY_TYPE, Item
from training.formats.base import Batch, Imported, Loss, Outgoing, Written
from training.formats.drafting import Defaults, Read, items_of

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SPECIAL = "\\~=#{}:%*[]<>&|_`-+\"';,.!/@$^()  \n"
CHARACTERS = st.one_of(
    st.sampled_from(SPECIAL + "abcXYZ019"),
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn", "Zl", "Zp"), exclude_characters="\ufeff\u200b"
    ),
)
WORDS = st.text(CHARACTERS, min_size=1, max_size=40).map(str.strip).filter(bool)
NAMES = st.text("abcdefghij0123456789", min_size=3, max_size=12)
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda number: float(f"{number:.6g}"))
TOLERANCES = st.floats(0, 1e8).map(lambda number: float(f"{number:.6g}"))


@st.composite
def labels(draw: st.DrawFn) -> dict[str, Any]:
    """The fields that every item has, often with ones that formats do not carry."""
    rare: dict[str, st.SearchStrategy[Any]] = {
        "safety": st.sampled_from(["sentinel", "critical"]),
        "status": st.sampled_from(["review", "approved"]),
        "tags": st.lists(NAMES, min_size=1, max_size=3, unique=True),
        "reviewers": st.just(["Bo"]),
        "reviewed": st.just(date(2026, 1, 2)),
        "enemies": st.just(["other-item"]),
        "note": st.just("Seen in a class."),
        "claims": st.just(["a01", "a02"][:1]),
    }
    return {
        "objective": draw(st.sampled_from(["1.1", "10.2"])),
        "level": draw(st.sampled_from(["recall", "apply", "analyse"])),
        "stem": draw(WORDS),
        "references": draw(st.lists(NAMES, min_size=1, max_size=2, unique=True)),
        "authors": draw(st.lists(st.sampled_from(["Ann", "Bo Zed", "Ida [1]"]), min_size=1, max_size=2, unique=True)),
        **{name: draw(value) for name, value in rare.items() if draw(st.integers(0, 3)) == 0},
    }


@st.composite
def options(draw: st.DrawFn, *, most_right: int) -> list[dict[str, Any]]:
    count = draw(st.integers(2, 6))
    right = draw(st.sets(st.integers(0, count - 1), min_size=1, max_size=most_right))
    texts = draw(st.lists(WORDS, min_size=count, max_size=count))
    rows = [{"text": text, "why": draw(WORDS), "correct": place in right} for place, text in enumerate(texts)]
    if draw(st.integers(0, 4)) == 0:
        rows[-1]["anchored"] = True
    if draw(st.integers(0, 4)) == 0:
        rows[0]["id"] = "first1"
    return rows


@st.composite
def single_best(draw: st.DrawFn) -> dict[str, Any]:
    return {"type": "single_best", **draw(labels()), "options": draw(options(most_right=1))}


@st.composite
def multiple_response(draw: st.DrawFn) -> dict[str, Any]:
    made = {"type": "multiple_response", **draw(labels()), "options": draw(options(most_right=4))}
    if draw(st.booleans()):
        made["choose"] = sum(option["correct"] for option in made["options"])
    return made


@st.composite
def true_false(draw: st.DrawFn) -> dict[str, Any]:
    why = {"true": draw(WORDS), "false": draw(WORDS)}
    return {"type": "true_false", **draw(labels()), "answer": draw(st.booleans()), "why": why}


@st.composite
def numeric(draw: st.DrawFn) -> dict[str, Any]:
    made = {"type": "numeric", **draw(labels()), "answer": draw(NUMBERS), "why": draw(WORDS),
            "tolerance": draw(TOLERANCES)}  # fmt: skip
    if draw(st.booleans()):
        made["unit"] = draw(st.sampled_from(["mm", "%", "mg/kg"]))
    if draw(st.booleans()):
        wrong = draw(NUMBERS.filter(lambda number: abs(number - made["answer"]) > made["tolerance"] + 10))
        made["mistakes"] = [{"answer": wrong, "why": draw(WORDS)}]
    return made


TYPED = st.text("abc xyz*|-=~#{}>[]é", min_size=1, max_size=20).filter(lambda text: any(map(str.isalnum, text)))


@st.composite
def short_text(draw: st.DrawFn) -> dict[str, Any]:
    accepted = draw(st.lists(TYPED.map(str.strip), min_size=1, max_size=4, unique=True))
    made = {"type": "short_text", **draw(labels()), "accepted": accepted, "why": draw(WORDS)}
    if draw(st.booleans()):
        made["mistakes"] = [{"text": "quite another thing", "why": draw(WORDS)}]
    return made | ({"plural": False, "longest": 100} if draw(st.integers(0, 3)) == 0 else {})


@st.composite
def cloze(draw: st.DrawFn) -> dict[str, Any]:
    """Gaps in any order of their numbers, some with several right options, some with names of their own."""
    gaps = []
    for _ in range(draw(st.integers(1, 4))):
        texts = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
        right = draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=2))
        gaps.append({"options": [{"text": t, "why": draw(WORDS), "correct": n in right} for n, t in enumerate(texts)]})
    if draw(st.booleans()):
        gaps[0]["id"] = "first"
    names = draw(st.permutations([str(gap.get("id", number)) for number, gap in enumerate(gaps, 1)]))
    words = (draw(WORDS).replace("{", "") or "so" for _ in names)
    text = " ".join(f"{word} {{{{{name}}}}}" for word, name in zip(words, names, strict=True))
    return {"type": "cloze", **draw(labels()), "text": text, "gaps": gaps}


@st.composite
def script_concordance(draw: st.DrawFn) -> dict[str, Any]:
    votes = draw(st.lists(st.integers(0, 12), min_size=5, max_size=5).filter(any))
    own = {"scale": draw(st.lists(WORDS, min_size=5, max_size=5, unique=True))} if draw(st.booleans()) else {}
    by = {"panel_of": "programs"} if draw(st.booleans()) else {}
    return {
        "type": "script_concordance", **draw(labels()), "hypothesis": draw(WORDS), "finding": draw(WORDS), **own, **by,
        "panel": [{"votes": count, "why": draw(WORDS)} for count in votes],
    }  # fmt: skip


@st.composite
def matching(draw: st.DrawFn) -> dict[str, Any]:
    options = draw(st.lists(WORDS, min_size=2, max_size=6, unique=True))
    answers = draw(st.lists(st.sampled_from("abcdef"[: len(options)]), min_size=2, max_size=4))
    rows = [{"text": draw(WORDS), "answer": answer, "why": draw(WORDS)} for answer in answers]
    once = len(set(answers)) == len(answers) and draw(st.booleans())
    return {
        "type": "matching",
        **draw(labels()),
        "once": once,
        "rows": rows,
        "options": [{"text": text} for text in options],
    }


@st.composite
def ordering(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(st.lists(WORDS, min_size=3, max_size=6, unique=True))
    return {"type": "ordering", **draw(labels()), "steps": [{"text": text, "why": draw(WORDS)} for text in texts]}


def banks(*kinds: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[Bank]:
    """Banks of up to four items of these kinds."""
    return st.lists(st.one_of(*kinds), min_size=1, max_size=4).map(_bank)


def _bank(written: list[dict[str, Any]]) -> Bank:
    items = [BY_TYPE[each["type"]].model_validate({"id": f"item-{n}", **each}) for n, each in enumerate(written, 1)]
    return Bank("made-up", "Made up / by hand", items)


def bank_of(kind: str, **fields: Any) -> Bank:
    """A bank of one item, for an example that once failed."""
    plain = {"objective": "1.1", "level": "recall", "stem": "0", "references": ["000"], "authors": ["Ann"]}
    return _bank([{"type": kind, **plain, **fields}])


def batch(bank: Bank, **more: Any) -> Batch:
    return Batch(bank.slug, bank.title, tuple(Outgoing(item, item.question(0)) for item in bank.items), NOON, **more)


def arrived(imported: Imported, name: str) -> list[Read]:
    """Every question as an item, nothing defaulted."""
    return items_of(imported, name, Defaults())


def told(item: Item, losses: tuple[Loss, ...]) -> dict[str, Any]:
    """An item's fields without those that a report names as lost."""
    data = item.model_dump(mode="json", by_alias=True)
    for loss in losses:
        if loss.item == item.id:
            _forget(data, loss.field.split("."))
    return data


def _forget(data: Any, path: list[str]) -> None:
    for step in path[:-1]:
        data = data[int(step)] if isinstance(data, list) else data.get(step)
        if data is None:
            return
    if isinstance(data, dict):
        data.pop(path[-1], None)
    elif isinstance(data, list) and int(path[-1]) < len(data):
        data[int(path[-1])] = None


def assert_round_trip(bank: Bank, written: Written, reads: list[Read]) -> None:
    """Reading what was written gives the bank, less what the reports of either way name, and nothing in silence."""
    missing = {problem.message.split()[0] for problem in written.left_out}
    back = {read.item.id: read for read in reads if read.item}
    for item in deepcopy(list(bank.items)):
        if item.id in missing:
            continue
        assert item.id in back, [read.problems for read in reads]
        losses = written.losses + back[item.id].losses
        found = back[item.id].item
        assert found is not None
        assert told(found, losses) == told(item, losses)
    assert len(back) == len(bank.items) - len(missing)
