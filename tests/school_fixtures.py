"""Schools that tests may change: one on its own copy of the sample content, and one that certifies."""

from pathlib import Path

import pytest

from tests.conftest import Cast
from tests.services.certified import QUIZ, certifying, passed, read_all
from tests.services.reviewers import instructor, on_own_content
from training.core.permission import Actor
from training.services import certifying as service
from training.services.app import App


@pytest.fixture
def own(app: App, tmp_path: Path) -> App:
    """The product on a copy of the sample content."""
    return on_own_content(app, tmp_path)


@pytest.fixture
def ivo(own: App, cast: Cast) -> Actor:
    """A second instructor, beside Ida."""
    return instructor(own, "Ivo")


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
