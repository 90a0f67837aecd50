"""A file is edited with a reason: the log keeps what was, and a file can be read back as it was."""

from typing import Any

import pytest

from pointsbank import ledger, proof, roster, villages
from pointsbank.roster import NewFacts
from pointsbank.spreadsheets import Table
from pointsbank.text import TextInvalid
from tests.builders import NOW, VILLAGE, Chayuan


def edit(village: Chayuan, code: str = "0101", reason: str = "户主更换", **facts: Any) -> roster.Participant:
    """Edit 王建国's file, unless said otherwise."""
    done = village.write(roster.edit, code=code, facts=NewFacts(**facts), reason=reason)
    assert isinstance(done, roster.Participant)
    return done


def test_what_is_given_changes_and_the_log_says_what_was_and_why(village: Chayuan) -> None:
    done = edit(village, name="王小军", people=3, address="河东12号", group="二组", status="away")

    now = (done.name, done.people, done.address, done.group, done.status)
    assert now == ("王小军", 3, "河东12号", "二组", "away")
    assert [one.code for one in village.read(roster.find, query="wxj").items] == ["0101"]
    [entry] = village.read(ledger.log_entries, kinds=["household_changed"])
    assert entry.words["changes"] == {
        "name": ["王建国", "王小军"],
        "people": [4, 3],
        "address": ["", "河东12号"],
        "group": ["一组", "二组"],
        "status": ["active", "away"],
    }
    assert ledger.describe(entry.kind, entry.words, lambda one: "王小军") == (
        "王小军：户主由王建国改为王小军，人口由4改为3，地址由（空）改为河东12号，"
        "小组由一组改为二组，状态由正常改为常年在外（户主更换）"
    )
    assert proof.verify(village.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"name": "王建国"}, roster.problems.NothingToEdit),
        ({"name": " "}, TextInvalid),
        ({"people": 101}, roster.problems.ParticipantInvalid),
        ({"group": "九组"}, villages.problems.GroupUnknown),
        ({"group": ""}, roster.problems.ParticipantInvalid),
        ({"status": "closed"}, roster.problems.ParticipantInvalid),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(village: Chayuan, facts: Any, refusal: Any) -> None:
    with pytest.raises(refusal):
        edit(village, **facts)
    with pytest.raises(TextInvalid):
        edit(village, people=2, reason=" ")
    assert village.read(ledger.log_entries, kinds=["household_changed"]) == []


def test_only_people_are_away(village: Chayuan) -> None:
    with pytest.raises(roster.problems.ParticipantInvalid, match="常年在外"):
        edit(village, "Z01", status="away")


def test_a_file_reads_as_it_was_at_an_entry(village: Chayuan) -> None:
    edit(village, people=5)
    [then] = village.read(ledger.log_entries, limit=1)
    edit(village, name="王小军", group="二组")
    edit(village, name="王小明")

    now = {"w": village.read(roster.by_code, code="0101")}
    people = {one.id: one for one in now.values()}
    was = village.read(roster.as_of, people=people, index=then.index)[now["w"].id]

    assert (was.name, was.group, was.people) == ("王建国", "一组", 5)
    assert now["w"].name == "王小明"


def test_an_import_changes_the_same_fields_and_tells_the_same(village: Chayuan) -> None:
    edit(village, name="王小军")
    rows = [("0101", "王小军", "二组", "4")]
    given = Table.of(("户号", "户主", "小组", "人口"), rows)

    done = village.write(roster.import_roster, table=given)
    again = village.write(roster.import_roster, table=given)

    assert (done.changed, again.changed, again.unchanged) == (1, 0, 1)
    newest, first = village.read(ledger.log_entries, kinds=["household_changed"])
    assert newest.words["changes"] == {"group": ["一组", "二组"]}
    assert (newest.words["note"], first.words["note"]) == ("导入花名册", "户主更换")
    assert proof.verify(village.database, village=VILLAGE).findings == ()


@pytest.mark.parametrize("kind", ["village", "street", "keeper"])
def test_a_village_a_street_and_a_keeper_hold_points_too(village: Chayuan, kind: str) -> None:
    name = {"village": "茶源村", "street": "河东街", "keeper": "周保清"}[kind]
    one = village.write(roster.add, code="G01", name=name, kind=kind)

    assert village.read(roster.by_code, code="G01").kind == kind
    named = {person.name for person in village.read(roster.persons)}
    assert (name in named) == (kind == "keeper")
    village.give(one, 5)
    assert proof.verify(village.database, village=VILLAGE).findings == ()


def test_a_roster_may_say_cleaner_or_road(village: Chayuan) -> None:
    rows = [("B01", "周保清", "", "", "保洁员"), ("J01", "河东路", "", "", "道路")]
    village.write(
        roster.import_roster,
        table=Table.of(("户号", "户主", "小组", "人口", "类别"), rows),
        at=NOW,
        confirmed=True,
    )

    kinds = {code: village.read(roster.by_code, code=code).kind for code in ("B01", "J01")}
    assert kinds == {"B01": "keeper", "J01": "street"}
