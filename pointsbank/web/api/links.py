"""What comes after an act: links in the API's document, from an answer to the operations that take it on."""

from collections.abc import Mapping
from typing import Any

_VILLAGE = {"village": "$request.path.village"}


def _link(
    operation: str, about: str, *, body: Mapping[str, str] | None = None, **places: str
) -> dict[str, Any]:
    """Return a link to an operation: where its address and its body come from.

    What goes into the body stands under a name of ours: some tools take a link's `requestBody` for a text.
    """
    made: dict[str, Any] = {
        "operationId": operation,
        "description": about,
        "parameters": _VILLAGE | {name: f"$response.body#/{value}" for name, value in places.items()},
    }
    if body:
        made["x-request-body"] = {name: f"$response.body#/{value}" for name, value in body.items()}
    return made


_TICKET = {"scan_ticket": "scan_ticket"}
_SALE = {
    "reverse": _link("reverse_redemption", "撤销这一笔", redemption="id"),
    "return": _link("return_redeemed_pieces", "退回其中几件", redemption="id"),
    "show": _link("show_redemption", "查看这一笔", redemption="id"),
}
_SCORE = {
    "show": _link("show_score", "查看这条评分", score="id"),
    "close": _link("close_meeting", "评议会结束，封存并公示", meeting="meeting"),
    "object": _link("raise_objection", "公示期间提出异议", score="id"),
}
_NEXT: Mapping[tuple[str, tuple[str, ...]], Mapping[str, Any]] = {
    ("scan_card", ("201",)): {
        "shelf": _link("offer_shelf", "看这一户能兑换哪些", body=_TICKET),
        "quote": _link("quote", "先试算", body=_TICKET),
        "redeem": _link("redeem", "用扫卡凭证兑换", body=_TICKET),
        "statement": _link("show_statement", "这一户的明细", code="participant/code"),
    },
    ("redeem", ("200", "201")): _SALE,
    ("reverse_redemption", ("200", "201")): {"show": _SALE["show"]},
    ("exchange_redeemed_pieces", ("200", "201")): _SALE,
    ("open_meeting", ("201",)): {
        "enter": _link("enter_score", "录入评分", meeting="id"),
        "close": _link("close_meeting", "评议会结束，封存并公示", meeting="id"),
    },
    ("enter_score", ("200", "201")): _SCORE,
    ("enter_at_counter", ("200", "201")): {
        "show": _link("show_score", "查看评分", score="score"),
        "correct": _link("request_correction", "录错了，申请更正", score="score"),
    },
    ("close_meeting", ("200",)): {
        "hang": _link("hang", "登记张贴", notice="id"),
        "settle": _link("settle", "公示期满入账", notice="id"),
        "show": _link("show_notice", "查看公示", notice="id"),
    },
    ("raise_objection", ("201",)): {
        "decide": _link("decide_objection", "书面答复", objection="id"),
        "show": _link("show_objection", "查看异议", objection="id"),
    },
    ("begin_stocktake", ("200", "201")): {
        "count": _link("count_goods", "记下点到的件数", stocktake="id"),
        "sign": _link("sign_stocktake", "签字", stocktake="id"),
    },
    ("show_batch", ("200",)): {
        "hand_out": _link("request_batch", "签字：这一批已交给各户", batch="number"),
        "void": _link("void_card_batch", "作废没有发放的", batch="number"),
    },
    ("request_batch", ("201",)): {
        "confirm": _link("confirm_on_screen", "第二个人用动态码确认", approval="id"),
        "show": _link("show_approval", "查看申请", approval="id"),
    },
    ("request_pin", ("201",)): {
        "confirm": _link("confirm_on_screen", "第二个人用动态码确认", approval="id"),
        "show": _link("show_approval", "查看申请", approval="id"),
    },
}
LINKS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    (operation, status): {"links": dict(links)}
    for (operation, statuses), links in _NEXT.items()
    for status in statuses
}
"""The links of an operation's answer of a status."""
