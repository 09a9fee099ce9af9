"""More flaws put into clean items: of pictures, of grammar and logic, and those that need two kinds of item."""

from collections.abc import Callable, Mapping

from tests.linting.spoiling import Spoil, key, stem, texts
from training.core.items.item import ImageNote, OptionNote
from training.core.items.multiple_response import MultipleResponse
from training.core.items.single_best import SingleBest
from training.core.question import Safety

FIGURE = "modules/consent-and-stopping/figures/decision.svg"


def asking(question: str, *sets: tuple[str, ...]) -> Spoil:
    """Put a question and its options, the key first."""
    return lambda item, turn: stem(question)(texts(*sets)(item, turn), turn)


def picture(*rows: tuple[str, str]) -> Spoil:
    """Add a picture with a text alternative; the stem is put too, {} being the old one."""

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        asked, alt = rows[turn % len(rows)]
        key_text = next(each.text for each in item.options if each.correct)
        image = ImageNote(file=FIGURE, alt=alt.format(key_text))
        return item.model_copy(update={"image": image, "stem": asked.format(item.stem)})

    return spoil


def several(*stems: str) -> Spoil:
    """Make it a multiple response."""

    def spoil(item: SingleBest, turn: int) -> MultipleResponse:  # type: ignore[misc]
        made = {**item.__dict__, "type": "multiple_response", "stem": stems[turn % len(stems)], "choose": None}
        return MultipleResponse.model_construct(**made)

    return spoil  # type: ignore[return-value]


def echo(change: Callable[[str, str], str]) -> Spoil:
    """Let the key repeat a word of the question, changed in some way."""

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        word = ("poroma", "rotator", "splinting", "anchorage")[turn % 4]
        other = ("poroma", "rotators", "splinted", "berth")[turn % 4]
        made = stem("{} What about the " + word + "?")(item, turn)
        return key("{} " + change(word, other))(made, turn)

    return spoil


def unsafe(*rows: tuple[str, str]) -> Spoil:
    """Put an act that is unsafe, and a reason that does not say so."""

    def spoil(item: SingleBest, turn: int) -> SingleBest:
        text, why = rows[turn % len(rows)]
        place = next(number for number, each in enumerate(item.options) if not each.correct)
        options = list(item.options)
        options[place] = OptionNote(text=text, why=why)
        return item.model_copy(update={"safety": Safety.CRITICAL, "options": tuple(options)})

    return spoil


