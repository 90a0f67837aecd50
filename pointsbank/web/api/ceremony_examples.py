"""Examples of what the API says of ceremonies."""

from collections.abc import Mapping
from typing import Any

_PLANNED: Mapping[str, Any] = {
    "kind": "wedding",
    "held_on": "2026-10-01",
    "last_on": "2026-10-01",
    "place": "自家院子",
    "tables": 12,
    "cars": 6,
    "gift": None,
    "words": "",
}

CEREMONIES: Mapping[tuple[str, str], Any] = {
    ("", "ceremony"): "c6zk3v2n5x4b6m2j",
    **{
        (schema, field): value for schema in ("Ceremony", "CeremonyBody") for field, value in _PLANNED.items()
    },
    ("Ceremony", "number"): 3,
    ("Ceremony", "over"): [],
    ("Ceremony", "late"): False,
    ("Ceremony", "signed_on"): "2026-09-20",
    ("Ceremony", "status"): "announced",
}
"""An example by schema and field."""
