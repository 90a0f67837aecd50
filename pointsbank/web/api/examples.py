"""Examples in the API's document, made of what a village would really send and get."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from pointsbank.web.api.ceremony_examples import CEREMONIES
from pointsbank.web.api.claim_examples import CLAIMS
from pointsbank.web.api.grade_examples import GRADES
from pointsbank.web.api.inspection_examples import INSPECTIONS
from pointsbank.web.api.listing_examples import LISTINGS
from pointsbank.web.api.meeting_examples import MEETINGS
from pointsbank.web.api.notice_examples import NOTICES
from pointsbank.web.api.print_run_examples import PRINT_RUNS
from pointsbank.web.api.question_examples import QUESTIONS
from pointsbank.web.api.spot_check_examples import SPOT_CHECKS
from pointsbank.web.api.title_examples import TITLES
from pointsbank.web.api.year_end_examples import YEAR_ENDS

_IN: Mapping[tuple[str, str], Any] = {
    ("", "about"): "谁家、什么事、多少分。",
    ("", "actor"): "陈店员",
    ("", "applies_to"): "全体农户",
    ("", "approval"): None,
    ("", "approver"): None,
    ("", "balance"): 93,
    ("", "balance_after"): 88,
    ("", "before"): "2",
    ("", "bounds"): "1至60天",
    ("", "by"): "李主任",
    ("", "category"): "环境卫生",
    ("", "claim"): "k6zk3v2n5x4b6m2j",
    ("", "code"): "0101",
    ("", "counted_by"): "陈店员",
    ("", "decision"): "举家迁出，村民代表会议同意销户。",
    ("", "default"): "3",
    ("", "detail"): "今天累计超过100积分",
    ("", "digits"): "482100031700000000000000000012",
    ("", "ended_by"): None,
    ("", "evidence"): "照片",
    ("", "fact"): "门前长期堆放杂物，多次提醒未清理。",
    ("", "field"): "lines.0.quantity",
    ("", "fixed_by"): "店员",
    ("", "goods"): "G01",
    ("", "group"): "一组",
    ("", "honour"): 98,
    ("", "id"): "7qk3v2n5x4b6m2ja",
    ("", "item"): "A1",
    ("", "key"): "code",
    ("", "label"): "5分，每月最多10分",
    ("", "limit"): 2,
    ("", "login"): "zhao",
    ("", "mark"): "open-1-0",
    ("", "meeting"): "4mzk3v2n5x4b6m2j",
    ("", "name"): "王建国",
    ("", "new"): "274913",
    ("", "next"): None,
    ("", "note"): "清理河道",
    ("", "notice"): "a3zk3v2n5x4b6m2j",
    ("", "number"): "012345674",
    ("", "objection"): "b5zk3v2n5x4b6m2j",
    ("", "occurred_on"): "2026-09-01",
    ("", "old"): "402817",
    ("", "participant"): "0101",
    ("", "people"): 4,
    ("", "pieces"): 27,
    ("", "pin"): "274913",
    ("", "points"): 5,
    ("", "position"): 1,
    ("", "quantity"): 1,
    ("", "raised_by"): "本户",
    ("", "reason"): "拿错了",
    ("", "redemption"): "7qk3v2n5x4b6m2ja",
    ("", "remark"): "",
    ("", "request_id"): "till-1-000042",
    ("", "requested_by"): "李主任",
    ("", "rule"): "乱倒垃圾",
    ("", "same_deed"): None,
    ("", "scan_ticket"): "k7Zq2vYw9xQeR4tU",
    ("", "score"): "c6zk3v2n5x4b6m2j",
    ("", "sentence"): "王建国：参加环境清扫",
    ("", "shape"): "fixed",
    ("", "sold_by"): "陈店员",
    ("", "source"): "村务公开的通行做法",
    ("", "spec"): "1块",
    ("", "stock"): 26,
    ("", "stocktake"): "d2zk3v2n5x4b6m2j",
    ("", "subject"): "0101 王建国",
    ("", "title"): "九月评议会",
    ("", "total"): 5,
    ("", "unit"): "小时",
    ("", "value"): "3",
    ("", "village"): "chayuan",
    ("", "words"): "3天",
    ("ScanBody", "code"): "http://127.0.0.1:8000/c/0YMSZCFNY69R4WPD3TMK3QFM6T2",
    ("RedemptionBody", "confirmed"): True,
    ("ScoreBody", "note"): "门前屋后干净",
    ("ScoreBody", "same_deed"): "",
    ("Batch", "public_url"): "http://127.0.0.1:8000",
    ("Card", "label"): "城里",
    ("Item", "title"): "门前屋后干净",
    ("Item", "code"): "A1",
    ("Goods", "code"): "G01",
    ("Goods", "name"): "肥皂",
    ("Goods", "category"): "日用",
    ("GoodsWordsBody", "name"): "肥皂",
    ("SaleLine", "name"): "肥皂",
    ("CountedLine", "name"): "肥皂",
    ("Village", "code"): "chayuan",
    ("Village", "name"): "茶源村",
    ("Township", "name"): "河口镇",
    ("TownshipFile", "name"): "河口镇",
    ("TownshipBody", "name"): "河口镇",
    ("Token", "name"): "收银软件",
    ("Group", "name"): "一组",
    ("Watcher", "name"): "县农业农村局",
    ("Signer", "name"): "赵监督",
    ("Words", "title"): "参加环境清扫",
    ("Words", "reason"): None,
    ("Words", "second"): None,
    ("Words", "heir"): None,
    ("Words", "lines"): [],
    ("Words", "remark"): None,
    ("Entry", "about"): None,
    ("Transaction", "kind"): "award",
    ("Transaction", "reverses"): None,
    ("StatementLine", "kind"): "award",
    ("StatementLine", "reverses"): None,
    ("StatementLine", "reversed_by"): None,
    ("StatementPage", "unit"): "points",
    ("Sale", "reversed_at"): None,
    ("Sale", "kept"): 5,
    ("SaleLine", "returned"): 0,
    ("ShelfAnswer", "spendable"): 93,
    ("ShelfAnswer", "alone"): 50,
    ("ShelfLine", "name"): "肥皂",
    ("ShelfLine", "maximum"): 18,
    ("ShelfLine", "reason"): None,
    ("ShelfLine", "detail"): None,
    ("StockMove", "undone_by"): None,
    ("QuoteAnswer", "needs"): None,
    ("QuoteAnswer", "pin"): None,
    ("Approval", "kind"): "pin_set",
    ("Approval", "label"): "设置兑换密码",
    ("Approval", "happens"): ["0101 王建国 可以用新密码确认大额兑换。"],
    ("Approval", "ended_at"): None,
    ("CodeBody", "code"): "492039",
    ("List", "name"): "sales",
    ("List", "title"): "兑换记录",
    ("ListColumn", "title"): "户号",
    ("ListFilter", "name"): "group",
    ("ListFilter", "title"): "小组",
    ("RowsPage", "items"): [{"code": "0101", "name": "王建国", "points": 93}],
    ("Choice", "value"): "2026-09",
    ("Choice", "label"): "2026年9月",
    ("Setting", "name"): "notice_days",
    ("SettingBody", "value"): "3",
    **CEREMONIES,
    **CLAIMS,
    **INSPECTIONS,
    **MEETINGS,
    **PRINT_RUNS,
    **QUESTIONS,
    **NOTICES,
    **SPOT_CHECKS,
    **GRADES,
    **TITLES,
    **YEAR_ENDS,
    **LISTINGS,
    ("Sealed", "key"): "jf.example.cn/open/chayuan+9bc45cd9+AddN8hWvxvEuUEilfjg25yAFe9SEJqwX5I0UajJ5lh3u",
    ("Sealed", "text"): "jf.example.cn/open/chayuan\n18\nu1SBvp3Ngk1TsRzbm7bZjBNmvBqM0IGGXQBhX4WaJ1A=\n",
    ("HandedCardBody", "code"): "http://127.0.0.1:8000/c/0YMSZCFNY69R4WPD3TMK3QFM6T2",
}
"""An example by schema and field; without a schema, wherever the field has no example of its own."""
_BY_NAME = {name: example for (schema, name), example in _IN.items() if not schema}

_PLACES = {
    "code": "0101",
    "goods": "G01",
    "panel": "k5zk3v2n5x4b6m2j",
    "name": "sales",
    "sheet": "poster",
    "kind": "inspection",
    "run": "h6zk3v2n5x4b6m2j",
    "month": "2026-09",
    "index": 17,
}
_PLACES |= {"setting": "red_places", "township": "f2zk3v2n5x4b6m2j", "token": "g3zk3v2n5x4b6m2j"}
_TIMES = {
    "due_on": "2026-09-08",
    "ends_at": "2027-03-01T02:30:00Z",
    "ends_on": "2026-09-04",
    "hung_on": "2026-09-01",
    "published_on": "2026-09-01",
    "expires_at": "2026-09-01T02:32:00Z",
    "expires_on": "2026-10-01",
}
_DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
_REASONS = {
    400: "body_malformed",
    401: "not_signed_in",
    403: "not_allowed",
    404: "participant_unknown",
    405: "method_not_allowed",
    409: "sold_out",
    413: "body_too_large",
    415: "media_type_wrong",
    422: "fields_invalid",
    429: "too_many_requests",
    500: "internal",
    503: "busy",
    507: "disk_full",
}
_MENDERS = {401: "本人", 404: "本人", 409: "店员", 503: "本人"}
_FILLED = {
    "body_malformed": "提交的内容不是规范的 JSON：第1行第9个字符处写法有误。请改正后重新提交。",
    "participant_unknown": "没有这个户号，请核对后再试。",
    "sold_out": "大米只剩0件，请换别的商品。",
    "fields_invalid": "有1处填写有误：lines.0.quantity：应在1至9999之间。请改正后重新提交。",
    "internal": "程序出了差错，没有完成。请把编号 7K3Q 告诉管理员。",
}


def of(shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
    """Return an example of a shape of the document."""
    return _value("", "", shape, shapes)


def of_place(name: str, shape: Mapping[str, Any]) -> Any:
    """Return an example of a part of an address."""
    known = _PLACES.get(name) or _BY_NAME.get(name) or "e4zk3v2n5x4b6m2j"
    return str(known) if shape.get("type") == "string" else known


def refusal(status: HTTPStatus, sentences: Mapping[str, str]) -> dict[str, Any]:
    """Return an example of a refusal of a status."""
    reason = _REASONS[status]
    made: dict[str, Any] = {
        "type": f"urn:pointsbank:problem:{reason}",
        "title": status.phrase,
        "status": int(status),
        "reason": reason,
        "detail": _FILLED.get(reason) or sentences.get(reason, "您没有这项权限，请联系管理员。"),
        "fixed_by": _MENDERS.get(status, "管理员"),
    }
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        made["errors"] = [{"field": "lines.0.quantity", "detail": "应在1至9999之间。"}]
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        made["reference"] = "7K3Q"
    return made


def _value(owner: str, name: str, shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> Any:
    """Return an example of one value, by where it stands and what it is."""
    if "$ref" in shape:
        owner = shape["$ref"].rpartition("/")[2]
        return _object(owner, shapes[owner], shapes)
    if (owner, name) in _IN:
        return _IN[owner, name]
    kinds = shape.get("type", "object")
    if _BY_NAME.get(name, ...) is None and (kinds == ["string", "null"] or "anyOf" in shape):
        return None
    if "enum" in shape:
        return shape["enum"][0]
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if "anyOf" in shape:
        return _value(owner, name, shape["anyOf"][0], shapes)
    if kind == "array" and not isinstance(_BY_NAME.get(name), list):
        return [_value(owner, name, shape["items"], shapes)]
    if kind == "boolean":
        return True
    return _scalar(name, kind, shape)


def _scalar(name: str, kind: str, shape: Mapping[str, Any]) -> Any:
    """Return an example of a text or a number."""
    known = _BY_NAME.get(name)
    if kind in ("integer", "number"):
        right = isinstance(known, int) and (kind == "number" or "x-decimals" not in shape)
        return known if right else max(1, shape.get("minimum", 1))
    by_format = {"date": "2026-09-01", "date-time": "2026-09-01T02:30:00Z"}.get(shape.get("format", ""))
    if by_format and name in _TIMES:
        return _TIMES[name]
    if by_format or "[0-9a-f]{64}" in shape.get("pattern", ""):
        return by_format or _DIGEST
    if name == "month" or name.endswith("_month") or name == "counted_in":
        return "2026-09"
    return known if isinstance(known, str | list) else {"object": {}}.get(kind, "文字")


def _object(owner: str, shape: Mapping[str, Any], shapes: Mapping[str, Any]) -> dict[str, Any]:
    """Return an example of an object: what it must have, and what is worth showing."""
    needed = set(shape.get("required", ()))
    return {
        name: _value(owner, name, each, shapes)
        for name, each in shape.get("properties", {}).items()
        if name in needed or (owner, name) in _IN
    }
