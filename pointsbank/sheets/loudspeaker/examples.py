"""A text of no village, for tests and the benchmark."""

from datetime import date, time

from pointsbank import law
from pointsbank.law import Use
from pointsbank.market import Hours
from pointsbank.points import whole
from pointsbank.sheets.base import example_names, place_name
from pointsbank.sheets.loudspeaker.sentences import sentences_of
from pointsbank.sheets.loudspeaker.values import Facts, Loudspeaker, OnDisplay, Praised


def facts(households: int) -> Facts:
    """Return the facts of a month in which so many households were scored and stand on the red board."""
    named = next(example_names(1))
    return Facts(
        village=place_name("茶源村"),
        month="2026-09",
        households=households,
        issued=whole(25 * households),
        redeemed=whole(980),
        red=tuple(
            (
                Praised(place_name("一组"), named),
                Praised(place_name("上湾组"), surname="欧阳"),
                Praised(place_name("三组")),
            )[number % 3]
            for number in range(households)
        ),
        notices=(OnDisplay(law.clear("九月评议会公示", Use.HEADING), date(2026, 10, 3)),),
        working_days=7,
        phone="0596-7654321",
        meeting_on=date(2026, 10, 28),
        place=law.clear("村委会会议室", Use.HEADING),
        hours=tuple(Hours(weekday, time(8, 30), time(11, 30)) for weekday in (1, 3, 5)),
        prices=tuple(
            (law.clear(name, Use.HEADING), whole(price)) for name, price in (("大米", 12), ("洗洁精", 5))
        ),
    )


def example(households: int) -> Loudspeaker:
    """Return the text of such a month."""
    return Loudspeaker("2026-09", sentences_of(facts(households)))
