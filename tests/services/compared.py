"""A calibration with everything in it: two cohorts of which one meets an unfair item, a doubled item, and an older form."""

import json
from dataclasses import replace

import numpy as np

from tests.measurement.test_further import biased, names
from training.measurement.analysis import analyse
from training.measurement.further import calibrated, looked_further
from training.measurement.linked import link_forms
from training.measurement.responses import from_matrix
from training.measurement.told import as_json, dependence_as_json, groups_as_json, link_as_json
from training.services.app import App
from training.services.calibrating import EDGES, KeptCalibration
from training.store import calibrations

BEYOND = frozenset({"dependence", "groups", "link"})


def keep_compared(app: App, slug: str, *, beyond: frozenset[str] = BEYOND) -> None:
    """Keep what simulated answers to thirty items gave as a calibration of the quiz."""
    scores, group = biased(2_000, 30)
    answers, items = from_matrix(scores), names(scores)
    cohort = [f"Cohort {name}" for name in group]
    analysis, further = looked_further(analyse(answers, "rasch"), answers, items, cohort)
    own = calibrated(items, analysis)
    easier = np.zeros(30)
    easier[12] = 1.5
    older = replace(own, b=own.b + 0.3 - easier + np.random.default_rng(1).normal(0, 0.05, 30))
    assert further.dependence
    assert further.groups
    body = {
        **as_json(items, analysis), "programme": slug, "mode": "exam", "notes": [],
        "abilities": {"edges": list(EDGES), "counts": [len(EDGES) - abs(place - 16) for place in range(len(EDGES) - 1)]},
        "dependence": dependence_as_json(items, further.dependence), "groups": groups_as_json(items, further.groups),
        "link": link_as_json("the calibration of 2025-11-01", link_forms(own, older)),
    }  # fmt: skip
    body = {name: told for name, told in body.items() if name not in BEYOND - beyond}
    made = KeptCalibration(
        app.new_id(), slug, "rasch", "exam", app.now(), "ida", 2_000, False, json.dumps(body)
    )  # fmt: skip
    app.database.write(lambda tx: calibrations.add(tx, made))
