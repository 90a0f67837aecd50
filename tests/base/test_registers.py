"""A register finds the modules of its package, in the order of their names."""

import pytest

from pointsbank.registers import discover


def test_every_module_of_a_package_is_found_in_order():
    names = [module.__name__ for module in discover("pointsbank.boards")]

    assert names == sorted(names)
    assert "pointsbank.boards.facts" in names


def test_a_package_that_is_not_there_is_said():
    with pytest.raises(ImportError):
        discover("pointsbank.nowhere")
