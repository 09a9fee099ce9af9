"""A demonstration, made once and copied for each file that asks."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.services.demonstrated import demonstrated, on
from training.services.app import App
from training.store.database import open_database


@pytest.fixture(scope="session")
def _demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    demonstrated(str(folder), seed=2026).database.close()
    return folder


@pytest.fixture(scope="module")
def demo(_demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> App:
    """The product with the simulated cohort of 2 March 2026, for all tests of a file."""
    folder = copytree(_demonstrated, tmp_path_factory.mktemp("demo") / "own")
    return on(open_database(f"sqlite:///{folder}/needlewise.db"), str(folder))
