"""Every table and column is witnessed by an entry of the log, or named as not, and why."""

from typing import get_args

import pytest
from sqlalchemy import Table

from pointsbank.ledger.constants import LOG_KINDS
from pointsbank.witness import RULES, Checked, NotShown, Unwitnessed, Witnessed
from tests.house.witnesses import PAGE, UNNAMED, printed, tables, written

TABLES = tables()


def test_every_table_has_its_rule_and_every_rule_its_table():
    assert {table.name for table in TABLES} == RULES.keys()


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_rule_names_columns_and_kinds_that_there_are(table: Table):
    rule = RULES[table.name]
    rules = [rule]
    if isinstance(rule, Witnessed):
        rules += rule.apart.values()
        columns = {*rule.apart, *rule.leaving, rule.by_words, rule.left_by} - {""}
        assert columns <= set(table.columns.keys())
        assert rule.left_by in rule.leaving or not rule.leaving
        assert rule.drawn_by in rule.key_names or not rule.draws
        assert not columns & set(table.primary_key.columns.keys())
    for one in rules:
        if isinstance(one, Unwitnessed):
            assert one.kind in get_args(NotShown)
            assert one.why
        else:
            assert set(one.kinds) <= set(LOG_KINDS)
        assert not isinstance(one, Checked) or one.by


def test_entries_say_what_is_in_a_table_or_it_is_listed_why_not():
    told = {name: one for name, one in RULES.items() if isinstance(one, Witnessed) and one.kinds}

    assert {name for name, one in told.items() if not one.named_by} == UNNAMED.keys()
    for one in told.values():
        assert one.named_by.keys() == (set(one.kinds) if one.named_by else set())


def test_the_promises_say_what_holds(write: bool):
    if write:
        PAGE.write_text(written(PAGE.read_text("utf-8")), encoding="utf-8")

    assert printed() in PAGE.read_text("utf-8")