CUES: Mapping[str, Spoil] = {
    "B212": asking(
        "Which structures are at risk?",
        ("Nerve branches", "Bursa", "Artery", "Bone"),
        ("Veins", "Bone", "Skin", "Tendon"),
        ("Bronchi", "Bone", "Skin", "Tendon"),
        ("Both of the arteries beside it", "Bone", "Skin", "Tendon"),
        ("The two heads", "Bursa", "Tendon", "Bone"),
        ("Fasciae and skin", "Bursa", "Tendon", "Bone"),
    ),
    "B214": echo(lambda _, other: other),
    "B215": texts(
        ("Legs up and a quiet room", "Legs up and a hot drink", "A walk and a quiet room", "Pills and more needles"),
        ("Ice, rest", "Ice, walk", "Heat, rest", "Sauna, run"),
        ("A thin needle with a tube", "A thin needle with bare hands", "A thick needle with a tube", "A blade with gloves"),
        ("Slow turns at the border", "Slow turns in the middle", "Fast turns at the border", "Fast thrusts from below"),
    ),
    "B218": texts(
        ("Remove it", "Go on needling", "Go on with the needling", "Talk"),
        ("Wash hands", "Wipe a chair", "Wipe the chair", "Sweep"),
        ("Wash hands", "Carry on regardless", "Proceed all the same", "Sweep"),
        ("Wash hands", "The towels are folded", "The towel is folded", "Sweep"),
        ("Rest", "Stop the session", "Halt the session", "Walk"),
        ("Rest", "Ring a doctor", "Phone a physician", "Walk"),
    ),
    "B230": stem(
        "Notwithstanding antecedent communications regarding contraindications, {}",
        "Considering the multidimensional biopsychosocial characteristics of musculoskeletal rehabilitation alongside "
        "interdisciplinary communication responsibilities and institutional documentation obligations, which "
        "particular intervention necessitates immediate consideration following unintentional complications?",
        "Irrespective of individualised pathophysiological considerations regarding neuromuscular dysfunctionality or "
        "cardiorespiratory deterioration, and acknowledging organisational accountability requirements, which "
        "procedural modification represents the preferable continuation?",
        "Which neurophysiological characteristic differentiates sensitisation-associated hyperalgesia from inflammatory "
        "nociceptor hyperexcitability?",
        "A patient, who, having been needled, as was said, in the calf, which, as it turned out, was sore, and which, as "
        "it had been before, was stiff, asks, as people do, what, if it stays so, comes next?",
    ),
    "B236": several("Which steps come first?", "What belongs to aftercare?", "Which signs are seen in both?", "Which muscles flex the elbow?", "What belongs to each step?"),
    "B242": picture(
        ("{}", "Image of three boxes"), ("{}", "figure 3"), ("{}", "decision.svg"), ("{}", "Boxes"), ("{}", "As shown here, see it"),
    ),
    "B243": picture(
        ("What does the red box stand for?", "Three boxes with two arrows."),
        ("Which muscle is shown in blue?", "Three boxes with two arrows."),
        ("What lies under the green area?", "Three boxes with two arrows."),
        ("What is the reddish thing?", "Three boxes with two arrows."),
        ("Name the part drawn in dark blue.", "Three boxes with two arrows."),
        ("Which structure is the white one?", "Three boxes with two arrows."),
    ),
    "B246": picture(
        ("The left calf is needled. What comes first?", "A right calf with three marks."),
        ("The right shoulder aches. What comes first?", "A shoulder from the left."),
        ("The left knee swells. What comes first?", "A dexter knee with a mark."),
        ("Her right arm swells. What comes first?", "A left arm with a band."),
        ("The left hip aches. What comes first?", "A hip, R, with a mark."),
    ),
    "B247": unsafe(
        ("Go on quietly", "The rest of the plan can follow later on."),
        ("Persuade the patient", "Patients often change their mind later."),
        ("Insert it deeper", "Depth is set by the tissue."),
        ("Add two more needles", "More is not called for here."),
        ("Carry on with a shorter needle", "She gets used to it."),
        ("Use the same needle again", "It saves time only."),
    ),
    "B251": picture(
        ("{}", "Three boxes; the first one reads: {}."), ("{}", "{}, in three boxes with arrows."), ("{}", "What the key says is drawn in other words."),
    ),
    "B252": picture(("{}", "Three boxes joined by two arrows and a thick frame. " * 7), ("{}", "A long row of boxes " * 16)),
    "B254": asking(
        "The first step is",
        ("raising the legs", "to offer tea", "to go on", "to call out"),
        ("to raise the legs", "offering tea", "keeping on", "calling out"),
        ("lie down", "offering tea", "keeping on", "calling out"),
        ("a rest", "tea", "a call", "offering tea"),
        ("pressing on the site", "to wait", "to call", "to sit"),
        ("applied pressure", "wait", "call", "sit"),
        ("sits down", "wait", "call", "press"),
    ),
    "B255": texts(
        ("It increases", "It decreases", "It stays the same", "It depends on the day"),
        ("More pain", "Less pain", "No change", "A bruise"),
        ("It rises for a time", "It falls for a time", "It is unchanged", "It itches"),
        ("Up", "Down", "Neither", "A bruise"),
        ("Higher", "Lower", "Equal", "Unknown"),
        ("It grows", "It shrinks", "It stays as it was", "It bleeds"),
    ),
    "B256": texts(
        ("Pressure", "A hot bath", "A hot bath and a walk", "A book"),
        ("Ice", "Ice with a towel", "A pill", "A walk"),
        ("Rest, ice", "Rest", "A pill", "A walk"),
        ("Ice, then rest", "Rest", "A pill", "A walk"),
        ("Heat", "Heat or cold", "A pill", "A walk"),
        ("Stop the session", "Stop the session and call for help", "Wait", "Talk"),
        ("Lie the patient down with raised legs", "Lie the patient down", "Wait", "Talk"),
        ("Water", "A glass of water", "A pill", "A walk"),
    ),
    "B257": stem(
        "{} Take the patient of the previous question.", "{} As in question 3, she is 40.", "{} The answer above still holds.",
        "The same patient comes again. {}", "{} This follows from the last item.",
    ),
    "B258": picture(
        ("The muscle at L4 is needled. What comes first?", "A spine with a mark at C5."),
        ("A needle of 4 cm is used. What comes first?", "A ruler that shows 40 mm."),
        ("The fourth lumbar level is needled. What comes first?", "A spine with a mark at C5."),
        ("The second cervical vertebra is met. What comes first?", "A spine with a mark at C4."),
        ("A muscle of the neck is needled. What comes first?", "A spine with a mark at L4."),
    ),
    "B309": lambda item, turn: key("It cures the pain: {}", "{} is proven", "{} guarantees it", "{} abolishes it for good", "{}, without fail", "{} is guaranteed to help", "{} once and for all")(
        item.model_copy(update={"references": ("brady-2014",)}), turn
    ),
}  # fmt: skip
