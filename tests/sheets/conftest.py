"""Fonts for the tests of sheets: the directory of cut faces that the printing tests use too."""

from tests.printing.conftest import fonts

__all__ = ["fonts"]
