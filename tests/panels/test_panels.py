"""Panels: made, changed and ended with a reason each; who sits on them, and who is related to whom."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pointsbank import households, law, panels, proof, scoring, staff
from pointsbank.households.erasing import erase
from pointsbank.panels import members
from pointsbank.panels.checking import AreaInvalid, check_area
from pointsbank.scoring.attendance import attendance
from pointsbank.shortfalls import shortfalls
from pointsbank.text import ERASED
from tests.builders import NOW, VILLAGE
from tests.scoring.calling import HAO, LONG, Kept, keep

LATER = NOW + timedelta(days=1)


@pytest.fixture
def kept(database) -> Kept:
    return keep(database)


@pytest.fixture
def sqlite_kept(sqlite_database) -> Kept:
    return keep(sqlite_database)


def change(kept: Kept, verb, **given):
    """Change the panel."""
    return kept.write(verb, **({"panel_id": kept.panel} | given))


def test_a_panel_says_who_sits_and_whose_relatives_live_where(kept):
    [found] = kept.read(panels.panels)

    assert (found.name, found.kind, found.rule, found.area) == ("村评议小组", "village", "mean", ())
    assert [(one.name, one.seat, one.code) for one in found.members] == [
        ("龙凤泉", "worthy", "0101"),
        ("郝田发", "cadre", ""),
    ]
    assert [(one.code, one.relation) for one in found.members[0].relatives] == [("0201", "child")]


@pytest.mark.parametrize(
    ("kind", "groups", "may"),
    [
        ("village", [], True),
        ("group", ["a"], True),
        ("group", [], False),
        ("village", ["a"], False),
        ("group", ["x"], False),
    ],
)
def test_an_area_fits_the_kind_of_the_panel(kind, groups, may):
    if may:
        check_area(kind, groups, ["a", "b"])
    else:
        with pytest.raises(AreaInvalid):
            check_area(kind, groups, ["a", "b"])


def test_a_panel_has_its_most_members(sqlite_kept, monkeypatch):
    monkeypatch.setattr(members, "MAXIMUM_MEMBERS", 2)

    with pytest.raises(panels.problems.PanelFull, match="最多2人"):
        change(sqlite_kept, panels.add_member, name="田大满", seat="worthy")


@pytest.mark.parametrize("panel", ["", "x" * 16, "\x00"])
def test_a_panel_that_there_is_not_is_named_by_nobody(kept, panel):
    with pytest.raises(panels.problems.PanelUnknown):
        kept.read(panels.panel, panel_id=panel)


def test_a_relative_lives_in_a_household_and_is_dropped_where_one_was_named(sqlite_kept):
    with pytest.raises(panels.problems.RelativeUnknown):
        change(sqlite_kept, panels.name_relative, number=LONG, household="", relation="child")
    with pytest.raises(panels.problems.RelativeUnknown):
        change(sqlite_kept, panels.drop_relative, number=LONG, household="0302")


def test_only_elders_sit_on_a_group_s_panel(sqlite_kept):
    given = {"kind": "group", "name": "一组评议小组", "rule": "trimmed"}
    made = sqlite_kept.write(panels.make_panel, groups=[sqlite_kept.stage.village.wang.group_id], **given)

    with pytest.raises(panels.problems.SeatInvalid, match="寨老、乡贤、老党员、老干部"):
        change(sqlite_kept, panels.add_member, panel_id=made.id, name="李主任", seat="cadre")
    joined = change(sqlite_kept, panels.add_member, panel_id=made.id, name="石传英", seat="village_elder")
    assert (joined.area, [one.name for one in joined.members]) == (("一组",), ["石传英"])


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("村评议小组", panels.problems.PanelExists),
        ("王建国评议小组", law.problems.NamesSomebody),
        ("低保户评议小组", law.problems.Wording),
    ],
)
def test_a_name_that_is_taken_or_may_not_hang_is_refused(sqlite_kept, name, refusal):
    with pytest.raises(refusal):
        sqlite_kept.write(panels.make_panel, kind="village", name=name, rule="mean")


def test_one_person_sits_once_and_a_namesake_by_the_household(sqlite_kept):
    with pytest.raises(panels.problems.MemberSeated):
        change(sqlite_kept, panels.add_member, name="龙凤泉", seat="worthy", household="0101")

    found = change(sqlite_kept, panels.add_member, name="龙凤泉", seat="worthy", household="0102")
    assert [one.number for one in found.members] == [1, 2, 3]


def test_a_member_is_put_right_leaves_and_may_come_back(kept):
    change(
        kept,
        panels.change_member,
        number=HAO,
        name="郝田发",
        seat="worthy",
        household="0302",
        reason="补户号",
    )
    left = change(kept, panels.end_member, number=HAO, reason="换届", at=LATER)

    assert left.sitting_on(NOW.date() + timedelta(days=2)) == left.members[:1]
    with pytest.raises(panels.problems.MemberUnknown):
        change(kept, panels.end_member, number=HAO, reason="换届")
    assert (
        change(kept, panels.add_member, name="郝田发", seat="worthy", household="0302").members[2].number == 3
    )


def test_an_account_of_another_village_is_not_there(sqlite_kept):
    with pytest.raises(staff.problems.StaffUnknown):
        change(sqlite_kept, panels.add_member, name="周文书", seat="cadre", login="nobody")


def test_nothing_about_a_panel_that_ended_changes(kept):
    ended = change(kept, panels.end_panel, reason="换届")

    assert ended.ended_at == NOW
    assert kept.read(panels.panels) == []
    assert kept.read(panels.names, ids={kept.panel}) == {kept.panel: ended.name}
    assert kept.read(panels.names, ids=()) == {}
    for verb, given in (
        (panels.add_member, {"name": "石传英", "seat": "worthy"}),
        (panels.name_relative, {"number": LONG, "household": "0302", "relation": "child"}),
        (panels.end_panel, {"reason": "再一次"}),
    ):
        with pytest.raises(panels.problems.PanelEnded):
            change(kept, verb, **given)
    with pytest.raises(panels.problems.PanelEnded):
        kept.call()


def test_each_change_is_an_entry_of_the_log_and_every_row_is_vouched_for(kept):
    change(kept, panels.change_panel, name="评议委员会", rule="trimmed", groups=[], reason="代表会议决定")
    change(kept, panels.drop_relative, number=LONG, household="0201")
    change(kept, panels.name_relative, number=LONG, household="0302", relation="in_law")
    change(kept, panels.end_member, number=HAO, reason="换届")
    change(kept, panels.end_panel, reason="换届")

    database = kept.stage.village.database
    assert proof.verify(database, village=VILLAGE).findings == ()
    assert shortfalls(database) == []
    with database.writing() as session:
        session.connection().execute(text("DELETE FROM panel_relative"))
    assert [one.table for one in proof.verify(database, village=VILLAGE).findings] == ["panel_relative"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM panel",
        "DELETE FROM panel_member",
        "UPDATE panel_member SET name = '别人' WHERE number = 2",
        "UPDATE panel_member SET since = '2020-01-01'",
        "UPDATE panel_relative SET relation = 'spouse'",
    ],
)
def test_the_database_itself_keeps_who_sat(kept, statement: str):
    change(kept, panels.end_member, number=HAO, reason="换届")

    with pytest.raises(DatabaseError), kept.stage.village.database.writing() as session:
        session.connection().execute(text(statement))


def test_a_forgotten_household_is_nobody_s_relative_and_has_no_name_on_a_panel(kept):
    change(kept, panels.name_relative, number=HAO, household="0101", relation="in_law")
    meeting = kept.convene()
    kept.write(scoring.close_meeting, meeting=meeting.meeting)
    for code in ("0101", "0201"):
        close(kept, code)
        kept.write(erase, participant=code, reason="own_request", at=LATER)

    [found] = kept.read(panels.panels)
    assert [(one.name, one.relatives) for one in found.members] == [(ERASED, ()), ("郝田发", ())]
    people = kept.read(attendance, meeting=meeting.meeting)
    assert [relation for one in people for _, relation in one.relatives] == [ERASED] * 2
    assert proof.verify(kept.stage.village.database, village=VILLAGE).findings == ()


def test_a_household_that_becomes_part_of_another_takes_its_relations_along(kept):
    close(kept, "0201", heir="0302")
    close(kept, "0101", heir="0303")

    [member, _] = kept.read(panels.panels)[0].members
    assert member.code == "0303"
    assert {one.code: one.relation for one in member.relatives}["0302"] == "child"
    assert "0302" in [one.code for one in member.relatives]


def close(kept: Kept, code: str, **given) -> None:
    kept.write(households.close, participant=code, decision="村委会决定", request_id=f"close-{code}", **given)
