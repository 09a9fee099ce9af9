"""Known flaws put into clean items, several wordings of each, some of which a rule may well miss."""

from collections.abc import Mapping

from tests.linting.spoiling import Spoil, all_options, distractor, either, ended, key, stem, texts, why
from training.core.items.single_best import SingleBest


def _doubly_negative(item: SingleBest, turn: int) -> SingleBest:
    """Ask in the negative, and let an option be negative too."""
    asked = ("Which of these is NOT a reason to stop?", "Which sign does not belong to fainting?",
             "All of these are safe EXCEPT which?")  # fmt: skip
    sets = (
        ("The patient does not want to go on", "Pain", "Sweating", "A cough"),
        ("No loss of colour", "Sweating", "Nausea", "A slow pulse"),
        ("Leaving without washing hands", "Never re-using a needle", "Using gloves", "Asking first"),
        ("The skin is unbroken", "There isn't any swelling", "Redness", "Heat"),
    )
    return texts(*sets)(stem(*asked)(item, turn), turn)


FLAWS: Mapping[str, Spoil] = {
    "B201": distractor(
        "All of the above", "All of these", "Both of the above", "All the above are correct", "Everything listed here"
    ),
    "B202": distractor(
        "None of the above", "None of these", "Neither of these", "No correct answer is given", "Not one of them"
    ),
    "B203": stem(
        "Which of these is NOT a sign?",
        "All of these apply EXCEPT which?",
        "Which step is least useful?",
        "Which action is never right here?",
        "Which of these would be wrong to do?",
    ),
    "B204": key(
        "{}, after the matter was explained at length and written down in the record of the patient, with date and name"
    ),
    "B205": distractor(
        "It always works",
        "It never works",
        "Only doctors may do it",
        "It works in every patient",
        "It invariably works",
    ),
    "B206": texts(("One", "Two"), ("One", "Two", "Three", "Four", "Five", "Six")),
    "B207": stem(
        "Which of the following is true?",
        "Which statement about needles is correct?",
        "Which of these statements is false?",
        "What is true of needling?",
        "Needles are",
        "Which of the following applies?",
    ),
    "B208": stem(
        "The needle is put into ____ first.",
        "Needling lasts ...... minutes.",
        "The {{}} is needled.",
        "The first step, ______, comes before consent.",
        "Needles are kept in a (…) until used.",
        "A bin is full at * of its height.",
    ),
    "B209": distractor(
        "A and C",
        "Both A and B",
        "1 and 3 only",
        "i, ii and iii",
        "The first and the third",
        "Options 1 and 2",
        "Either A or C",
    ),
    "B211": either(
        ended(
            True,
            "{} The first thing to fetch is an",
            "{} He asks for an …",
            "{} Bring an –",
            "{} It is an (choose one)",
        ),
        ended(
            False, "{} The best answer is a", "{} What is needed is a:", "{} You would fetch a ____?", "{} Hand him a *"
        ),
    ),
    "B213": texts(
        ("It increases", "It decreases", "It follows the day", "It has a name"),
        ("More pain", "Less pain", "A scar", "A bruise"),
        ("Before the session", "After the session", "In the waiting room", "At the desk"),
        ("It gets better", "It gets worse", "It itches", "It tingles"),
        ("It may be used again", "It may not be used again", "It is burnt", "It is sold"),
    ),
    "B216": distractor(
        "12", "Is it safe?", "42 %", "The clinician should leave the room at once and must not come back."
    ),
    "B217": distractor("Run away", "I don't know", "Ask Homer Simpson", "Panic!!", "Sing a song to it"),
    "B219": texts(
        ("5 to 10 mm", "8 to 15 mm", "20 to 25 mm"),
        ("1-3 days", "2-6 days", "10-12 days"),
        ("under 10 mm", "under 20 mm", "under 30 mm"),
        ("less than 5 mm", "5 to 10 mm", "at least 10 mm"),
        ("below 20 %", "below 40 %", "above 60 %"),
        ("a day or two", "two days", "a week"),
    ),
    "B223": key(
        "It may help, {}",
        "Usually {}",
        "In some cases {}",
        "Perhaps {}",
        "Most often {}",
        "It tends to be so: {}",
        "More or less {}",
    ),
    "B225": stem(
        "{} What is often seen?",
        "{} What rarely follows?",
        "{} What happens from time to time?",
        "{} What is now and then seen?",
        "{} What is generally advised?",
    ),
    "B226": distractor(
        "{} and then the clinician explains to the patient at some length why this was done in this way and not in another",
        "Stop if it hurts, unless she asks because she knows when",
        "Wait, and go on, and turn it, and see, and ask",
        "Tell her that it is normal, that it will pass, that she may call",
        "Stop, since it hurts, although she denies it, while others wait",
    ),
    "B227": texts(
        ("5 mm", "1.5 cm", "25 mm"),
        ("10 %", "20", "30 %"),
        ("1.0 mm", "2 mm", "2.50 mm"),
        ("five", "10", "15"),
        ("2 h", "90 min", "3 h"),
        ("1/2", "0.75", "0.9"),
        ("5 mm", "10 millimetres", "15 mm"),
        ("10 to 15 mm", "2 cm", "25 mm"),
    ),
    "B228": texts(
        ("15 mm", "5 mm", "25 mm"),
        ("30 %", "10 %", "20 %"),
        ("about 3 days", "about 1 day", "about 2 days"),
        ("twelve", "three", "nine"),
        ("Severe pain", "Mild pain", "Moderate pain"),
        ("Monthly", "Daily", "Weekly"),
        ("0.30 mm", "0.16 mm", "0.25 mm"),
        ("2 to 4 weeks", "1 to 2 weeks", "6 to 8 weeks"),
        ("Grade III", "Grade I", "Grade II"),
        ("Sometimes", "Never", "Always"),
    ),
    "B229": stem(
        "{} " + "The day was long and the room was warm, and the clock ticked on the wall. " * 10 + "What comes first?"
    ),
    "B231": either(
        stem(
            "Which approach is unlikely to be unsafe?",
            "Which of these is not contraindicated?",
            "What should never be avoided?",
            "Which is hardly ever unwise?",
            "Which finding does not exclude that it is not a haematoma?",
            "What is seldom unhelpful?",
        ),
        _doubly_negative,
    ),
    "B232": stem(
        "{} And how deep does it go?",
        "{} Why is that so? And who says so?",
        "A needle is in. What comes first, and why?",
        "A needle is in. How deep and for how long does it stay?",
        "A needle is in. What are its depth and its angle?",
        "A needle is in. Which muscle is it in, and which nerve supplies it?",
        "Name the muscle and say how deep it lies.",
    ),
    "B233": stem(
        "A patient has CRPS. {}",
        "The TFL is tight. {}",
        "A positive Lasègue was found. {}",
        "Spurling was positive. {}",
        "The patient takes a NOAC. {}",
        "A low FABER was found. {}",
    ),
    "B234": all_options(
        "The clinician should then ",
        "It is best to try ",
        "By doing ",
        "Ask the patient to ",
        "The next step is ",
        "A quick look at the ",
        "One may ",
        "In such a case, ",
    ),
    "B235": texts(
        ("Yes, at once", "No, never", "Yes, later"),
        ("True, for all", "False, for all", "True, for some"),
        ("It is so", "It is not so", "It may be so"),
        ("Agree", "Disagree", "Agree in part"),
        ("That is right", "That is wrong", "That depends"),
    ),
    "B237": stem(
        "A housewife asks. {}",
        "An Asian patient asks. {}",
        "A nervous old spinster asks. {}",
        "A gypsy woman asks. {}",
        "A mentally retarded patient asks. {}",
        "A typical female hypochondriac asks. {}",
    ),
    "B238": stem(
        "What would you do first?",
        "In your opinion, what comes first?",
        "Which do we choose?",
        "What seems best?",
        "What do you tell the patient?",
        "Which plan appeals most?",
    ),
    "B239": stem("What is a taut band?", "Which muscle lies deepest?", "How is gauge defined?"),
    "B240": why(
        False,
        "This is also correct, but less complete.",
        "Some authors are right to say so; it may be right.",
        "This would be acceptable too.",
        "Right too, though slower.",
        "One could defend this as well.",
        "It might also be correct in a child.",
    ),
    "B241": why(
        True,
        "Correct.",
        "This is the correct answer.",
        "Right!",
        "Because it is.",
        "Wrong answer.",
        "Clearly not.",
        "It just is.",
    ),
    "B244": stem(
        "{} There is a hematoma.",
        "{} There is lymphedema.",
        "{} A vaso-vagal response follows.",
        "{} Oesophageal varices bleed.",
    ),
    "B249": stem(
        "{} It is 10mm deep.",
        "{} A word ,then another.",
        "{}  It is late.",
        "{} It is 5cm long.",
        "{} He waits ;then he asks.",
        "{} Rest( 5 min ) helps.",
        "{} It lasts 30min.",
    ),
    "B250": key("{}."),
    "B253": stem("A muscle knot is found. {}", "The pain is radiating pain. {}", "A hypodermic needle is used. {}"),
}
