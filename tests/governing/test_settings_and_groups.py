"""What a village chooses and how it is divided: every change is an entry of its log, with old and new."""

from datetime import timedelta

import pytest

from pointsbank import governing, ledger, roster, spreadsheets, villages
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.villages.problems import GroupUnknown, VillageSettingInvalid, VillageSettingUnknown
from tests.builders import COMMITTEE, NOW, VILLAGE, Chayuan, chayuan

LATER = NOW + timedelta(hours=1)


def newest(village: Chayuan, kind: str) -> ledger.LogEntry:
    """The newest entry of a kind."""
    [entry] = village.read(ledger.log_entries, kinds=[kind], limit=1)
    assert isinstance(entry, ledger.LogEntry)
    return entry


def size(village: Chayuan) -> int:
    """How many entries the log has."""
    return int(village.read(ledger.tree_head).size)


def test_a_changed_setting_is_told_with_its_old_and_its_new_value(database: Database):
    village = chayuan(database)

    village.write(governing.change_settings, notice_days=5, daily_limit=2500)

    entry = newest(village, "settings_changed")
    assert entry.actor == COMMITTEE
    assert entry.words is not None
    assert entry.words["changes"] == [["notice_days", 3, 5], ["daily_limit", None, 2500]]
    assert entry.words["settings"]["notice_days"] == 5
    sentence = ledger.describe(entry.kind, entry.words, str)
    assert sentence == "公示天数：3天 → 5天；每户每日兑换上限：不限 → 25分"


def test_what_is_set_to_what_it_is_makes_no_entry(sqlite_database: Database):
    village = chayuan(sqlite_database)
    before = size(village)

    assert village.write(governing.change_settings, notice_days=3) == []

    assert size(village) == before


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("notice_days", 0, VillageSettingInvalid),
        ("notice_days", 61, VillageSettingInvalid),
        ("notice_days", True, VillageSettingInvalid),
        ("daily_limit", 0, VillageSettingInvalid),
        ("second_check_day", None, VillageSettingInvalid),
        ("deduction_floor", "somewhere", VillageSettingInvalid),
        ("contact_phone", "1" * 41, VillageSettingInvalid),
        ("contact_phone", "1\n2", VillageSettingInvalid),
        ("contact_phone", "1 王建国嗜酒", VillageSettingInvalid),
        ("hotline", "举报0101户", VillageSettingInvalid),
        ("hotline", "-", VillageSettingInvalid),
        ("contact_phone", "转12", VillageSettingInvalid),
        ("mayor", 1, VillageSettingUnknown),
    ],
)
def test_a_refused_value_changes_nothing_and_is_not_told(
    sqlite_database: Database, name: str, value: object, refusal: type[Problem]
):
    village = chayuan(sqlite_database)
    before = size(village)

    with pytest.raises(refusal):
        village.write(governing.change_settings, red_places=3, **{name: value})

    assert (size(village), village.read(villages.settings).red_places) == (before, 10)


@pytest.mark.parametrize(
    ("name", "typed", "value", "shown"),
    [
        ("notice_days", " ７ ", 7, "7天"),
        ("second_check_single", "2.5", 250, "2.5分"),
        ("daily_limit", "", None, "不限"),
        ("deduction_floor", "可以扣成负数", "below_zero", "可以扣成负数"),
        ("names_on_cards", "named", "named", "写全名"),
        ("hotline", " 12345 ", "12345", "12345"),
        ("contact_phone", "（0744）555转8", "(0744)555转8", "(0744)555转8"),
        ("hotline", "", "", "（不印）"),
    ],
)
def test_a_setting_is_read_as_people_type_it(name: str, typed: str, value: object, shown: str):
    setting = villages.setting(name)

    assert setting.read(typed) == value
    assert setting.show(value) == shown  # type: ignore[arg-type]
    assert setting.read(setting.typed(value)) == value  # type: ignore[arg-type]


@pytest.mark.parametrize("typed", ["", "3.5", "-1", "0", "61", "٣", "1e1", "三"])
def test_a_number_of_days_is_digits_within_its_bounds(typed: str):
    with pytest.raises(VillageSettingInvalid, match="1至60"):
        villages.setting("notice_days").read(typed)


def test_groups_are_told_when_a_file_a_person_or_a_hand_makes_them(database: Database):
    village = chayuan(database)

    village.write(governing.make_group, name="四组")
    village.write(roster.add, code="0501", name="李秀英", group="五组")
    table = spreadsheets.read_table("roster.csv", "户号,户主,小组,人口\n0601,周丽,六组,2\n".encode())
    village.write(roster.import_roster, table=table)

    made = village.read(ledger.log_entries, kinds=["group_made"])
    assert [entry.words["name"] for entry in made] == ["六组", "五组", "四组"]


def test_a_group_is_renamed_and_its_people_stay(database: Database):
    village = chayuan(database)
    first = village.read(villages.group_by_name, name="一组")

    village.write(governing.rename_group, group=first.id, name="河东组")

    assert village.read(roster.by_code, code="0101").group == "河东组"
    entry = newest(village, "group_renamed")
    assert ledger.describe(entry.kind, entry.words, str) == "一组改名为河东组"
    with pytest.raises(governing.problems.GroupExists):
        village.write(governing.rename_group, group=first.id, name="二组")


def test_a_group_closes_once_it_is_empty_and_opens_again_by_its_name(database: Database):
    village = chayuan(database)
    group = village.write(governing.make_group, name="四组")
    second = village.read(villages.group_by_name, name="二组")

    with pytest.raises(governing.problems.GroupNotEmpty):
        village.write(governing.close_group, group=second.id)
    village.write(governing.close_group, group=group.id, at=LATER)

    assert "四组" not in [one.name for one in village.read(villages.groups)]
    assert newest(village, "group_closed").words == {
        "group": group.id,
        "name": "四组",
        "closed_at": LATER.isoformat(),
    }
    with pytest.raises(GroupUnknown):
        village.write(governing.close_group, group=group.id)
    assert village.write(governing.make_group, name="四组").id == group.id


def test_a_group_of_another_village_is_unknown(sqlite_database: Database):
    village = chayuan(sqlite_database)
    village.found_neighbour()
    first = village.read(villages.group_by_name, name="一组")

    for verb, arguments in ((governing.close_group, {}), (governing.rename_group, {"name": "新组"})):
        with pytest.raises(GroupUnknown):
            village.write(verb, village="zhuyuan", group=first.id, **arguments)


def test_the_log_of_a_village_begins_with_its_name_and_settings(sqlite_database: Database):
    with sqlite_database.writing() as session:
        governing.found_village(session, code=VILLAGE, name="茶源村", by="operator", at=NOW)

    with sqlite_database.reading() as session:
        [entry] = ledger.log_entries(session, village=VILLAGE)
    assert entry.words is not None
    assert (entry.words["name"], entry.words["settings"]["notice_days"]) == ("茶源村", 3)
