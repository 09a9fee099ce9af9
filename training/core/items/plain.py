"""The item types that ask one question each; a case is made of them."""

from training.core.items.cloze import Cloze
from training.core.items.extended_matching import ExtendedMatching
from training.core.items.hotspot import Hotspot
from training.core.items.item import Item
from training.core.items.matching import Matching
from training.core.items.multiple_response import MultipleResponse
from training.core.items.numeric import Numeric
from training.core.items.ordering import Ordering
from training.core.items.parameterised import Parameterised
from training.core.items.script_concordance import ScriptConcordance
from training.core.items.short_text import ShortText
from training.core.items.single_best import SingleBest
from training.core.items.true_false import TrueFalse

PLAIN_TYPES: tuple[type[Item], ...] = (
    SingleBest,
    MultipleResponse,
    TrueFalse,
    Numeric,
    ShortText,
    Matching,
    Ordering,
    ExtendedMatching,
    Cloze,
    Hotspot,
    ScriptConcordance,
    Parameterised,
)
