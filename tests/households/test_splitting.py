"""A household splits, moves, ends while it is listed: what goes along, what stays, what stands against it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pointsbank import boards, households, ledger, proof, roster, scoring, villages
from pointsbank.households import Share
from pointsbank.households.splitting import HouseholdSplit
from pointsbank.ledger import Balance
from pointsbank.points import Points, whole
from pointsbank.text import TextInvalid
from tests.builders import NOW, VILLAGE, Chayuan
from tests.ledger.moves import deduction
from tests.scoring.panel import scheme_table

SHARE = Share(code="0104", name="王小军", people=2)
MEETING = "8月20日村民小组会议，长子一家分出"


def split(village: Chayuan, share: Share = SHARE, **changes: Any) -> HouseholdSplit:
    """王小军's family leaves 王建国's household, unless said otherwise."""
    given = {"participant": "0101", "share": share, "decision": MEETING, "request_id": "split-0001"}
    done = village.write(households.split, **(given | changes))
    assert isinstance(done, HouseholdSplit)
    return done


def who(village: Chayuan, code: str) -> roster.Participant:
    """A household as it stands."""
    found = village.read(roster.by_code, code=code)
    assert isinstance(found, roster.Participant)
    return found


def test_people_leave_and_points_go_as_the_decision_says(village: Chayuan) -> None:
    village.give(village.wang, 30)
    done = split(village, replace(SHARE, points=whole(10), honour=whole(4), address="河东12号"))

    old, new = who(village, "0101"), who(village, "0104")
    assert (old.people, new.people, new.name, new.group, new.kind) == (2, 2, "王小军", "一组", "household")
    assert (village.balance(old), village.balance(new)) == (
        Balance(whole(20), whole(26)),
        Balance(whole(10), whole(4)),
    )
    lines = [village.read(ledger.statement, participant=one.id).lines[0] for one in (old, new)]
    assert [(line.kind, line.amount, line.words["note"]) for line in lines] == [
        ("transfer", -1000, MEETING),
        ("transfer", 1000, MEETING),
    ]
    assert (done.new, done.code) == (new.id, "0104")
    [entry] = village.read(ledger.log_entries, kinds=["household_split"])
    assert ledger.describe(
        entry.kind, entry.words, lambda one: {old.id: "王建国", new.id: "王小军"}[one]
    ) == (f"王建国：分出王小军（{MEETING}）")
    assert proof.verify(village.database, village=VILLAGE).findings == ()


def test_all_stays_where_no_figure_is_named_the_card_and_the_month_too(village: Chayuan) -> None:
    village.give(village.wang, 30)
    card = village.card(village.wang)
    split(village)

    assert village.balance(village.wang) == Balance(whole(30), whole(30))
    assert village.balance(who(village, "0104")) == Balance(Points(0), Points(0))
    assert village.read(roster.look_up, text=card.token).participant.code == "0101"
    assert village.read(ledger.log_entries, kinds=["transfer"]) == []


@pytest.mark.parametrize(
    ("share", "refusal"),
    [
        (replace(SHARE, points=Points(3001)), households.problems.ShareInvalid),
        (replace(SHARE, honour=Points(3001)), households.problems.ShareInvalid),
        (replace(SHARE, points=Points(-1)), households.problems.ShareInvalid),
        (replace(SHARE, people=4), households.problems.PeopleInvalid),
        (replace(SHARE, people=0), households.problems.PeopleInvalid),
        (replace(SHARE, code="0102"), roster.problems.ParticipantExists),
        (replace(SHARE, code="0 1"), TextInvalid),
        (replace(SHARE, name=" "), TextInvalid),
        (replace(SHARE, group="九组"), villages.problems.GroupUnknown),
    ],
)
def test_what_cannot_leave_is_refused_and_nothing_happens(
    village: Chayuan, share: Share, refusal: Any
) -> None:
    village.give(village.wang, 30)

    with pytest.raises(refusal):
        split(village, share)

    assert who(village, "0101").people == 4
    assert village.balance(village.wang) == Balance(whole(30), whole(30))


def test_only_a_household_that_lives_splits(village: Chayuan) -> None:
    with pytest.raises(households.problems.NoHousehold):
        split(village, participant="Z01")
    with pytest.raises(TextInvalid):
        split(village, decision=" ")
    village.write(households.close, participant="0101", decision="迁出", request_id="close-0001")
    with pytest.raises(roster.problems.ParticipantClosed):
        split(village)


def test_asking_twice_splits_once(village: Chayuan) -> None:
    village.give(village.wang, 30)
    share = replace(SHARE, points=whole(10))
    first, again = split(village, share), split(village, share)

    assert (again.status, again.new) == ("replayed", first.new)
    assert village.balance(village.wang).points == whole(20)


def test_who_owes_points_shares_none(village: Chayuan) -> None:
    village.write(ledger.post, entries=[deduction(village.wang, 5, at_most_balance=False)])

    with pytest.raises(households.problems.ShareInvalid):
        split(village, replace(SHARE, points=Points(1)))
    split(village)
    assert village.balance(village.wang).points == whole(-5)


def test_a_household_moves_and_its_month_with_it(village: Chayuan) -> None:
    given = {"participant": "0101", "group": "二组", "decision": MEETING}
    moved = village.write(households.move, **given)

    assert moved.group == "二组"
    with pytest.raises(households.problems.InGroupAlready):
        village.write(households.move, **given)
    with pytest.raises(villages.problems.GroupUnknown):
        village.write(households.move, **(given | {"group": "九组"}))
    [entry] = village.read(ledger.log_entries, kinds=["household_changed"])
    assert (entry.words["item"], entry.words["note"]) == ("移到别的小组", MEETING)


def test_a_household_becomes_part_of_a_household_alone(village: Chayuan) -> None:
    given = {"participant": "0101", "heir": "Z01", "decision": MEETING, "request_id": "merge-0001"}
    with pytest.raises(households.problems.NoHousehold):
        village.write(households.close, **given)


def test_what_is_proposed_for_a_board_is_ended_first(village: Chayuan) -> None:
    resolved = {"resolution": "村民代表会议决议", "on": date(2026, 8, 1)}
    village.write(boards.resolve_black_board, **resolved)
    listing = village.write(
        boards.propose_black,
        month="2026-09",
        participant="0101",
        rule="村规民约第3条",
        fact="门前杂物堆放，三次提醒未清理",
    )
    ending = {"participant": "0101", "decision": "迁出", "request_id": "close-0001"}

    with pytest.raises(households.problems.ListingsOpen, match="还有1条"):
        village.write(households.close, **ending)
    village.write(boards.take_down, listing=listing.id, reason="全家迁出")
    village.write(households.close, **ending)

    with pytest.raises(roster.problems.ParticipantClosed):
        village.write(
            boards.propose_black,
            month="2026-09",
            participant="0101",
            rule="村规民约第3条",
            fact="门前杂物堆放",
        )


def test_scores_that_wait_are_named(village: Chayuan) -> None:
    village.write(scoring.import_scheme, table=scheme_table(), resolution="决议", from_date=date(2026, 1, 1))
    meeting = village.write(scoring.open_meeting, held_on=NOW.date(), title="评议会", judges=["李主任"]).id
    row = scoring.ScoreRow("0101", "助邻", date(2026, 8, 20))
    [entered] = village.write(scoring.enter_scores, meeting=meeting, rows=[row])

    assert village.read(scoring.unsettled_scores, participant=village.wang.id) == [(entered.id, "entered")]
