"""Fonts for the printing tests: one directory of cut faces for the whole run."""

from pathlib import Path

import pytest

from pointsbank.printing import Fonts


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """The fonts as a village without settings of its own has them."""
    return Fonts(tmp_path_factory.mktemp("faces"))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A directory for cut faces that nobody has used yet."""
    return tmp_path / "faces"
