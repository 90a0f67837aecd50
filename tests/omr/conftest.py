"""One printed page for all photos of these tests."""

import pytest
from PIL import Image

from pointsbank.printing import Fonts
from tests.omr.campaign import printed_page
from tests.printing.conftest import fonts

__all__ = ["fonts"]


@pytest.fixture(scope="session")
def page(fonts: Fonts) -> Image.Image:
    """The full sheet of 58 households and 12 items, empty, 10 points a millimetre."""
    return printed_page(fonts)
