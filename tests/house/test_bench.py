"""The bench measures the page of every list there is."""

import sys
from importlib import import_module

from pointsbank import lists, paths

sys.path.insert(0, str(paths.shipped("templates").parent / "scripts"))


def test_every_list_has_its_page_in_the_bench():
    bench = import_module("benching.lists")
    needs = {need for one in lists.every() for need in one.needs}

    assert needs <= bench.NEEDS.keys()
    assert {f"list {one.name}" for one in lists.every()} == bench._every_list().keys()
