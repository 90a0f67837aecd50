"""A meeting is called, begins on its day, and says who leaves whom to the others."""

from datetime import date, timedelta

import pytest

from pointsbank import panels, scoring
from pointsbank.labels.agenda_kind import AGENDA_KIND
from pointsbank.panels import Panel
from pointsbank.scoring import attending
from pointsbank.scoring.agenda import check_agenda
from pointsbank.scoring.attendance import JudgesInvalid
from pointsbank.scoring.attendance import attendance as attendance_of
from pointsbank.scoring.proposing import CallDayInvalid, check_call_day, check_may_begin, proposed_panel
from pointsbank.scoring.recusal import NobodyLeft, SeatedJudge, recused_from
from pointsbank.spreadsheets.problems import BadRows
from tests.builders import NOW
from tests.scoring.calling import HAO, LONG, TODAY, TOMORROW, Kept, keep
from tests.scoring.panel import AUGUST

OWN, CHILD, OTHER = (scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0201", "0302"))
JUDGES = (SeatedJudge("龙凤泉", frozenset({"own", "child"})), SeatedJudge("郝田发", frozenset({"child"})))


@pytest.fixture
def kept(database) -> Kept:
    return keep(database)


@pytest.fixture
def sqlite_kept(sqlite_database) -> Kept:
    return keep(sqlite_database)


@pytest.mark.parametrize(
    ("judges", "participant", "recused"),
    [
        (JUDGES, "own", ["龙凤泉"]),
        (JUDGES, "somebody", []),
        (JUDGES[1:], "own", []),
        ((*JUDGES, SeatedJudge("周文书")), "child", ["龙凤泉", "郝田发"]),
        ((), "own", []),
    ],
    ids=["own household", "a stranger", "who is absent is not recused", "relatives of two", "nobody judges"],
)
def test_who_is_recused_from_whom(judges, participant, recused):
    assert recused_from(judges, participant) == recused


def test_where_all_are_recused_nobody_judges():
    with pytest.raises(NobodyLeft):
        recused_from(JUDGES, "child")


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (60, True), (61, False)])
def test_a_meeting_is_called_for_today_or_up_to_sixty_days_ahead(days: int, may: bool):
    day = TODAY + timedelta(days=days)
    if may:
        check_call_day(day, today=TODAY)
    else:
        with pytest.raises(CallDayInvalid, match="2026年9月1日和2026年10月31日之间"):
            check_call_day(day, today=TODAY)


@pytest.mark.parametrize(
    ("today", "cancelled", "refused"),
    [
        (TODAY, False, scoring.problems.DayNotCome),
        (TOMORROW, False, None),
        (TOMORROW + timedelta(days=3), False, None),
        (TOMORROW, True, scoring.problems.MeetingCancelled),
    ],
)
def test_a_meeting_begins_on_its_day_or_later_unless_cancelled(today, cancelled, refused):
    if refused is None:
        check_may_begin(TOMORROW, today=today, cancelled=cancelled)
    else:
        with pytest.raises(refused):
            check_may_begin(TOMORROW, today=today, cancelled=cancelled)


def a_panel(id: str, kind: str) -> Panel:
    return Panel(id, kind, id, "mean", (), (), (), NOW, None)


A, B, WHOLE = a_panel("a", "group"), a_panel("b", "group"), a_panel("w", "village")


@pytest.mark.parametrize(
    ("known", "last", "proposed"),
    [([], None, None), ([A, WHOLE], None, WHOLE), ([A, WHOLE], "a", A), ([A, B], "gone", A)],
    ids=["no panel", "the village's own", "last time's", "last time's has ended"],
)
def test_which_panel_is_proposed(known, last, proposed):
    assert proposed_panel(known, last) is proposed


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ("", []),
        ("评分\n\n 文明家庭 ", [("scores", ""), ("civil_families", "")]),
        ("红榜提名：修桥的几户", [("red_board", "修桥的几户")]),
        ("黑榜提名:乱倒垃圾", [("black_board", "乱倒垃圾")]),
        ("水费怎么收：按人", [("other", "水费怎么收：按人")]),
        ("其他：水费", [("other", "水费")]),
    ],
)
def test_a_line_of_the_agenda_begins_with_its_kind_or_is_something_else(written, lines):
    assert [(one.kind, one.subject) for one in scoring.read_agenda(written)] == lines


def test_what_is_shown_of_an_agenda_is_read_again():
    for kind in AGENDA_KIND.codes:
        for subject in ("", "修桥"):
            line = scoring.AgendaLine(kind, subject)
            [again] = scoring.read_agenda(line.words)
            assert (again.kind, again.subject) == (kind, subject)


