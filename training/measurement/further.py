"""What more can be asked of an analysis: do items hang together, do they treat groups alike, do two forms link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.measurement.analysis import Analysis
from training.measurement.groups import Groups, compare_groups
from training.measurement.linked import Calibrated, Linked
from training.measurement.marks import marks_of
from training.measurement.pairs import Dependence, dependent_pairs
from training.measurement.responses import Responses
from training.measurement.scoring import expected_abilities
from training.measurement.verdicts import Flag


@dataclass(frozen=True, slots=True)
class Further:
    """Each is None where it was not asked for, or there is no model to ask."""

    dependence: Dependence | None = None
    groups: Groups | None = None
    link: Linked | None = None


def looked_further(
    analysis: Analysis, responses: Responses, names: Sequence[str], group: Sequence[str] | None = None
) -> tuple[Analysis, Further]:
    """Look for pairs of items wherever a model was fitted, and compare groups where they are given; flags are added."""
    fit = analysis.model.fit
    ability = expected_abilities(marks_of(responses), fit).ability if fit is not None and fit.fitted.any() else None
    dependence = dependent_pairs(responses, ability, fit) if fit is not None and ability is not None else None
    groups = None if group is None else compare_groups(responses, group, ability)
    more: dict[int, list[Flag]] = {}
    for place, reason in dependence.reasons(names) if dependence else ():
        more.setdefault(place, []).append(Flag("dependent", reason))
    for each in groups.compared if groups else ():
        for place, dif in enumerate(each.items):
            if dif.level == "C":
                reason = dif.reason.replace("the focal group", f"{each.focal} (against {groups.reference})")  # type: ignore[union-attr]
                more.setdefault(place, []).append(Flag("dif", reason))
    flags = tuple((*own, *more.get(place, ())) for place, own in enumerate(analysis.flags))
    return replace(analysis, flags=flags), Further(dependence, groups)


def calibrated(names: Sequence[str], analysis: Analysis) -> Calibrated:
    """Give the parameters that may be shown, to be linked by."""
    shown = analysis.shown
    return Calibrated(tuple(names), shown.a, shown.b, analysis.test.n)
