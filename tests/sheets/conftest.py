"""Fonts for the tests of sheets: cut once for all of them, which takes longer than all their drawing."""

import pytest

from pointsbank.printing import Fonts
from tests.printing import conftest
from tests.sheets.onpaper import OneCut

plain_fonts = conftest.fonts


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    """The fonts as a village without settings of its own has them, cut for every sheet."""
    return OneCut(tmp_path_factory.mktemp("one-cut"))
