"""A text for the ear holds characters where the eye reads figures."""

import re
from datetime import date, time

import pytest

from pointsbank import spoken

NUMBERS = [
    (0, "零"),
    (2, "二"),
    (10, "十"),
    (15, "十五"),
    (20, "二十"),
    (101, "一百零一"),
    (110, "一百一十"),
    (1001, "一千零一"),
    (1010, "一千零一十"),
    (1149, "一千一百四十九"),
    (10000, "一万"),
    (10010, "一万零一十"),
    (12345, "一万二千三百四十五"),
    (20300, "二万零三百"),
    (100000, "十万"),
    (110000, "十一万"),
    (1000000, "一百万"),
    (1000001, "一百万零一"),
    (100000000, "一亿"),
    (100010000, "一亿零一万"),
    (120003405, "一亿二千万三千四百零五"),
    (-7, "负七"),
]

TEXTS = [
    ("本月加分12345分", "本月加分一万二千三百四十五分"),
    ("扣分-3", "扣分负三"),
    ("加分+5", "加分加五"),
    ("2.05分", "二点零五分"),
    ("户号01005", "户号零一零零五"),
    ("2026年9月3日", "二零二六年九月三日"),
    ("2026-09-03", "二零二六年九月三日"),
    ("够95%", "够百分之九十五"),
    ("王*国", "王某国"),
    ("8:05到17:30", "上午八点零五分到下午五点半"),
    ("1-2月", "一至二月"),
    ("电话0855-12300", "电话零八五五一二三零零"),
    ("大米5kg", "大米五公斤"),
    ("食用油2.5 L，300ml", "食用油二点五升，三百毫升"),
    ("4G手机", "四G手机"),
    ("12元/袋，早/晚", "十二元每袋，早、晚"),
    ("1,149户，12,345.5分", "一千一百四十九户，一万二千三百四十五点五分"),
    ("２０２６年第３组，③", "二零二六年第三组，三"),
    ("二〇二六年，100m²", "二零二六年，一百平方米"),
    ("2000元，2500户，2组", "两千元，两千五百户，二组"),
    ("0:30至24:00", "凌晨零点半至晚上十二点"),
]


@pytest.mark.parametrize(("number", "said"), NUMBERS)
def test_a_number_is_said_as_people_say_it(number: int, said: str) -> None:
    assert spoken.count(number) == said


@pytest.mark.parametrize(("text", "said"), TEXTS)
def test_a_text_for_the_ear_holds_no_figure_and_no_star(text: str, said: str) -> None:
    assert spoken.in_text(text) == said
    assert not re.search(r"[0-9*+]", spoken.in_text(text))


def test_points_days_and_clocks_are_said_with_their_units() -> None:
    assert [spoken.amount(each) for each in (200, 220000, 250, -300)] == [
        "两分",
        "两千二百分",
        "二点五分",
        "负三分",
    ]
    assert [spoken.change(each) for each in (500, -200, 0)] == ["加五分", "扣两分", "不加不扣"]
    assert spoken.day(date(2026, 9, 3)) == "九月三日"
    assert spoken.whole_day(date(2026, 10, 20)) == "二零二六年十月二十日"
    assert spoken.month("2026-11") == "十一月"
    clocks = [(time(0), "凌晨零点"), (time(12, 30), "中午十二点半"), (time(20, 15), "晚上八点十五分")]
    assert [(each, spoken.clock(each)) for each, _ in clocks] == clocks
