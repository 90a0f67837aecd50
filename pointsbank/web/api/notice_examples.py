"""Examples of what the API says of notices, objections and corrections."""

from collections.abc import Mapping
from typing import Any

NOTICES: Mapping[tuple[str, str], Any] = {
    ("RedPlace", "kind"): "",
    ("Notice", "title"): "九月评议会公示",
    ("Notice", "settled_at"): None,
    ("Notice", "days"): 3,
    ("Hanging", "number"): 1,
    ("Hanging", "place"): "村务公开栏",
    ("HangingBody", "place"): "村务公开栏",
    ("HangingBody", "hung_on"): "2026-09-01",
    ("NoticeHangingBody", "place"): "村务公开栏",
    ("NoticeHangingBody", "hung_on"): "2026-09-01",
    ("NoticeHangingBody", "size"): "a3",
    ("Objection", "reason"): "那天不在家",
    ("Objection", "decided_at"): None,
    ("Objection", "decision"): None,
    ("ObjectionBody", "reason"): "那天不在家",
    ("DecisionBody", "reason"): "有照片为证，维持。",
    ("DecisionBody", "should_be"): None,
    ("DecisionBody", "missing"): None,
    ("Objection", "remedy"): "",
    ("", "corrects"): "h4zk3v2n5x4b6m2j",
    ("", "taken_back_in"): "2026-09",
    ("Correction", "status"): "posted",
    ("Correction", "version"): 2,
    ("Correction", "reason"): "签到表上是3小时，录成了1小时。",
    ("CorrectionBody", "reason"): "签到表上是3小时，录成了1小时。",
    ("CorrectionBody", "struck"): False,
}
"""An example by schema and field."""
