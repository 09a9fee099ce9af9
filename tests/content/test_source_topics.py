"""Every topic of the five source articles is taught in a section of a module and asked by an item that quizzes draw.

One line for each topic: which articles raise it (S0 to S4), where it is taught and in what words, which item asks it
and in what words. Words are whole words: "ice" is not found in "practice".
"""

import re
from functools import cache
from pathlib import Path

import pytest

from training.content.libraries import load_library
from training.core.library import Library

ROOT = Path(__file__).parents[2]

TOPICS = """
S0-S4 | what a trigger point is         | trigger-point-anatomy/what-it-is: hyperirritable spot   | tpa-definition-structure-01: taut band
S1    | referred pain                   | trigger-point-anatomy/what-it-is: referred pain         | tpa-chart-mismatch-01: infraspinatus
S2    | how trigger points develop      | trigger-point-anatomy/hypothesis: motor endplate        | tpa-hypothesis-origin-01: first disturbance
S0-S4 | the local twitch response       | twitch-responses/what-it-is: involuntary contraction    | ltr-reflex-level-01: twitch
S0,S4 | the twitch as a sign of success | twitch-responses/is-it-needed: no twitch means          | ltr-necessity-01: obtained
S2    | abnormal electrical activity    | twitch-responses/findings: endplate noise               | ltr-sea-device-01: endplate noise
S2    | chemicals around trigger points | twitch-responses/findings: microdialysis                | ltr-shah-limits-01: microdialysis
S1    | the brain sends blood           | twitch-responses/mechanisms: small vessels              | ps-brain-sends-blood-01: axon reflex
S1    | acidic waste, lactic acid       | evidence-appraisal/mechanisms: lactic acid              | ltr-lactate-01: lactic acid
S1    | micro-lesion and healing        | evidence-appraisal/mechanisms: speeds up healing        | ea-strain-heals-01: faster healing
S2    | endorphins                      | twitch-responses/mechanisms: endorphin                  | ps-endorphin-01: endorphin
S2    | cortisol                        | evidence-appraisal/mechanisms: cortisol                 | ea-article-verdicts-01: cortisol
S0-S4 | not acupuncture                 | scope-and-law/same-needle: strictly Western             | sl-patient-asks-01: acupuncture
S1,S2 | Qi and meridians                | scope-and-law/same-needle: meridians                    | sl-straw-man-01: meridians
S1    | a thin filiform needle          | safe-technique/needle: solid filiform needle            | nt-parts-01: filiform
S2    | sterile, disposable needles     | infection-control/needle: sterile and single use        | ic-pack-torn-01: sterility
S0-S4 | pain relief, and how sure it is | evidence-appraisal/compared: short term                 | ea-low-not-none-01: certainty
S1,S3 | range of motion                 | twitch-responses/explaining: range of motion            | ea-outcomes-2017-01: range of motion
S0,S2 | headaches                       | evidence-appraisal/conditions: tension headache         | ea-condition-match-01: tension-type headache
S2    | jaw pain                        | evidence-appraisal/conditions: jaw pain                 | cc-jaw-alternative-01: jaw
S1,S3 | fibromyalgia                    | evidence-appraisal/conditions: fibromyalgia             | ea-fibromyalgia-01: fibromyalgia
S2    | tennis elbow                    | evidence-appraisal/conditions: tennis elbow             | ea-condition-match-01: tennis player
S2    | golfer's elbow                  | evidence-appraisal/conditions: golfer's elbow           | ea-condition-match-01: golfer
S2    | carpal tunnel syndrome          | evidence-appraisal/conditions: carpal tunnel            | ea-carpal-first-01: carpal tunnel
S2    | sciatica                        | evidence-appraisal/conditions: sciatica                 | tpa-pseudo-sciatica-01: gluteus minimus
S1,S3 | low back pain                   | evidence-appraisal/compared: low back pain              | ea-back-who-01: back-pain clinic
S1,S3 | neck pain                       | evidence-appraisal/compared: neck pain                  | ea-addon-neck-01: neck pain
S2,S4 | injuries and strains            | evidence-appraisal/conditions: strains                  | ea-strain-heals-01: strain
S2,S4 | strength, dulled muscles        | evidence-appraisal/conditions: dulled muscles           | ea-strength-01: force
S0    | faster than stretching          | evidence-appraisal/brochure: stretching alone           | ea-attribution-01: stretching
S0-S2 | deeper than massage             | evidence-appraisal/compared: where a thumb does not     | ltr-manual-therapy-01: hands-on
S0-S4 | part of a plan with exercise    | plan-of-care/sign: beside exercise                      | pc-role-plan-01: loading programme
S1,S2 | the window of opportunity       | plan-of-care/retest: window of opportunity              | pc-role-plan-01: so that she can load
S2,S4 | soreness afterwards             | twitch-responses/dose-and-soreness: soreness            | ltr-soreness-time-01: soreness
S2    | what it feels like              | safe-technique/stop: felt as a cramp                    | nt-sensations-emq-01: cramp
S2    | heat, ice and stretching after  | consent-and-aftercare/aftercare: heat or cold           | cc-stretch-away-01: heat
S2,S3 | how soon results are felt       | evidence-appraisal/compared: at two days                | ea-days-later-01: immediate relief
S3    | pregnancy                       | contraindications/situations: pregnancy                 | ci-pregnancy-choice-01: pregnancy
S3    | bleeding disorders              | contraindications/sorting: bleeding disorder            | ci-bleeding-tendency-target-01: bleeding disorder
S0,S3 | fear of needles                 | consent-and-aftercare/fear: needle phobia               | ci-phobia-01: needle phobia
S3    | low risk of complications       | adverse-events/numbers: 20,464                          | st-incidence-zero-01: 7,629
S1,S3 | a qualified professional        | scope-and-law/jurisdiction: the board                   | sl-choose-needler-01: licensed professional
S3    | assessment before needling      | contraindications/red-flags: screening                  | ci-visceral-scapula-01: tender
S0    | is it just placebo              | evidence-appraisal/placebo: just placebo                | ltr-blinding-count-01: sham
S0,S4 | marketing words                 | evidence-appraisal/brochure: game-changer               | ea-marketing-kinds-01: game-changer
S0    | pain that is just stress        | consent-and-aftercare/honest: just stress               | cc-in-your-head-01: stress
S4    | tiredness after treatment       | consent-and-aftercare/aftercare: tired or drowsy        | ci-macpherson-drowsy-01: drowsy
S4    | posture                         | plan-of-care/sign: bad posture                          | pc-role-plan-01: posture
S3    | few visits or many              | plan-of-care/trial: three to six sessions               | pc-time-limited-01: three to six sessions
"""


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in TOPICS.strip().splitlines():
        articles, topic, taught, asked = (part.strip() for part in line.split("|"))
        found.append((articles, topic, taught, asked))
    return found


@cache
def library() -> Library:
    return load_library(ROOT)[0]


@cache
def sections() -> dict[str, str]:
    shown = [module for module in library().modules.values() if module.status == "approved"]
    return {f"{module.slug}/{section.id}": section.body for module in shown for section in module.sections}


@cache
def items() -> dict[str, str]:
    return {item.id: item.model_dump_json() for item in library().items() if item.scorable}


def said(words: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


@pytest.mark.parametrize(("articles", "topic", "taught", "asked"), rows(), ids=[row[1] for row in rows()])
def test_a_topic_of_the_articles_is_taught_and_asked(articles: str, topic: str, taught: str, asked: str) -> None:
    section, words = taught.split(": ")
    item, question = asked.split(": ")

    assert said(words, sections()[section]), f"{topic} ({articles}) is not taught in {section}"
    assert said(question, items()[item]), f"{topic} ({articles}) is not asked by {item}"
