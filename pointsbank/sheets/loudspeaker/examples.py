"""A text of no village, for tests and the benchmark."""

from datetime import date, time

from pointsbank.market import Hours
from pointsbank.points import whole
from pointsbank.sheets.loudspeaker.sentences import sentences_of
from pointsbank.sheets.loudspeaker.values import Facts, Loudspeaker, OnDisplay, Praised


def facts(households: int) -> Facts:
    """Return the facts of a month in which so many households were scored and stand on the red board."""
    return Facts(
        village="茶源村",
        month="2026-09",
        households=households,
        issued=whole(25 * households),
        redeemed=whole(980),
        red=tuple(
            (Praised("一组", "王建国"), Praised("上湾组", surname="欧阳"), Praised("三组"))[number % 3]
            for number in range(households)
        ),
        notices=(OnDisplay("九月评议会公示", date(2026, 10, 3)),),
        working_days=7,
        phone="0596-7654321",
        meeting_on=date(2026, 10, 28),
        place="村委会会议室",
        hours=tuple(Hours(weekday, time(8, 30), time(11, 30)) for weekday in (1, 3, 5)),
        prices=(("大米", whole(12)), ("洗洁精", whole(5))),
    )


def example(households: int) -> Loudspeaker:
    """Return the text of such a month."""
    return Loudspeaker("2026-09", sentences_of(facts(households)))
