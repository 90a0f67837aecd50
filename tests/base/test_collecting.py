"""The collector waits while rows are made by the thousand, and goes on however that ends."""

import gc
from collections.abc import Iterator

import pytest

from pointsbank.collecting import collecting_later


@pytest.fixture(autouse=True)
def collecting() -> Iterator[None]:
    """The collector is on, and on again afterwards."""
    gc.enable()
    yield
    gc.enable()


def test_it_waits_until_the_last_of_several_pieces_of_work_ends():
    first, second = collecting_later(), collecting_later()
    with first:
        second.__enter__()
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_it_goes_on_when_the_work_fails():
    with pytest.raises(RuntimeError), collecting_later():
        raise RuntimeError
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_off():
    gc.disable()
    with collecting_later():
        pass
    assert not gc.isenabled()
