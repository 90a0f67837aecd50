"""The text of a notice is read strictly, and refused with what is wrong."""

from datetime import date

import pytest

from pointsbank.working_days import DaysOffInvalid, read_notice
from pointsbank.working_days.sources import _library_year
from tests.working_days.state_council import NOTICE_2025, NOTICE_2026, NOTICE_2027


@pytest.mark.parametrize(("text", "year"), [(NOTICE_2025, 2025), (NOTICE_2026, 2026)])
def test_the_library_agrees_with_the_notice(text: str, year: int) -> None:
    assert read_notice(text, year=year) == _library_year(year)


def test_days_of_the_december_before_belong_to_a_notice() -> None:
    found = read_notice(NOTICE_2027, year=2027)

    assert date(2026, 12, 31) in found.off and date(2026, 12, 27) in found.worked


def test_other_marks_and_wordings_are_the_same_notice() -> None:
    typed = NOTICE_2026.replace("（", "(").replace("）", ")").replace("周", "星期").replace("1月", "１ 月")

    assert read_notice(typed, year=2026) == read_notice(NOTICE_2026, year=2026)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("端午节", "端阳节", "没有写到端午"),
        ("10月10日（周六）", "10月10日（周日）", "2026年10月10日是周六"),
        ("9月20日（周日）、10月10日（周六）", "9月21日、10月10日（周六）", "2026年9月21日不是周末"),
        ("共7天", "共8天", "数出来是7天"),
        ("2月15日", "2月30日", "没有“2月30日”这一天"),
        ("至7日（周三）放假", "至2日（周五）放假", "数出来是2天"),
        (
            "5月1日（周五）至5日（周二）放假调休，共5天",
            "5月2日（周六）至5日（周二）放假",
            "2026年5月1日是法定节假日",
        ),
        ("10月1日（周四）至7日（周三）", "10月1日（周四）至9月7日（周一）", "不是一段日子"),
        ("5月9日（周六）上班", "5月2日（周六）上班", "又放假又上班"),
        ("5月9日（周六）上班", "2028年5月6日上班", "2028年5月6日不是这一年的"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused(right: str, wrong: str, why: str) -> None:
    assert right in NOTICE_2026
    with pytest.raises(DaysOffInvalid) as refused:
        read_notice(NOTICE_2026.replace(right, wrong), year=2026)

    assert why in refused.value.detail


@pytest.mark.parametrize("text", ["", "放假", "一" * 5000, "元旦春节清明劳动节端午中秋国庆", NOTICE_2025])
def test_what_is_not_the_notice_of_that_year_is_refused(text: str) -> None:
    with pytest.raises(DaysOffInvalid):
        read_notice(text, year=2026)
