"""A start loads what a server needs, and leaves for later what only prints and names need."""

import subprocess
import sys

from pointsbank import sheets
from pointsbank.roster.search import reading
from tests.house.source import ROOT

LATER = {"fontTools", "pypinyin", "qrcode", "reportlab"}


def test_a_start_loads_no_fonts_and_no_dictionary_hashes_nothing_and_compiles_no_rule_of_the_law() -> None:
    ask = (
        "import pointsbank.cli, sys; print(*sys.modules);"
        "from pointsbank.law.rules import _compiled;"
        "from pointsbank.staff.passwords import _nobody_s_hash;"
        "print(_compiled.cache_info().misses, _nobody_s_hash.cache_info().misses)"
    )
    done = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded, made = done.stdout.splitlines()

    assert LATER.isdisjoint(loaded.split())
    assert made.split() == ["0", "0"]


def test_what_comes_later_is_there_when_it_is_asked_for() -> None:
    assert {sheet.name for sheet in sheets.every()} > {"cards", "poster"}
    assert reading("单雪梅") == "shan xue mei"
