"""The steps of a title from the check to the plate and back; nobody loses one here.

Who found a household wanting and who takes its title away are two people, and objections are answered by a
third: those sign in on the page, as a second person's yes is given by no program.
"""

from collections.abc import Callable
from typing import Any

from pointsbank import titles
from pointsbank.schemas.title_steps import (
    TitleBenefitBody,
    TitleBenefitSchema,
    TitleCheckBody,
    TitleDayBody,
    TitleNameBody,
    TitleNoticeBody,
    TitlePaperBody,
    TitleRecommendationBody,
    TitleTakenOffBody,
    TitleVoteBody,
    TitleWithdrawalBody,
)
from pointsbank.schemas.titles import TitleSchema
from pointsbank.schemas.walls import WallCopySchema
from pointsbank.staff import Permission
from pointsbank.titles import Vote
from pointsbank.walls import WallCopy
from pointsbank.web import access
from pointsbank.web.api.routes import Routes
from pointsbank.web.api.titles import described

routes = Routes("title_steps", "称号的每一步")

OF_ONE = "/titles/<key:title_id>"


@routes.post(f"{OF_ONE}/checks", "登记逐条核对或者复查", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleCheckBody, status=201)
def check_title(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record whether each criterion is met."""
    met = dict(enumerate(body.pop("met"), start=1))
    return _step(titles.check, village, title_id, met=met, **body)


@routes.post(f"{OF_ONE}/votes", "登记表决的票数", Permission.BOARD_VOTE)
@routes.json(TitleSchema, body=TitleVoteBody, status=201)
def vote_on_title(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record how the vote on one title went."""
    cast = Vote(title_id, body["votes_for"], body["votes_against"])
    with access.database().writing() as session:
        given = {"votes": [cast], "on": body["on"]}
        [one] = titles.vote(session, village=village, **given, **access.by_and_at())
        return described(one)


@routes.post("/title-notices", "登记几个称号的公示张贴", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=TitleNoticeBody, status=201)
def hang_title_notice(body: dict[str, Any], village: str) -> WallCopy:
    """Record that the notice of some titles hangs; answers with its paper."""
    ids = body.pop("titles")
    with access.database().writing() as session:
        mine = access.by_and_at()
        hung = titles.hang(session, village=village, title_ids=ids, **body, **mine)
        return titles.papers_of(session, hung[0], village=village, at=mine["at"])[0]


@routes.post(f"{OF_ONE}/wall-copies", "登记称号的公示另贴一处", Permission.NOTICE_HANG)
@routes.json(WallCopySchema, body=TitlePaperBody, status=201)
def put_up_title_notice(body: dict[str, Any], village: str, title_id: str) -> WallCopy:
    """Record that a notice hangs in a further place, or anew."""
    with access.database().writing() as session:
        given: dict[str, Any] = {"village": village, "title_id": title_id}
        return titles.put_up_notice(session, **given, **body, **access.by_and_at())


@routes.post(f"{OF_ONE}/giving", "登记授牌", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleDayBody, status=201)
def give_title(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record that certificate and plate were given."""
    return _step(titles.give, village, title_id, **body)


@routes.post(f"{OF_ONE}/taking-off", "登记摘牌", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleTakenOffBody, status=201)
def take_title_off(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record that the plate was taken off."""
    return _step(titles.take_off, village, title_id, **body)


@routes.post(f"{OF_ONE}/giving-back", "登记重新挂牌", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleDayBody, status=201)
def give_title_back(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record that the plate hangs again."""
    return _step(titles.give_back, village, title_id, **body)


@routes.post(f"{OF_ONE}/withdrawal", "登记退出", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleWithdrawalBody, status=201)
def withdraw_title(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record that who is nominated, or has the title, wants it no more."""
    return _step(titles.withdraw, village, title_id, **body)


@routes.post(f"{OF_ONE}/recommendation", "登记向上推荐", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleRecommendationBody, status=201)
def recommend_title(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record that it was recommended upward."""
    return _step(titles.recommend, village, title_id, **body)


@routes.post(f"{OF_ONE}/name-agreement", "登记本人同意公开姓名，或者撤回", Permission.BOARD_DECIDE)
@routes.json(TitleSchema, body=TitleNameBody, status=201)
def agree_to_title_name(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record what the person of a title says of being named in full."""
    verb = titles.agree_to_name if body.pop("agreed") else titles.withdraw_name
    return _step(verb, village, title_id, **body)


@routes.post(f"{OF_ONE}/benefits", "登记礼遇给了没有", Permission.BOARD_DECIDE)
@routes.json(TitleBenefitSchema, body=TitleBenefitBody, status=201)
def note_title_benefit(body: dict[str, Any], village: str, title_id: str) -> dict[str, Any]:
    """Record whether a benefit was given."""
    with access.database().writing() as session:
        given: dict[str, Any] = {"village": village, "title_id": title_id}
        noted = titles.note_benefit(session, **given, **body, **access.by_and_at())
    names = ("given", "day", "until_on")
    return {"words": noted.benefit.words, **{name: getattr(noted, name) for name in names}}


def _step(verb: Callable[..., titles.Title], village: str, title_id: str, **given: Any) -> dict[str, Any]:
    """Take one step of a title and say how it stands then."""
    with access.database().writing() as session:
        return described(verb(session, village=village, title_id=title_id, **given, **access.by_and_at()))
