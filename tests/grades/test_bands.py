"""Every mark falls in exactly one band: three published tables by value, gaps and overlaps named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.grades.bands import (
    Band,
    BandsGap,
    BandsOverlap,
    NoHighestBand,
    NoLowestBand,
    band_for,
    in_order,
    scale_of,
)
from pointsbank.grades.ranges import RangeEmpty, RangeUnreadable, read


def _bands(**written: str) -> list[Band]:
    return [Band(name, "gold", read(text)) for name, text in written.items()]


WENDENG = _bands(
    五星="得分>1060",
    四星="1040<得分≤1060",
    三星="1020<得分≤1040",
    二星="990<得分≤1020",
    一星="800<得分≤990",
    零星="≤800",
)
XIUWEN = _bands(铜星="5–7星", 银星="8–9星", 金星="10星以上")
HUANING = _bands(一星="60–69", 二星="70–79", 三星="80–89", 四星="90–95", 五星="96以上", 不挂牌="<60")


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (106001, "五星"),
        (106000, "四星"),
        (104000, "三星"),
        (102000, "二星"),
        (99001, "二星"),
        (99000, "一星"),
        (80001, "一星"),
        (80000, "零星"),
        (-100, "零星"),
    ],
)
def test_a_table_of_half_open_bands_gives_each_mark_its_band(mark: int, name: str) -> None:
    bands = in_order(WENDENG, scale_of("honour_with_base"))
    place = band_for(mark, bands)
    assert place is not None
    assert bands[place].name == name


def test_whole_stars_leave_no_gap_between_seven_and_eight() -> None:
    bands = in_order([*XIUWEN, *_bands(不评星="不到5")], scale_of("stars"))
    found = {stars: band_for(stars * 100, bands, scale_of("stars")) for stars in (0, 4, 5, 7, 8, 9, 10, 30)}
    assert found == {0: 3, 4: 3, 5: 2, 7: 2, 8: 1, 9: 1, 10: 0, 30: 0}


def test_below_the_lowest_star_is_asked_for_by_the_number_that_falls_through() -> None:
    with pytest.raises(NoLowestBand, match=r"^4分低于最低的“铜星”"):
        in_order(XIUWEN, scale_of("stars"))


def test_a_gap_is_named_by_the_marks_that_fall_through() -> None:
    with pytest.raises(BandsGap, match=r"^69\.5分、79\.5分、89\.5分、95\.5分落不进任何一档"):
        in_order(HUANING)


def test_the_same_table_with_its_gaps_shut_is_whole() -> None:
    shut = _bands(
        一星="60不到70", 二星="70不到80", 三星="80不到90", 四星="90不到96", 五星="96以上", 不挂牌="<60"
    )
    bands = in_order(shut)
    named = [bands[band_for(mark, bands) or 0].name for mark in (9550, 9600, 5999)]
    assert named == ["四星", "五星", "不挂牌"]


def test_an_overlap_names_both_bands_and_the_mark() -> None:
    with pytest.raises(BandsOverlap, match="“良”和“优”重叠：90分"):
        in_order(_bands(优="90以上", 良="60–90", 差="<60"))


def test_a_table_that_ends_under_what_can_be_had_is_refused() -> None:
    with pytest.raises(NoHighestBand, match=r"^101分高于"):
        in_order(_bands(优="90–100", 差="<90"))
    assert in_order(_bands(优="90–100", 差="<90"), scale_of("patrol"))


@given(st.integers(-(10**7), 10**7))
def test_every_mark_has_one_band_whatever_the_order_of_the_table(mark: int) -> None:
    bands = in_order(WENDENG)
    assert bands == in_order(WENDENG[::-1])
    assert sum(band_for(mark, [band]) is not None for band in bands) == 1


@pytest.mark.parametrize("written", ["", "优秀", "90-", "九十以上", "1e3以上", "60<", "<script>"])
def test_what_is_no_stretch_of_marks_is_refused_with_examples(written: str) -> None:
    with pytest.raises(RangeUnreadable, match="看不懂"):
        read(written)


def test_a_stretch_whose_end_comes_first_is_refused() -> None:
    with pytest.raises(RangeEmpty, match="一个分数也没有"):
        read("95–90")
