"""Judged items: who marks what, what nobody reads before all have marked, and what the marks come to."""

from datetime import timedelta

import pytest

from pointsbank import households, ledger, proof, scoring
from pointsbank.database import Database
from pointsbank.points import Points, parse
from pointsbank.scoring.panel import panel_mark
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt
from tests.builders import NOW
from tests.scoring.judging import HAO, LONG, SHI, TIAN, WU, Judging, judge


@pytest.fixture
def judging(database: Database) -> Judging:
    return judge(database)


@pytest.mark.parametrize(
    ("rule", "marks", "comes_to", "trimmed"),
    [
        ("mean", "7 8 9", "8", False),
        ("mean", "5 5 6", "5.33", False),
        ("mean", "5 6 6", "5.67", False),
        ("mean", "5 5 5 5.01 5.01 5.01", "5.01", False),
        ("trimmed", "5 6 10", "7", False),
        ("trimmed", "5 6 7 10", "7", False),
        ("trimmed", "0 6 7 8 10", "7", True),
        ("trimmed", "7 7 7 7 7", "7", True),
        ("trimmed", "5 6 6 6 7 7 8 9 10", "7", True),
    ],
)
def test_the_panels_rule(rule: str, marks: str, comes_to: str, trimmed: bool) -> None:
    given = {place: parse(mark) for place, mark in enumerate(marks.split())}
    found = panel_mark(given, rule=rule)

    assert (found.mark, found.trimmed, found.count) == (parse(comes_to), trimmed, len(given))
    assert (found.lowest, found.highest) == (min(given.values()), max(given.values()))


@pytest.mark.parametrize(("count", "problem"), [(2, "TooFewMarks"), (10, "TooManyMarks")])
def test_three_to_nine_judges_mark(count: int, problem: str) -> None:
    with pytest.raises(getattr(scoring.problems, problem)):
        panel_mark(dict.fromkeys(range(count), Points(500)))


def test_who_is_recused_does_not_count() -> None:
    marks = dict(zip("甲乙丙丁", map(parse, ("10", "5", "6", "7")), strict=True))

    assert panel_mark(marks, recused={"甲"}).mark == parse("6")
    with pytest.raises(scoring.problems.TooFewMarks, match="至少需要3位"):
        panel_mark(marks, recused={"甲", "乙"})


def test_marks_become_a_score_with_their_spread(judging: Judging) -> None:
    [case] = judging.put("0202")
    judging.mark_all(case, "5", "7", "7.5", "8", "10")
    score = judging.draw(case)

    assert (score.counted_points, score.title) == (parse("7.5"), "庭院美化")
    assert score.note == "5位评议员打分，5至10分，去掉最高和最低再平均"
    found = judging.now(case)
    assert (found.status, found.score_id, found.score_number) == ("drawn", score.id, score.number)


def test_nobody_reads_a_mark_before_all_have_marked(judging: Judging) -> None:
    [case] = judging.put("0202")
    for position, mark in zip((LONG, HAO, TIAN, SHI), "5678", strict=True):
        judging.mark(case, position, mark)
    found = judging.now(case)

    assert (found.status, found.marks, found.result) == ("waiting", (), None)
    assert [one.name for one in found.missing] == ["吴秀英"]
    assert (judging.own(SHI), judging.own(WU)) == ({case.id: parse("8")}, {})

    judging.mark(case, WU, "9")
    assert [one.mark for one in judging.now(case).marks] == [parse(mark) for mark in "56789"]


def test_a_mark_changes_until_all_are_read(judging: Judging) -> None:
    [case] = judging.put("0202")
    assert (judging.mark(case, LONG, "5"), judging.mark(case, LONG, "5")) == (1, 0)
    judging.mark(case, LONG, "6")
    for position in (HAO, TIAN, SHI, WU):
        judging.mark(case, position, "7")

    with pytest.raises(scoring.problems.CaseComplete, match="0202 曾䶮"):
        judging.mark(case, LONG, "10")
    assert judging.own(LONG) == {case.id: parse("6")}


@pytest.mark.parametrize(("code", "position"), [("0101", LONG), ("0303", HAO), ("0201", TIAN)])
def test_a_judge_does_not_mark_own_kin(judging: Judging, code: str, position: int) -> None:
    [case, other] = judging.put(code, "0202")

    assert position not in [one.position for one in case.judges]
    assert [one.position for one in case.recused] == [position]
    both = {case.id: parse("10"), other.id: parse("6")}
    with pytest.raises(scoring.problems.JudgeRecused, match=f"要回避{code}"):
        judging.write(scoring.give_marks, position=position, marks=both, way="phone")
    assert judging.own(position) == {}, "all or none"

    judging.mark_all(case, "5", "6", "7", "8")
    score = judging.draw(case)
    assert (score.counted_points, score.recused) == (parse("6.5"), case.recused[0].name)


def test_a_mark_lies_within_the_items_bounds(judging: Judging) -> None:
    [case] = judging.put("0202")

    for mark in ("4.99", "10.01", "0"):
        with pytest.raises(scoring.problems.MarkInvalid, match="5至10分之间"):
            judging.mark(case, LONG, mark)


@pytest.mark.parametrize(
    ("item", "codes", "sentence"),
    [
        ("清扫", ["0202"], "不由评议员打分"),
        ("没有", ["0202"], "没有条目"),
        ("庭院", ["9999"], "没有户号"),
        ("庭院", ["0202", "0202"], "已经在打分"),
    ],
)
def test_what_no_judge_can_mark_is_not_put_up(
    judging: Judging, item: str, codes: list[str], sentence: str
) -> None:
    with pytest.raises(BadRows) as refused:
        judging.put(*codes, item=item)
    assert sentence in refused.value.problems[0].sentence


