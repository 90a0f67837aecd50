"""Examples of what the API says of the year's end."""

from collections.abc import Mapping
from typing import Any

_RULE: Mapping[str, Any] = {
    "points": "clear",
    "ceiling": None,
    "rate": None,
    "keeps_gifts": True,
    "keeps_base": False,
    "honour": "kept",
    "month": 1,
    "day": 10,
    "resolution": "2026年9月村民代表会议第3号决议",
    "from_date": "2026-09-01",
}

YEAR_ENDS: Mapping[tuple[str, str], Any] = {
    **{
        (schema, field): value
        for schema in ("YearEndRule", "YearEndRuleBody")
        for field, value in _RULE.items()
    },
    ("YearEndRule", "number"): 1,
    ("", "year"): "2026",
    ("YearEnd", "year"): 2026,
    ("YearEnd", "status"): "planned",
    ("YearEnd", "due_on"): "2027-01-10",
    ("YearEnd", "accounts"): 1149,
    ("YearEnd", "gone"): 12543.5,
    ("YearEnd", "honour_given"): 0,
    ("YearEnd", "honour_gone"): 0,
    ("YearEndUndoBody", "reason"): "决议的日期看错了。",
}
"""An example by schema and field."""
