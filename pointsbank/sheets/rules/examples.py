"""Rules of a village, made of the examples that the shapes of items declare."""

from pointsbank import law
from pointsbank.disclosure.rules_in_words import Part, RuleLine, RuleWords
from pointsbank.law import Use
from pointsbank.sheets.base import CommonWords, place_name
from pointsbank.sheets.rules.values import RulesSheet, Words

_AREAS = ("环境卫生", "邻里互助", "公益事业", "文明乡风")


def example(households: int) -> RulesSheet:
    """Return rules of so many items: one for every twenty households, at least twelve, at most 240."""
    count = min(max(12, households // 20), 240)
    lines = [
        RuleLine(
            _words(f"参加第{number}次义务劳动" if number % 7 else f"第{number}次帮邻居收割、晾晒、抢种"),
            _words(f"+{number % 9 + 1}" if number % 5 else "每小时2分，每月最多2次、20分"),
            law.replace_unlawful("照片" if number % 3 else "", Use.EVIDENCE),
        )
        for number in range(1, count + 1)
    ]
    each = -(-count // len(_AREAS))
    parts = [
        Part(_words(area), tuple(lines[place * each : (place + 1) * each]))
        for place, area in enumerate(_AREAS)
    ]
    fault = RuleLine(_words("门前乱堆杂物，提醒后不清理"), _words("−5，6个月内再次发生加倍"), _words(""))
    return RulesSheet(
        village=place_name("茶源村"),
        version=2,
        since=Words.VERSION.format(version=2, since="2026年8月1日"),
        standing="",
        resolution=_words("2026年7月20日村民代表会议决议"),
        earn=RuleWords.EARN.format(days=3),
        parts=(*(one for one in parts if one.lines), Part(_words(Words.MINUS), (fault,))),
        unpublished=1,
        issued_by=place_name("茶源村村民委员会"),
        objection_channel=CommonWords.OBJECTION_CHANNEL.format(subject=Words.SUBJECT, days=7),
        hotline="0596-7654321",
    )


def _words(words: str) -> law.Cleared:
    return law.replace_unlawful(words, Use.HEADING)
