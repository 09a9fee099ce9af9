"""What must be alike after a bank has been written and read again, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.formats.banks import NOON, WORDS, banks, labels, multiple_response, numeric, single_best, true_false
from training.core.items import Item
from training.formats.base import Batch, Draft, Loss, Outgoing, Written
from training.formats.labels import NOT_CARRIED, fields_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"
LABELS = ("objective", "level", "safety", "references", "authors", "claims", "tags")
BESIDE = (*LABELS, *NOT_CARRIED, "id", "status")

PHRASES = WORDS.filter(lambda text: any(mark.isalnum() for mark in text))


@st.composite
def short_text(draw: st.DrawFn) -> dict[str, Any]:
    made = {
        "type": "short_text",
        **draw(labels()),
        "accepted": draw(st.lists(PHRASES, min_size=1, max_size=3, unique=True)),
    }
    return made | {"why": draw(WORDS), "plural": draw(st.booleans())}


@st.composite
def matching(draw: st.DrawFn) -> dict[str, Any]:
    options = [{"text": text} for text in draw(st.lists(WORDS, min_size=2, max_size=5))]
    names = "abcde"[: len(options)]
    answers = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4))
    rows = [{"text": draw(WORDS), "answer": answer, "why": draw(WORDS)} for answer in answers]
    once = len(set(answers)) == len(answers) and draw(st.booleans())
    return {"type": "matching", **draw(labels()), "rows": rows, "options": options, "once": once}


@st.composite
def ordering(draw: st.DrawFn) -> dict[str, Any]:
    texts = draw(st.lists(WORDS, min_size=3, max_size=5, unique=True))
    return {"type": "ordering", **draw(labels()), "steps": [{"text": text, "why": draw(WORDS)} for text in texts]}


@st.composite
def cloze(draw: st.DrawFn) -> dict[str, Any]:
    gaps = []
    for _ in range(draw(st.integers(1, 3))):
        texts = draw(st.lists(WORDS, min_size=2, max_size=4))
        right = draw(st.integers(0, len(texts) - 1))
        gaps.append({"options": [{"text": t, "why": draw(WORDS), "correct": n == right} for n, t in enumerate(texts)]})
    words = draw(st.lists(WORDS.map(lambda text: text.replace("{", "")), min_size=len(gaps), max_size=len(gaps)))
    text = " ".join(f"{word} {{{{{number}}}}}" for number, word in enumerate(words, 1))
    return {"type": "cloze", **draw(labels()), "text": text, "gaps": gaps}


every_kind = banks(
    single_best(), multiple_response(), true_false(), numeric(), short_text(), matching(), ordering(), cloze()
)


def batch(*items: Item, pictures: Mapping[str, bytes] | None = None) -> Batch:
    """Put items on their way out."""
    return Batch(
        "knee", "The knee", tuple(Outgoing(item, item.question(seed=0)) for item in items), NOON, pictures or {}
    )


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """List the single values inside fields, each with its path."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from leaves(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from leaves(each, f"{path}.{place}")
    else:
        yield path, value


def differences(item: Item, draft: Draft, losses: tuple[Loss, ...]) -> list[str]:
    """List the fields that came back changed without having been named as lost."""
    named = {loss.field for loss in losses if loss.item == item.id}
    dumped = item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    sent = dict(leaves({name: value for name, value in dumped.items() if name not in BESIDE}))
    back = dict(leaves(draft.fields or {}))
    changed = [path for path in {*sent, *back} if sent.get(path) != back.get(path) and not _named(path, named)]
    labels = fields_of(draft.tags)
    return sorted(changed) + [
        name for name in LABELS if list(leaves(dumped.get(name))) != list(leaves(labels.get(name)))
    ]


def _named(path: str, named: set[str]) -> bool:
    return any(path == each or path.startswith(f"{each}.") for each in named)


def all_told(written: Written, sent: Sequence[Item]) -> list[Item]:
    """List the items a file should hold: all that were not named as left out."""
    gone = {problem.file for problem in written.left_out}
    return [item for item in sent if item.id not in gone]
