"""What villagers of the sample ask on its last day: two answered in public, one that waits."""

from datetime import date

from pointsbank import questions
from pointsbank.sample.stage import Stage, moment

_DAY = date(2026, 11, 1)
_ANSWERED = (
    (
        "question",
        "卫生费都用在哪里了，能不能公开？",
        "今年的卫生费用在垃圾清运和清理水沟上，每季度的收支贴在村务公开栏。",
    ),
    (
        "suggestion",
        "文明超市能不能周末也开半天？",
        "从11月起，每周六上午开放，和平时一样凭卡兑换。",
    ),
)
_WAITS = "评议会扣分以前，有没有先上门提醒？"


def record_some(stage: Stage) -> None:
    """Let two households ask and be answered, and somebody without a name ask the supervisors."""
    households = [one for one in stage.everyone if one.kind == "household"]
    for place, (kind, words, answer) in enumerate(_ANSWERED):
        asked = stage.act(
            questions.record,
            by="chen",
            at=moment(_DAY, 10 + place),
            kind=kind,
            words=words,
            participant=households[place].code,
        )
        at = moment(_DAY, 15, place)
        stage.act(questions.answer, by="li", at=at, question_id=asked.id, words=answer)
    waits = {"kind": "doubt", "words": _WAITS, "role": "supervisor"}
    stage.act(questions.record, by="chen", at=moment(_DAY, 16), **waits)