@pytest.mark.parametrize("written", ["评分\n" * 31, "其他：" + "长" * 201])
def test_an_agenda_that_is_too_long_is_refused(written):
    with pytest.raises(scoring.problems.AgendaInvalid):
        check_agenda(scoring.read_agenda(written))


def test_nothing_is_entered_before_a_called_meeting_begins(kept):
    called = kept.call(place="村委会二楼")

    assert (called.status, called.panel) == ("called", "村评议小组")
    with pytest.raises(scoring.problems.NotYetOpen, match="定在2026年9月2日"):
        kept.write(scoring.enter_scores, meeting=called.id, rows=[OTHER])
    with pytest.raises(scoring.problems.DayNotCome, match="2026年9月2日"):
        kept.write(scoring.begin_called, call_id=called.id)

    later = {"at": NOW + timedelta(days=1)}
    opened = kept.write(scoring.begin_called, call_id=called.id, guests=["李主任"], **later)

    assert (opened.id, opened.status, opened.held_on) == (called.id, "open", TOMORROW)
    assert opened.judges == ("龙凤泉", "郝田发", "李主任")
    assert kept.write(scoring.enter_scores, meeting=called.id, rows=[OTHER], **later)[0].recused == ""


def test_a_call_is_changed_until_the_meeting_begins(kept):
    called = kept.call()
    kept.write(scoring.change_call, call_id=called.id, day=TODAY, title="九月会", panel=kept.panel)
    kept.write(scoring.begin_called, call_id=called.id)

    for verb, given in (
        (scoring.change_call, {"day": TODAY, "title": "改"}),
        (scoring.cancel_call, {"reason": "雨"}),
    ):
        with pytest.raises(scoring.problems.MeetingBegun):
            kept.write(verb, call_id=called.id, **given)
    with pytest.raises(scoring.problems.MeetingBegun):
        kept.write(scoring.begin_called, call_id=called.id)
    assert kept.read(scoring.call, call_id=called.id).status == "begun"


@pytest.mark.parametrize("call", ["", "x" * 16, "\x00"])
def test_a_call_that_there_is_not_neither_shows_nor_begins(kept, call):
    for verb in (kept.read, kept.write):
        with pytest.raises(scoring.problems.CallUnknown):
            verb(scoring.call if verb == kept.read else scoring.begin_called, call_id=call)


def test_nobody_is_called_to_a_panel_that_has_ended_nor_begins_without_its_members(sqlite_kept):
    called = sqlite_kept.call(day=TOMORROW)
    for number in (LONG, HAO):
        given = {"panel_id": sqlite_kept.panel, "number": number, "reason": "换届"}
        sqlite_kept.write(panels.end_member, **given)
    with pytest.raises(JudgesInvalid, match="现在没有到场的成员"):
        sqlite_kept.write(scoring.begin_called, call_id=called.id, at=NOW + timedelta(days=1))

    sqlite_kept.write(panels.end_panel, panel_id=sqlite_kept.panel, reason="换届")
    with pytest.raises(panels.problems.PanelEnded):
        sqlite_kept.call()


def test_one_judge_stays_and_nobody_is_marked_who_is_not_there(sqlite_kept):
    meeting = sqlite_kept.convene()
    with pytest.raises(scoring.problems.AttendeeUnknown):
        sqlite_kept.write(scoring.set_presence, meeting=meeting.meeting, position=9, present=True)
    sqlite_kept.write(scoring.set_presence, meeting=meeting.meeting, position=LONG, present=False)

    with pytest.raises(JudgesInvalid, match="至少要有一位评议员到场"):
        sqlite_kept.write(scoring.set_presence, meeting=meeting.meeting, position=HAO, present=False)


def test_a_cancelled_meeting_does_not_begin(kept):
    called = kept.call(day=TODAY)
    cancelled = kept.write(scoring.cancel_call, call_id=called.id, reason="大雨")

    assert (cancelled.status, cancelled.reason) == ("cancelled", "大雨")
    assert kept.read(scoring.calls, waiting=True) == []
    with pytest.raises(scoring.problems.MeetingCancelled):
        kept.write(scoring.begin_called, call_id=called.id)
    with pytest.raises(scoring.problems.MeetingCancelled):
        kept.write(scoring.enter_scores, meeting=called.id, rows=[OTHER])


def test_a_member_leaves_the_own_and_a_relative_s_household_to_the_others(kept):
    meeting = kept.convene()

    assert [one.recused for one in meeting.enter(OWN, CHILD, OTHER)] == ["龙凤泉", "龙凤泉", ""]


def test_who_is_absent_neither_counts_nor_is_recused(kept):
    meeting = kept.convene(absentees=["郝田发"])

    with pytest.raises(BadRows, match="都要回避"):
        meeting.enter(CHILD)
    kept.write(scoring.set_presence, meeting=meeting.meeting, position=HAO, present=True)
    kept.write(scoring.set_presence, meeting=meeting.meeting, position=LONG, present=False)
    assert meeting.enter(CHILD)[0].recused == ""


