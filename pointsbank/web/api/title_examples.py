"""Examples of what the API says of titles."""

from collections.abc import Mapping
from typing import Any

TITLES: Mapping[tuple[str, str], Any] = {
    ("", "title_id"): "t6zk3v2n5x4b6m2j",
    ("TitleKind", "name"): "清洁户",
    ("TitleKind", "holder"): "household",
    ("TitleKind", "quota"): 10,
    ("TitleKind", "months"): 6,
    ("TitleKind", "criteria"): ["院内干净", "门前干净"],
    ("TitleKind", "from_date"): "2026-01-01",
    ("NominationBody", "kind"): "清洁户",
    ("NominationBody", "person"): "",
    ("NominationBody", "agreed_on"): None,
    ("NominationBody", "nominated_by"): "panel",
    ("NominationBody", "nominator"): "村评议小组",
    ("NominationBody", "reason"): "门前屋后常年干净",
    ("Title", "number"): 3,
    ("Title", "title"): "清洁户",
    ("Title", "person"): "",
    ("Title", "state"): "standing",
    ("Title", "since"): "2026-09-12",
    ("Title", "nominated_on"): "2026-09-01",
    ("Title", "given_on"): "2026-09-12",
    ("Title", "review_on"): "2027-03-12",
    ("Title", "deadline"): None,
    ("Title", "barred_until"): None,
}
"""An example by schema and field."""
