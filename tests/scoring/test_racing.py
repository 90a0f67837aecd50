"""Two hands at once: a cap is kept and a score is posted once, and without the lock it would not be."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from pointsbank import scoring
from pointsbank.points import whole
from pointsbank.scoring import ScoreRow, entering, importing
from pointsbank.spreadsheets import Table
from tests.scoring.panel import Panel, sit

HANDS = 4


def at_once(verb, arguments: list) -> list:
    """Call a verb from several threads that start together; answers, or what was raised."""
    start = Barrier(len(arguments))

    def call(argument):
        start.wait()
        try:
            return verb(argument)
        except Exception as problem:
            return problem

    with ThreadPoolExecutor(len(arguments)) as hands:
        return list(hands.map(call, arguments))


def enter_everywhere(panel: Panel, month: int) -> int:
    """The same household's sweeping entered into several meetings at once: the month's cap is 12."""
    meetings = [panel.next_meeting() for _ in range(HANDS)]
    rows = [ScoreRow("0101", "清扫", date(2026, month, day)) for day in (1, 2)]
    at_once(lambda meeting: meeting.enter(*rows), meetings)
    scores = [score for one in meetings for score in panel.read(scoring.scores, meeting=one.meeting)]
    assert len(scores) == 2 * HANDS
    return sum(score.counted_points for score in scores)


def test_a_cap_holds_when_several_meetings_are_entered_at_once(panel):
    assert [enter_everywhere(panel, month) for month in (6, 7, 8)] == [whole(12)] * 3


def test_without_the_lock_the_cap_would_not_hold(postgresql_database, monkeypatch):
    panel = sit(postgresql_database)
    monkeypatch.setattr(entering.ledger, "lock_accounts", lambda *_, **__: None)

    assert any(enter_everywhere(panel, month) > whole(12) for month in range(1, 9))


def test_a_score_settled_by_several_at_once_is_posted_once(panel):
    scores = panel.enter(*[ScoreRow("0101", "助邻", date(2026, 8, day)) for day in (1, 2, 3)])
    panel.publish()

    settled = at_once(lambda _: panel.settle(*scores), list(range(HANDS)))

    assert sum(len(answer.posted) for answer in settled) == len(scores)
    assert panel.balance(panel.village.wang) == (whole(30), whole(30))


def test_the_same_request_from_two_hands_is_one_act(panel):
    row = ScoreRow("0101", "助邻", date(2026, 8, 1))

    answers = at_once(lambda _: panel.enter(row, request_id="twice-0001"), [1, 2])

    assert answers[0] == answers[1]
    assert len(panel.read(scoring.scores, meeting=panel.meeting)) == 1


def test_a_meeting_closed_while_scores_are_entered_holds_all_or_none_of_them(panel):
    rows = [ScoreRow("0101", "助邻", date(2026, 8, day)) for day in range(1, 20)]
    verbs = [lambda: panel.enter(*rows), lambda: panel.write(scoring.close_meeting, meeting=panel.meeting)]

    entered, closed = at_once(lambda verb: verb(), verbs)

    held = len(panel.read(scoring.scores, meeting=panel.meeting))
    assert closed.scores == held
    assert held in ((0,) if isinstance(entered, scoring.problems.MeetingClosed) else (19,))


def test_a_file_imported_by_two_hands_is_entered_once(panel):
    table = Table.of(
        ["户号", "条目", "日期"], [["0101", "助邻", f"2026-08-{day:02d}"] for day in range(1, 20)]
    )
    imported = at_once(
        lambda _: panel.write(scoring.import_scores, meeting=panel.meeting, table=table), list(range(HANDS))
    )

    assert sorted(answer.added for answer in imported) == [0] * (HANDS - 1) + [19]


def test_a_file_and_single_rows_entered_at_once_do_not_wait_for_each_other_in_a_circle(panel):
    days = [date(2026, 8, day) for day in range(1, 11)]

    def by_file(day: date) -> None:
        rows = [[code, "助邻", day.isoformat()] for code in ("0101", "0303")]
        table = Table.of(["户号", "条目", "日期"], rows)
        panel.write(scoring.import_scores, meeting=panel.meeting, table=table)

    def by_hand(day: date) -> None:
        panel.enter(*[ScoreRow(code, "助邻", day, note="现场") for code in ("0303", "0101")])

    def work(verb) -> None:
        for day in days:
            verb(day)

    assert at_once(work, [by_file, by_hand]) == [None, None]


def drafted_at_once(panel: Panel) -> list[object]:
    """Several drafts of new rules written at once, each of one item of its own; what each came to."""
    tables = [
        Table.of(["编号", "条目", "方向", "分值"], [[f"XX{number}", f"新条目{number}", "加分", "1"]])
        for number in range(HANDS)
    ]
    return at_once(lambda table: panel.write(scoring.import_scheme, table=table), tables)


def test_of_drafts_written_at_once_one_stands_whole(panel):
    done = drafted_at_once(panel)
    [draft] = [one for one in panel.read(scoring.schemes) if one.status == "draft"]

    assert [one.scheme.version for one in done] == [draft.version] * HANDS
    assert len(panel.read(scoring.items_of, scheme=draft.id)) == 1


def test_without_the_lock_a_draft_would_be_lost_or_refused(postgresql_database, monkeypatch):
    panel = sit(postgresql_database)
    monkeypatch.setattr(importing.villages, "lock", lambda *_, **__: None)

    assert any(isinstance(one, Exception) for one in drafted_at_once(panel))
