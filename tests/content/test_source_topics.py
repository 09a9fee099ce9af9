"""Every topic of the five source articles is taught in a module and asked by an item that quizzes draw.

One line for each topic: which articles raise it (S0 to S4), what a module says of it, what an item asks.
"""

import re
from functools import cache
from pathlib import Path

import pytest

from training.content.libraries import load_library
from training.core.library import Library

ROOT = Path(__file__).parents[2]

TOPICS = """
S0-S4 | what a trigger point is               | taut band                            | taut band
S1    | referred pain                         | referred pain                        | referred pain
S2    | how trigger points develop            | overuse|energy crisis|end-?plate     | integrated hypothesis|end-?plate
S0-S4 | the local twitch response             | local twitch response                | twitch
S0,S4 | the twitch as a sign of success       | twitch.{0,200}(necessary|needed|sign) | twitch
S2    | abnormal electrical activity          | spontaneous electrical|end-?plate noise | end-?plate noise|electrical activity
S2    | chemicals around trigger points       | microdialysis|substance P|biochemical | microdialysis|Shah|substances
S1    | vasodilation and waste products       | vasodilation|blood flow              | blood flow|vasodilat
S1    | micro-lesion and healing              | lesion|healing                       | healing|lesion
S2    | endorphins, cortisol                  | endorphin|opioid                     | endorphin|opioid|cortisol
S0-S4 | not acupuncture                       | acupuncture                          | acupuncture
S1,S2 | Qi and meridians                      | meridian                             | meridian|traditional Chinese
S1    | a thin filiform needle                | filiform                             | filiform
S2    | sterile, disposable needles           | sterile                              | sterile
S0-S4 | pain relief, and how sure it is       | certainty                            | certainty
S1,S3 | range of motion                       | range of mo(tion|vement)             | range of mo(tion|vement)|movement
S0,S2 | headaches                             | headache                             | headache
S2    | jaw pain                              | jaw                                  | jaw|temporomandibular|masseter
S1,S3 | fibromyalgia                          | fibromyalgia                         | fibromyalgia
S2    | tennis elbow and golfer's elbow       | elbow                                | elbow
S2    | carpal tunnel syndrome                | carpal tunnel                        | carpal tunnel
S2    | sciatica                              | sciatic                              | sciatic
S1,S3 | low back and neck pain                | low back                             | low back|back pain
S2,S4 | injuries and strains                  | strain|injur                         | strain|injur
S0    | compared with stretching and massage  | stretch                              | stretch
S0-S4 | part of a plan with exercise          | exercise                             | exercise
S1,S2 | the window of opportunity             | window                               | window|after needling|same session
S2,S4 | soreness afterwards                   | soreness                             | soreness
S2    | what it feels like                    | cramp|ache                           | cramp|ache
S2    | aftercare: heat, ice, stretching      | heat|ice                             | heat|aftercare|ice
S2,S3 | how soon results are felt             | immediate|short[- ]term              | immediate|short[- ]term|weeks
S3    | pregnancy                             | pregnan                              | pregnan
S3    | bleeding disorders                    | bleeding disorder|anticoagula        | bleeding|anticoagula
S0,S3 | fear of needles                       | phobia|fear of needles               | phobia|fear
S3    | low risk of complications             | incidence|adverse event              | adverse event|incidence
S1,S3 | a qualified, licensed professional    | licen|supervis                       | licen|jurisdiction|supervis
S3    | assessment before needling            | assess                               | assess|examin
S0    | is it just placebo                    | placebo|sham                         | placebo|sham
S0,S4 | marketing words                       | game.?changer|marketing|brochure     | advert|marketing|leaflet|website|brochure
S4    | tiredness after treatment             | tired|drows                          | tired|drows
S4    | posture and repetitive strain         | posture                              | posture
S3    | few visits or many                    | visits|sessions                      | session|visit
"""


def rows() -> list[tuple[str, str, str, str]]:
    found = []
    for line in TOPICS.strip().splitlines():
        articles, topic, rest = (part.strip() for part in line.split(" | ", 2))
        taught, asked = (part.strip() for part in rest.rsplit(" | ", 1))
        found.append((articles, topic, taught, asked))
    return found


@cache
def library() -> Library:
    return load_library(ROOT)[0]


@cache
def taught_text() -> str:
    shown = [module for module in library().modules.values() if module.status == "approved"]
    return "\n".join(section.body for module in shown for section in module.sections)


@cache
def item_texts() -> tuple[str, ...]:
    return tuple(item.model_dump_json() for item in library().items() if item.drawable)


@pytest.mark.parametrize(("articles", "topic", "taught", "asked"), rows(), ids=lambda each: each[:40])
def test_a_topic_of_the_articles_is_taught_and_asked(articles: str, topic: str, taught: str, asked: str) -> None:
    assert re.search(taught, taught_text(), re.IGNORECASE | re.DOTALL), f"{topic} ({articles}) is not taught"
    assert any(re.search(asked, text, re.IGNORECASE) for text in item_texts()), f"{topic} ({articles}) is not asked"
