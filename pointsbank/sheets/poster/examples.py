"""A poster of no village, for tests and the benchmark."""

import json
from datetime import UTC, date, datetime

from pointsbank import law
from pointsbank.law import Use
from pointsbank.points import Points, whole
from pointsbank.proof import Anchor
from pointsbank.publicity import BlackPlace, GroupPlace, PublicName
from pointsbank.sheets.base import CommonWords, example_names, place_name
from pointsbank.sheets.poster.values import Poster, RedEntry, Words


def red_entries(count: int) -> tuple[RedEntry, ...]:
    """Return so many entries of an example's red board, each with a reason of its own."""
    group = place_name("第1村民小组")
    return tuple(
        RedEntry(place, name, group, Points(9000 - place), law.clear(f"善行之{place}号", Use.FACT))
        for place, name in enumerate(example_names(count), start=1)
    )


def black_entry(number: int) -> BlackPlace:
    """Return an entry of an example's black board with a fact of its own."""
    return BlackPlace(
        PublicName("赵*", "户号0501"),
        place_name("第5村民小组"),
        law.clear("村规民约第八条", Use.FACT),
        law.clear(f"乱堆之{number}号", Use.FACT),
        date(2026, 10, 31),
        "2026-08",
    )


def groups(count: int) -> tuple[GroupPlace, ...]:
    """Return so many groups of an example, the last of them below nothing."""
    return tuple(
        GroupPlace(place, place_name(f"第{place}小组"), 1, whole(count - place - 1), whole(count - place - 1))
        for place in range(1, count + 1)
    )


def anchor(month: str, digits: int) -> Anchor:
    """Return an example's anchor that prints these digits."""
    content = json.dumps({"vil": "chayuan", "size": 1234})
    return Anchor(
        month, 1234, digits.to_bytes(32, "big"), content.encode(), datetime(2026, 10, 9, tzinfo=UTC)
    )


def example(households: int) -> Poster:
    """Return a poster of ten red entries, one black and twenty groups, whatever the size of the village."""
    return Poster(
        village=place_name("茶源村"),
        month="2026-09",
        red=red_entries(10),
        groups=groups(20),
        black=(black_entry(1),),
        figures=(
            ("1149", Words.HOUSEHOLDS, Words.SCORED),
            ("28743.5", CommonWords.POINT, Words.ISSUED),
            ("9860", CommonWords.POINT, Words.REDEEMED),
            ("412", Words.PIECES, Words.GOODS),
            ("51200.25", CommonWords.POINT, Words.OUTSTANDING),
            ("3", Words.CASES, Words.RAISED),
            ("1", Words.CASES, Words.UPHELD),
        ),
        publicity_from=date(2026, 10, 9),
        publicity_until=date(2026, 10, 15),
        issued_by=place_name("茶源村村民委员会"),
        anchor=anchor("2026-09", 48213957720194837561029384756),
        earlier=(anchor("2026-08", 918273645546372819100293847561),),
        basis=law.clear("依据《茶源村积分细则》公布如下。", Use.HEADING),
        objection_channel="请到村务监督委员会提出。",
        hotline="0596-7654321",
        key="jf.example.cn/open/chayuan+708227b0+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    )
