"""A demonstration, made once for the file that asks."""

import pytest

from tests.services.demonstrated import demonstrated
from training.services.app import App


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> App:
    """The product with the simulated cohort of 2 March 2026, made once for the file that asks for it."""
    return demonstrated(str(tmp_path_factory.mktemp("demo")), seed=2026)
