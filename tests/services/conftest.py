"""A school that certifies, Ann's certificate from it, and a demonstration."""

from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.certified import QUIZ, certifying, passed, read_all
from tests.services.demonstrated import demonstrated
from training.services import certifying as service
from training.services.app import App


@pytest.fixture
def school(app: App, cast: Cast, tmp_path: Path) -> App:
    """The product with a programme that certifies."""
    return certifying(app, tmp_path)


@pytest.fixture
def number(school: App, cast: Cast) -> str:
    """Ann has read, passed and got her certificate."""
    read_all(school, cast.ann)
    passed(school, cast.ann)
    return service.issue(school, cast.ann, QUIZ).credential.number


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The product with the simulated cohort of 2 March 2026, made once for the file that asks for it."""
    return demonstrated(str(tmp_path_factory.mktemp("demo")), seed=2026)
