"""Minutes as a village of so many households would have them."""

from datetime import date

from pointsbank.sheets.minutes.values import MinutesSheet, Recusal, Words


def example(households: int) -> MinutesSheet:
    """Return the minutes of a meeting that talked about so many households, at most 400 of them in words."""
    names = [f"第{number}户" for number in range(1, min(households, 400) + 1)]
    return MinutesSheet(
        village="茶源村",
        title="9月评议会",
        held_on=date(2026, 9, 28),
        number=Words.NUMBER.format(year=2026, number=3),
        known=((str(Words.MEETING), "9月评议会"), (str(Words.PLACE), "村委会会议室")),
        present=("李会计", "老支书", "周文书"),
        recusals=(Recusal("老支书", ("王建国 0101",)),),
        agenda=(("评分", "照评分表通过"), ("红榜提名：修桥的几户", "")),
        result=Words.COUNTS.format(entries=households, participants=households, plus=3 * households, minus=0),
        text="\n".join(f"{name}：参加清扫，记3分。" for name in names),
        notes=(),
        marks=(
            (
                "第3条，王建国 0101，庭院美化：李会计7，周文书8，吴秀英8.25；"
                "3位评议员打分，7至8.25分，取平均分，得7.75分"
            ),
        ),
    )