def test_an_absentee_of_the_panel_comes_late_and_is_recused_then(sqlite_kept):
    meeting = sqlite_kept.convene(absentees=["龙凤泉"])
    [late] = [one for one in attendance(sqlite_kept, meeting) if one.role == "absentee"]

    sqlite_kept.write(scoring.set_presence, meeting=meeting.meeting, position=late.position, present=True)

    assert meeting.enter(CHILD)[0].recused == "龙凤泉"


def attendance(kept: Kept, meeting) -> list[scoring.Attendee]:
    return kept.read(attendance_of, meeting=meeting.meeting)


def test_a_meeting_keeps_the_relatives_with_whom_it_began(sqlite_kept):
    meeting = sqlite_kept.convene()
    sqlite_kept.write(panels.drop_relative, panel_id=sqlite_kept.panel, number=LONG, household="0201")

    assert meeting.enter(CHILD)[0].recused == "龙凤泉"
    assert sqlite_kept.convene().enter(CHILD)[0].recused == ""


def test_somebody_who_was_not_expected_sits_down(sqlite_kept):
    meeting = sqlite_kept.convene()
    people = sqlite_kept.write(scoring.add_attendee, meeting=meeting.meeting, name="李主任 0302")

    assert [one.name for one in people] == ["龙凤泉", "郝田发", "李主任"]
    assert meeting.enter(OTHER)[0].recused == "李主任"
    for again in ("李主任 0302", "郝田发"):
        with pytest.raises(scoring.problems.JudgesInvalid, match="已经登记过"):
            sqlite_kept.write(scoring.add_attendee, meeting=meeting.meeting, name=again)


def test_a_meeting_has_its_most_people(sqlite_kept, monkeypatch):
    meeting = sqlite_kept.convene().meeting
    monkeypatch.setattr(attending, "MAXIMUM_PEOPLE", 2)

    with pytest.raises(JudgesInvalid, match="最多填2位"):
        sqlite_kept.write(scoring.add_attendee, meeting=meeting, name="石老三")


def test_attendance_stays_once_the_minutes_are_sealed(sqlite_kept):
    meeting = sqlite_kept.convene()
    sqlite_kept.write(scoring.close_meeting, meeting=meeting.meeting)

    for verb, given in (
        (scoring.set_presence, {"position": LONG, "present": False}),
        (scoring.add_attendee, {"name": "李主任"}),
    ):
        with pytest.raises(scoring.problems.MeetingClosed):
            sqlite_kept.write(verb, meeting=meeting.meeting, **given)


def test_a_group_s_panel_scores_its_own_area_alone(kept):
    group = kept.stage.village.wang.group_id
    given = {"kind": "group", "name": "一组评议小组", "rule": "mean", "groups": [group]}
    panel = kept.write(panels.make_panel, **given).id
    kept.write(panels.add_member, panel_id=panel, name="石传英", seat="worthy")
    meeting = kept.convene(panel=panel)

    assert meeting.enter(OWN)[0].code == "0101"
    with pytest.raises(BadRows, match="一组评议小组的会，只评一组，户号0302不在其中"):
        meeting.enter(OTHER)


def test_minutes_are_numbered_by_year_and_say_what_they_must(kept):
    first, second = kept.convene(), kept.convene(place="祠堂")
    kept.write(scoring.set_outcomes, meeting=second.meeting, outcomes=["全部通过", "提名三户"])
    kept.write(scoring.set_presence, meeting=second.meeting, position=HAO, present=False)
    sealed = [
        kept.read(scoring.minutes_of, found=kept.write(scoring.close_meeting, meeting=one.meeting))
        for one in (second, first)
    ]

    assert [(one.year, one.number) for one in sealed] == [(2026, 1), (2026, 2)]
    assert (sealed[0].place, sealed[0].panel, sealed[0].rule) == ("祠堂", "村评议小组", "mean")
    assert [(one.words, one.outcome) for one in sealed[0].agenda] == [
        ("评分", "全部通过"),
        ("红榜提名", "提名三户"),
    ]
    assert [(one.name, one.role) for one in sealed[0].people] == [("龙凤泉", "judge"), ("郝田发", "absentee")]
    assert [[each.code for each, _ in one.relatives] for one in sealed[0].recused] == [["0201"]]


def test_a_meeting_that_nobody_called_is_numbered_too(sqlite_kept):
    stage = sqlite_kept.stage
    closed = stage.write(scoring.close_meeting, meeting=stage.meeting)

    minutes = stage.read(scoring.minutes_of, found=closed)
    assert (minutes.number, minutes.panel, minutes.agenda) == (1, "", ())
    assert closed.held_on == date(2026, 8, 25)
