"""Schemes to start from: sound items, deeds that may hang, nothing to mend before they are adopted."""

from datetime import date

import pytest

from pointsbank import law, scoring
from pointsbank.law import Use
from pointsbank.scoring.scheme import items_of
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.starters import Starter

STARTERS = scoring.starters()


def test_a_village_chooses_between_four_sizes() -> None:
    sizes = {one.name: len(one.items) for one in STARTERS}

    assert sizes == {"small_village": 20, "party_branch": 21, "courtyards": 26, "seven_areas": 52}
    assert {one.category for one in _named("seven_areas").items} == {
        "支部建设",
        "乡村振兴",
        "公德美德",
        "遵守村规",
        "移风易俗",
        "环境卫生",
        "公益事业",
        "一票否决",
    }


def test_what_a_scheme_may_say_besides_deeds_is_shown_by_some() -> None:
    labels = {item.code: scoring.label(item) for starter in STARTERS for item in starter.items}

    assert labels["FJ01"] == "一票否决：暂停红榜、荣誉称号，6个月内"
    assert labels["XE01"] == "环境卫生类加分每月最多40分"
    assert labels["JC01"] == "基础分12，每年重新计，只计荣誉"
    assert labels["HS01"].endswith("可在柜台登记，每户每天最多5分")


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: one.name)
def test_it_is_read_without_a_warning_and_may_hang_anywhere(starter: Starter) -> None:
    read = read_items(scoring.starter_table(starter.name))

    assert (read.warnings, read.ignored_columns) == ([], [])
    for item in starter.items:
        words = (item.title, item.category, item.unit, item.applies_to, item.evidence, starter.title)
        # As a deed, as a fault and as a fact: what a reminder or a board says of it may hang too.
        found = [str(one) for text in words for use in Use for one in law.findings(text, use)]
        assert (item.code, found) == (item.code, [])
        assert item.evidence, item.code


@pytest.mark.parametrize("starter", STARTERS, ids=lambda one: one.name)
def test_it_is_adopted_as_it_is_and_comes_back_equal_from_its_cells(starter: Starter, sqlite_panel) -> None:
    adoption = {"resolution": "村民代表会议第1号决议", "from_date": date(2026, 9, 1)}
    done = sqlite_panel.write(scoring.import_scheme, table=scoring.starter_table(starter.name), **adoption)
    items = sqlite_panel.read(items_of, scheme=done.scheme.id)

    again = sqlite_panel.write(
        scoring.import_scheme, table=scoring.scheme_table([scoring.item_cells(one) for one in items])
    )

    assert (done.scheme.status, len(items)) == ("adopted", len(starter.items))
    assert (again.added, again.changed, again.unchanged) == (0, 0, len(items))
    assert again.scheme.id == done.scheme.id


def test_one_that_there_is_not_is_refused() -> None:
    with pytest.raises(scoring.problems.StarterUnknown):
        scoring.starter_table("../sample/scheme")


def _named(name: str) -> Starter:
    [found] = [one for one in STARTERS if one.name == name]
    return found
