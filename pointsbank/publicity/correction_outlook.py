"""What a correction will do, in sentences: the same before it is requested and for the second person."""

from datetime import date, datetime

from sqlmodel import Session

from pointsbank import boards, roster, scoring
from pointsbank.dates import day_in_words, month_in_words
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.points import Points, show
from pointsbank.publicity.correcting import days_published_first, is_same_deed
from pointsbank.scoring import Plan, signed


def correction_outlook(session: Session, plan: Plan, *, village: str, at: datetime) -> list[str]:
    """Return what is, what will be, who has more or less then, in which month, and when.

    Raises:
        VillageUnknown: there is no such village.
        ListingUnknown: raised by `warnings_on`.
        ScoringPeriodInvalid, ShapeUnknown: raised by `recounts`.

    Example:
        publicity.correction_outlook(session, plan, village="chayuan", at=now)[1]
        # "更正为：王建国（0101）志愿服务，2026年8月20日，数量3，计+6分，计入2026年8月。"
    """
    old, new = plan.old, plan.new
    was = _in_words(old.name, old.code, old.title, old.occurred_on, old.quantity)
    sentences = [
        f"原来：{was}，计{signed(old.counted_points)}分，计入{month_in_words(old.counted_in)}，第{old.log_index}条。"
        if old.log_index is not None
        else f"原来：{was}，计0分，计入{month_in_words(old.counted_in)}。"
    ]
    if new.struck:
        sentences.append("更正为：这一条不该有，撤销。")
    else:
        will = _in_words(
            new.participant.name, new.participant.code, new.item.title, new.occurred_on, new.quantity
        )
        why = f"（{new.remark}）" if new.remark else ""
        month = month_in_words(plan.counted_in)
        sentences.append(f"更正为：{will}，计{signed(new.counted)}分{why}，计入{month}。")
    people = roster.by_ids(session, village=village, ids=[one.participant for one in plan.effects])
    for one in plan.effects:
        who = people[one.participant]
        sentences.append(f"{who.name}（{who.code}）：积分{signed(one.points)}，荣誉{signed(one.honour)}。")
    sentences += _restrictions(session, plan, village=village, at=at)
    sentences.append(_months(plan))
    days = days_published_first(session, plan, village=village)
    if days is None:
        sentences.append("没有哪一户因此变少或受限，确认后马上入账。")
    else:
        sentences.append(
            f"有一户会变少或受限，确认后先公示：登记张贴的第二天起{days}天，没有异议的，期满再入账。"
        )
    stands = not new.struck and is_same_deed(old, new.participant.id, new.item.code)
    warnings = [] if stands else boards.warnings_on(session, old.id, village=village)
    if warnings:
        sentences.append(f"依据这一条的黑榜{len(warnings)}条，更正入账时一起撤下。")
    others = scoring.recounts(session, old, new, village=village, at=at)
    if others:
        sentences.append(
            f"因为这一条而少计或多计的还有{len(others)}条，它们不会自动变，更正后可以在这条评分的页面逐条更正。"
        )
    return sentences


def _in_words(name: str, code: str, title: str, day: date, quantity: int | None) -> str:
    """Return whose, for what, when and how much."""
    much = "" if quantity is None else f"，数量{show(Points(quantity))}"
    return f"{name}（{code}）{title}，{day_in_words(day)}{much}"


def _restrictions(session: Session, plan: Plan, *, village: str, at: datetime) -> list[str]:
    """Return what the old score has led to and what ends with it."""
    mine = roster.restrictions_of(session, village=village, participant=plan.old.participant_id)
    kinds = [one.kind for one in mine if one.score_id == plan.old.id and one.stands(at)]
    names = "、".join(RESTRICTION_KIND.name(kind) for kind in kinds)
    return [f"{plan.old.name}（{plan.old.code}）因为这一条暂停的{names}，更正入账时恢复。"] if kinds else []


def _months(plan: Plan) -> str:
    """Return in which month's totals and ranking the difference shows."""
    was, now = month_in_words(plan.old.counted_in), month_in_words(plan.taken_back_in)
    if plan.taken_back_in != plan.old.counted_in:
        return f"{was}已经月结，榜和海报不变；差额计入{now}。"
    if plan.counted_in != plan.old.counted_in:
        return f"{was}和{month_in_words(plan.counted_in)}的总分和排名跟着变。"
    return f"{was}的总分和排名跟着变。"
