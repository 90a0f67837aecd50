"""What the loudspeaker says: short sentences of characters alone, nobody named who did not agree."""

import re
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pointsbank import publicity, sheets, spoken
from pointsbank.database import Database
from pointsbank.market import Hours
from pointsbank.points import Points
from pointsbank.sheets.loudspeaker import gathering
from pointsbank.sheets.loudspeaker.examples import facts
from pointsbank.sheets.loudspeaker.sentences import MAXIMUM, sentences_of
from pointsbank.sheets.loudspeaker.values import Facts, Loudspeaker, OnDisplay, Praised
from tests.builders import COMMITTEE, VILLAGE
from tests.proof import month
from tests.proof.month import on

SPOKEN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff，。、；：？！]+")

AFTER = on(2, month=10)

texts = st.text(max_size=40) | st.sampled_from(
    ["第3小组", "5kg大米", "Q版！！", "王*国", "买买提·艾力", "<img/>", "2026年9月评议会公示", "曾䶮", "−3"]
)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
amounts = st.integers(0, 10**12).map(Points)
spans = st.builds(
    lambda weekday, hour, minute: Hours(weekday, time(hour, minute), time(hour + 1, minute)),
    st.integers(1, 7),
    st.integers(0, 22),
    st.integers(0, 59),
)
months = st.builds(
    Facts,
    village=texts,
    month=st.sampled_from(["2026-01", "2026-10", "2026-12"]),
    households=st.integers(0, 5000),
    issued=amounts,
    redeemed=amounts,
    red=st.lists(st.builds(Praised, texts, texts, texts), max_size=40).map(tuple),
    notices=st.lists(st.builds(OnDisplay, texts, days), max_size=8).map(tuple),
    working_days=st.integers(1, 60),
    phone=texts | st.sampled_from(["0596-7654321", ""]),
    meeting_on=days | st.none(),
    place=texts,
    hours=st.lists(spans, max_size=21).map(tuple),
    prices=st.lists(st.tuples(texts, amounts), max_size=30).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(months)
def test_nothing_is_read_but_characters_and_pauses_within_three_minutes(month: Facts):
    found = sentences_of(month)

    assert all(SPOKEN.fullmatch(sentence) and sentence.endswith("。") for sentence in found)
    assert sum(map(len, found)) <= MAXIMUM


def test_a_month_is_said_in_short_sentences():
    said = sentences_of(facts(4))

    assert said == (
        "茶源村的乡亲们，大家好。",
        "现在播报九月的积分公开情况。",
        "九月，有四户得了积分，一共发放一百分。",
        "文明超市一共兑换了九百八十分。",
        "上红榜的有四户，向他们学习。",
        "一组，王建国。",
        "上湾组，欧阳姓一户。",
        "三组，有一户，不报姓名。",
        "一组，王建国。",
        "九月评议会公示，贴到十月三日。",
        "有不同意见的，可以找村委会或者村务监督委员会，当面说、写下来都行。",
        "七个工作日里书面答复，电话零五九六七六五四三二一。",
        "文明超市的兑换时间，星期一、星期三、星期五上午八点半至上午十一点半。",
        "九月有两种商品调了积分价。",
        "大米，现在十二分。",
        "洗洁精，现在五分。",
        "下一次评议会，十月二十八日开，在村委会会议室。",
        "做了好事要申报的，请在会前告诉小组长或者村委会。",
        "以上内容，以墙上张贴的为准。",
        "播报完了，谢谢大家。",
    )


def test_a_long_board_is_summed_up():
    said = sentences_of(facts(300))

    assert "上红榜的有三百户，向他们学习。" in said
    assert any(re.fullmatch("还有二百[一-龥]+户，请看墙上的红榜。", one) for one in said)


def read_out(database: Database, at: datetime = AFTER) -> str:
    """The text of September."""
    given = {"village": VILLAGE, "by": COMMITTEE, "at": at, "public_url": "", "month": month.MONTH}
    found = sheets.find("loudspeaker").gather_from(database, **given)
    assert isinstance(found, Loudspeaker)
    return found.text


def test_only_who_agreed_is_named_and_a_surname_that_few_have_is_not_said(sqlite_database: Database):
    month.live(sqlite_database)
    with sqlite_database.writing() as session:
        common = {"village": VILLAGE, "by": COMMITTEE, "at": on(1, month=10)}
        publicity.give_consent(session, participant="0101", **common)

    text = read_out(sqlite_database)

    assert "一组，王建国。" in text
    # His namesake did not agree, and two of a name in one group are too few.
    assert text.count("王建国") == 1
    assert "王姓" not in text
    assert "一组，有一户，不报姓名。" in text
    assert "买买提" not in text
    assert "艾力" not in text


def test_the_black_board_is_not_read_out(sqlite_database: Database):
    month.live(sqlite_database)

    text = read_out(sqlite_database)

    assert not any(word in text for word in ("黑榜", "垃圾", "乱倒"))


def test_a_notice_is_read_as_long_as_it_hangs(sqlite_database: Database):
    month.begin(sqlite_database)
    month.meet(sqlite_database)
    with sqlite_database.reading() as session:
        [hung] = publicity.notices(session, village=VILLAGE)
    assert hung.ends_on is not None
    last = datetime.combine(hung.ends_on, time(2), UTC)

    assert f"九月评议会公示，贴到{spoken.day(hung.ends_on)}。" in read_out(sqlite_database, last)
    assert "公示" not in read_out(sqlite_database, last + timedelta(days=1)).replace("公开", "")


def test_a_surname_is_said_where_many_share_it():
    assert gathering.surname_of("欧阳小明") == "欧阳"
    assert gathering.surname_of("王明") == "王"
    assert gathering.surname_of("买买提·艾力") == ""