def test_a_household_with_too_few_judges_is_not_put_up(judging: Judging) -> None:
    for position in (SHI, WU):
        judging.write(scoring.set_presence, position=position, present=False)
    judging.put("0202")

    with pytest.raises(BadRows) as refused:
        judging.put("0101")
    assert "只有2位评议员可以打分" in refused.value.problems[0].sentence


def test_who_goes_keeps_the_mark_and_is_not_waited_for(judging: Judging) -> None:
    [case] = judging.put("0202")
    for position in (LONG, HAO):
        judging.mark(case, position, "10")
    with pytest.raises(scoring.problems.MarksMissing, match="还有田大满、石老三、吴秀英没有打分"):
        judging.draw(case)

    judging.write(scoring.set_presence, position=LONG, present=False)
    for position in (TIAN, SHI):
        judging.write(scoring.set_presence, position=position, present=False)
    with pytest.raises(scoring.problems.JudgeAway):
        judging.mark(case, TIAN, "6")
    judging.mark(case, WU, "7")

    assert judging.draw(case).counted_points == parse("9")


def test_a_dropped_case_takes_no_mark_and_may_be_put_up_again(judging: Judging) -> None:
    [case] = judging.put("0202")
    judging.mark(case, LONG, "6")
    judging.write(scoring.drop_case, case=case.id)

    for late in (lambda: judging.mark(case, HAO, "6"), lambda: judging.draw(case)):
        with pytest.raises(scoring.problems.CaseEnded):
            late()
    [again] = judging.put("0202")
    assert (again.number, again.given) == (2, frozenset())


def test_an_undone_score_is_marked_anew(judging: Judging) -> None:
    [case] = judging.put("0202")
    judging.mark_all(case, "5", "6", "7", "8", "9")
    judging.stage.write(scoring.withdraw_score, score=judging.draw(case).id)

    assert judging.now(case).withdrawn
    [again] = judging.put("0202")
    assert (again.number, again.status) == (2, "waiting")


def test_a_household_is_forgotten_with_its_cases_and_all_still_verifies(judging: Judging) -> None:
    [case] = judging.put("0202")
    judging.mark(case, LONG, "6")
    judging.write(scoring.drop_case, case=case.id)
    village = judging.stage.village
    village.write(households.close, participant="0202", decision="全家迁出", request_id="closing-1")
    village.write(households.erase, participant="0202", reason="本人要求")

    assert proof.verify(village.database, village="chayuan").findings == ()


def test_a_deed_that_was_judged_is_asked_about(judging: Judging) -> None:
    for confirmed in (False, True):
        [case] = judging.put("0202")
        judging.mark_all(case, "5", "6", "7", "8", "9")
        if confirmed:
            with pytest.raises(RowsInDoubt):
                judging.draw(case)
        judging.draw(case, confirmed=confirmed)


def test_minutes_are_sealed_with_each_mark_and_not_before_all_have_results(judging: Judging) -> None:
    [case, other] = judging.put("0202", "0203")
    judging.mark_all(case, "5", "7", "7.5", "8", "10")
    judging.draw(case)
    with pytest.raises(scoring.problems.CasesOpen, match="还有1件"):
        judging.write(scoring.close_meeting)
    judging.write(scoring.drop_case, case=other.id)
    closed = judging.write(scoring.close_meeting)

    words = judging.stage.read(ledger.log_entry, index=closed.index).words
    assert words["marks"] == [
        [
            1,
            [
                [name, mark, "screen"]
                for name, mark in (
                    ("龙凤泉", 500),
                    ("郝田发", 700),
                    ("田大满", 750),
                    ("石老三", 800),
                    ("吴秀英", 1000),
                )
            ],
        ]
    ]


def test_a_code_is_taken_once_and_opens_the_judges_own_place(judging: Judging) -> None:
    code = judging.write(scoring.show_code, position=HAO)
    take = {"code": f" {code[:3]} {code[3:6]}　{code[6:]}"}
    with judging.stage.village.database.writing() as session:
        secret = scoring.take_code(session, village="chayuan", at=NOW, **take)

    found = judging.stage.read(scoring.judge_at_phone, secret=secret)
    assert (found.meeting, found.position, found.name) == (judging.meeting, HAO, "郝田发")
    assert judging.stage.read(scoring.phones, meeting=judging.meeting) == {HAO: True}
    for wrong in (code, "000000000", "", "x" * 9, "\x00" * 9, "1" * 400):
        with (
            pytest.raises(scoring.problems.MarkCodeWrong),
            judging.stage.village.database.writing() as session,
        ):
            scoring.take_code(session, village="chayuan", code=wrong, at=NOW)


@pytest.mark.parametrize("end", ["closed", "absent", "another"])
def test_a_code_is_void_once_the_meeting_ends_the_judge_goes_or_another_is_shown(
    judging: Judging, end: str
) -> None:
    code = judging.write(scoring.show_code, position=HAO)
    with judging.stage.village.database.writing() as session:
        secret = scoring.take_code(session, village="chayuan", code=code, at=NOW + timedelta(minutes=1))
    if end == "closed":
        judging.write(scoring.close_meeting)
    elif end == "absent":
        judging.write(scoring.set_presence, position=HAO, present=False)
        judging.write(scoring.set_presence, position=HAO, present=True)
    else:
        judging.write(scoring.show_code, position=HAO)

    with pytest.raises(scoring.problems.MarkingOver):
        judging.stage.read(scoring.judge_at_phone, secret=secret)
