"""The list of item flaws that the linter goes by, and the code of each: what docs/linter.md publishes."""

from typing import NamedTuple


class Flaw(NamedTuple):
    """A flaw of the list: D can be decided, H is guessed, S needs answers."""

    number: int
    what: str
    letters: str
    codes: tuple[str, ...] = ()
    note: str = ""


LISTED = (
    Flaw(1, "grammatical cue: an option does not follow the stem", "H", ("B211", "B212", "B254")),
    Flaw(2, "logical cue: options leave nothing over, or opposites hold the key", "H", ("B213", "B255")),
    Flaw(3, "absolute terms in distractors", "D", ("B205",)),
    Flaw(4, "the longest, most detailed option is the key", "D", ("B204",)),
    Flaw(5, "a word of the stem only in the key", "D", ("B214",)),
    Flaw(6, "convergence: the key shares most with the others", "D", ("B215",)),
    Flaw(7, "options of different kinds", "H", ("B216", "B254"), "by form; not by category of meaning"),
    Flaw(8, "implausible distractor, joke; chosen by fewer than 5 %", "H,S", ("B217",), "the share is in the statistics"),
    Flaw(9, "paired or mutually exclusive options", "H", ("B213", "B218", "B255")),
    Flaw(10, "overlapping ranges, nested options", "D", ("B219", "B256")),
    Flaw(11, "the place of the key", "D", ("B220",), "each form is balanced when it is drawn"),
    Flaw(12, "one item answers another; hinged items", "H", ("B221", "B257")),
    Flaw(13, "the numeric key in the middle", "D", ("B222",)),
    Flaw(14, "only the key is hedged", "D", ("B223",)),
    Flaw(15, "the key repeats the textbook", "H", ("B224",)),
    Flaw(16, "a negative question", "D", ("B203",)),
    Flaw(17, "all of the above", "D", ("B201",)),
    Flaw(18, "none of the above", "D", ("B202",)),
    Flaw(19, "combined options", "D", ("B209",)),
    Flaw(20, "vague frequency", "D", ("B225",)),
    Flaw(21, "an unfocused question", "D/H", ("B207",)),
    Flaw(22, "long, complex options", "D", ("B226",)),
    Flaw(23, "numbers in different formats or units", "D", ("B227",)),
    Flaw(24, "illogical order", "D", ("B228",)),
    Flaw(25, "needless stem text; hard to read", "D", ("B229", "B230"), "by length and grade"),
    Flaw(26, "double negative", "D", ("B231",)),
    Flaw(27, "several concepts in one item", "H", ("B232",)),
    Flaw(28, "unexplained abbreviation, eponym", "D", ("B233",)),
    Flaw(29, "a blank in the stem", "D", ("B208",)),
    Flaw(30, "repeated words that belong into the stem", "D", ("B234",)),
    Flaw(31, "fewer than 3 or more than 5 options", "D", ("B206",)),
    Flaw(32, "true or false in disguise", "H", ("B235",)),
    Flaw(33, "multiple response without count", "D", ("B236",)),
    Flaw(34, "needless gender or origin, biased words", "H", ("B237",)),
    Flaw(35, "you, opinion", "D", ("B238",)),
    Flaw(36, "recall where application is asked", "D", ("B239",)),
    Flaw(37, "several defensible keys", "H,S", ("B240",), "what learners chose is in the statistics"),
    Flaw(38, "an option without a reason", "D", ("B102", "B241")),
    Flaw(39, "a source that is missing, dead, retracted or old; too strong a claim", "D/H",
         ("B113", "B303", "B307", "B308", "B309", "B311", "B312"), "links are not opened; B306 asks for a fresh look"),
    Flaw(40, "no text alternative; meaning by colour alone", "D", ("B102", "B242", "B243", "B251", "B252")),
    Flaw(41, "spelling, outdated term", "D", ("B244", "B245", "B249", "B253")),
    Flaw(42, "unit, side or level unlike the picture's", "D/H", ("B246", "B258")),
    Flaw(43, "an unsafe act not called unsafe", "D", ("B247",)),
    Flaw(44, "near-duplicate", "D", ("B248",)),
    Flaw(45, "low discrimination, key beaten by a distractor, answered too fast", "S", (), "item statistics, not the linter"),
)  # fmt: skip
"""After the NBME item-writing guide (2020), the flaws studied at MIR, and the rules of Haladyna, Downing and Rodriguez."""
HEAD = """
## Every flaw of the list and its rules

After the NBME item-writing guide (2020), a study of the MIR examination and the rules of Haladyna, Downing and Rodriguez.
D: can be decided; H: a heuristic; S: needs answers. A test holds that each D and H has a rule, and each rule a manual page
with a bad and a good example, which are run.

| | flaw | | rules | |
|---|---|---|---|---|
"""


def chapter() -> str:
    """Write the list as a table."""
    return HEAD + "".join(
        f"| {each.number} | {each.what} | {each.letters} | {', '.join(each.codes) or '—'} | {each.note} |\n"
        for each in LISTED
    )
