"""Settings, groups, prices, roles and logins are changed in one place each, which tells the log."""

import ast
from collections.abc import Iterator

import pytest

from pointsbank import choosing, labels, ledger
from pointsbank.errors import every_problem
from pointsbank.ledger.constants import LOG_KINDS, TRANSACTION_KINDS
from pointsbank.ledger.describing import described_kinds
from pointsbank.villages.setting_list import SETTINGS
from pointsbank.villages.settings import Settings
from tests.house.calls import functions, used
from tests.house.source import modules

WRITTEN_BY = {
    "pointsbank.villages.settings.change_settings": {
        "pointsbank.governing.founding",
        "pointsbank.governing.settings",
    },
    "pointsbank.villages.groups.add_groups": {
        "pointsbank.governing.groups",
        "pointsbank.roster.importing",
        "pointsbank.roster.participants",
    },
    "pointsbank.villages.groups.rename_group": {"pointsbank.governing.groups"},
    "pointsbank.villages.groups.close_group": {"pointsbank.governing.groups"},
    "pointsbank.villages.townships.rename_township": {"pointsbank.governing.townships"},
    "pointsbank.villages.townships.place_village": {"pointsbank.governing.townships"},
    "pointsbank.villages.village.create": {"pointsbank.ledger.accounts"},
    "pointsbank.ledger.accounts.found_village": {"pointsbank.governing.founding"},
    "pointsbank.market.prices.add_prices": {"pointsbank.market.goods", "pointsbank.market.importing"},
    "pointsbank.market.goods.write_new": {"pointsbank.market.goods", "pointsbank.market.importing"},
    "pointsbank.staff.accounts.add": {"pointsbank.governing.people", "pointsbank.staff.setup"},
    "pointsbank.staff.accounts.set_roles": {"pointsbank.governing.people", "pointsbank.staff.accounts"},
    "pointsbank.staff.accounts.remove_roles": {"pointsbank.governing.people"},
    "pointsbank.staff.disabling.disable": {"pointsbank.governing.people"},
    "pointsbank.staff.disabling.enable": {"pointsbank.governing.people"},
    "pointsbank.staff.setup.use_setup_code": {"pointsbank.governing.people"},
}
"""Who may call what changes a row that the log tells of: nobody else, or the log would not hear of it."""

ROWS = {
    "SettingsRow": {"pointsbank.villages"},
    "GroupRow": {"pointsbank.villages"},
    "VillageRow": {"pointsbank.villages"},
    "TownshipRow": {"pointsbank.villages"},
    "VillageTownshipRow": {"pointsbank.villages"},
    "PriceRow": {"pointsbank.market.prices"},
    "StaffRoleRow": {"pointsbank.staff"},
}
"""Which modules make, change or delete rows of these tables at all."""


def test_every_change_goes_through_the_verb_that_tells_the_log():
    around = [
        f"{module.name} calls {target}"
        for module in modules("pointsbank", "scripts")
        for target in sorted(used(module) & WRITTEN_BY.keys())
        if module.name not in WRITTEN_BY[target]
    ]

    assert not around


def test_what_may_not_be_called_is_there():
    assert not WRITTEN_BY.keys() - functions().keys()


def test_nobody_else_writes_their_rows():
    elsewhere = [
        f"{module.place}: {row}"
        for module in modules("pointsbank", "scripts")
        for row in _written(module.tree)
        if not any(f"{module.name}.".startswith(f"{place}.") for place in ROWS[row])
    ]

    assert not elsewhere


@pytest.mark.parametrize(
    "source", ["GroupRow(id=1)", "session.exec(update(PriceRow))", "delete(StaffRoleRow).where(x)"]
)
def test_a_row_written_elsewhere_would_be_found(source: str):
    assert list(_written(ast.parse(source)))


def test_every_kind_of_entry_has_a_word_and_a_sentence():
    every_problem()  # imports the whole program, as a server does

    assert set(LOG_KINDS) == set(labels.families()["log_kind"].names)
    assert set(LOG_KINDS) - set(TRANSACTION_KINDS) - described_kinds() == set()
    assert described_kinds() <= set(LOG_KINDS)


def test_every_setting_is_declared_with_its_word():
    names = [one.name for one in SETTINGS]

    assert sorted(names) == sorted(Settings.__dataclass_fields__)
    assert {one.name for one in choosing.every()} == set(labels.families()["village_setting"].names)
    assert all(
        one.note.endswith("。") and one.effect.endswith("。") and one.source.endswith("。") and one.bounds
        for one in choosing.every()
    )


def test_words_that_were_erased_or_are_older_are_no_crash():
    assert ledger.describe("group_closed", None, str) == "（资料已删除）"
    assert ledger.describe("group_closed", {}, str) == ""


def _written(tree: ast.AST) -> Iterator[str]:
    """The rows that a module makes, or hands to insert, update or delete."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            if name in ROWS:
                yield name
            elif name in ("insert", "update", "delete"):
                yield from (one.id for one in node.args if isinstance(one, ast.Name) and one.id in ROWS)
