"""The manual of item types, from their own examples: `python -m training.content.item_pages`."""

from inspect import cleandoc
from pathlib import Path

from training.core.items import ITEM_TYPES, Item

FILE = Path(__file__).parents[2] / "docs" / "item-types.md"

_HEAD = """\
# Item types

One complete example of each, as it stands at the top of its file in `training/core/items/`; a shared test draws,
answers, marks and stores every one. What all types have in common stands in [authoring](authoring.md). Written by
`make docs`; do not edit.

Options are named by letters in the order written, rows and gaps by numbers, unless they have an `id`. Any option, step,
mistake or point of a panel may name the `misconception` it shows.
"""

_MORE = {
    "short_text": "What is typed is compared without case, accents, punctuation, hyphens and runs of spaces; with "
    "`plural: true` (as by default) plurals in -s pass as well. The first phrase is the one shown as "
    "right. A wrong phrase that is only a slip of the fingers away earns nothing.",
    "matching": "`once: true` (as by default) uses no option twice. More options than rows make guessing harder. "
    "Credit: `matching_credit` of the policy, `each_pair` unless it says `all_or_nothing`.",
    "ordering": "Write the steps in the right order; learners never begin with it, and nothing they get tells it. "
    "Credit: `ordering_credit` of the policy, `all_or_nothing` unless it says `longest_run` or "
    "`adjacent_pairs`.",
    "extended_matching": "The stem is the lead-in. Options may be used for several vignettes.",
    "cloze": "Each gap stands once in the text. A gap may have several options that are right.",
    "hotspot": "A region is a `rectangle` (left top right bottom), a `circle` (x y radius) or a `polygon` (x y x y x"
    " y …) in units of the picture's `width` and `height`. Its `text` names the place for those who do "
    "not see it and must be as hard as the picture. With `choose: 2` and more, exactly so many regions "
    "are right; with 1, any right one will do.",
    "script_concordance": "`panel` has the votes for the five points of the scale, from much less"
    " to much more likely. A point "
    "earns its votes divided by those of the point most chosen. `scale` may word the five points "
    "otherwise. Where programs voted and no experts, say `panel_of: programs`: practice asks it then, and no exam.",
    "parameterised": "Each learner gets numbers of her own. `where` lists conditions, `derived` values worked out from "
    "others. `answer`, `tolerance`, and the `answer` of a mistake are formulas with + - * / ^, brackets, "
    "comparisons, `and`, `or`, `not`, and min, max, round, abs, floor, ceil, sqrt, log, log10, exp, "
    "and sin, cos, tan, asin, acos, atan of angles in radians. A "
    "text shows `{n}` as it is and `{n:2}` with two decimals. Formulas are read by a parser of our own "
    "and bounded in length, depth and size.",
    "case": "A part is any other type with its own fields, and may `reveal` more before it asks, and have its own"
    " `objective`, `level` and `safety`. Everything else belongs to the case. Parts stay together and in "
    "order; a case fills as many places of a quota as it has parts. Once a part that "
    "reveals more is answered, the answers before it are closed; in an exam it asks before it opens, and opening it "
    "closes them.",
}


def item_types() -> str:
    """Write all types as one Markdown document."""
    return _HEAD + "".join(_chapter(item_type) for item_type in ITEM_TYPES)


def _chapter(item_type: type[Item]) -> str:
    said = cleandoc(item_type.__doc__ or "")
    more = f"\n\n{_MORE[item_type.TYPE]}" if item_type.TYPE in _MORE else ""
    return f"\n## {item_type.TYPE}\n\n{said}{more}\n\n```yaml\n{item_type.EXAMPLE}```\n"


if __name__ == "__main__":
    FILE.write_text(item_types(), "utf-8")
