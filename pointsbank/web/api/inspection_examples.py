"""Examples of what the API says of inspections."""

from collections.abc import Mapping
from typing import Any

INSPECTIONS: Mapping[tuple[str, str], Any] = {
    ("Inspection", "words"): "院墙外一堆木料",
    ("Inspection", "verdict"): "dirty",
    ("Inspection", "state"): "handed_over",
    ("Inspection", "due_on"): "2026-09-08",
    ("Inspection", "inspected_at"): "2026-09-01T02:00:00Z",
    ("Inspection", "looked_at"): None,
    ("InspectionBody", "words"): "院墙外一堆木料",
    ("InspectionBody", "verdict"): "dirty",
    ("InspectionBody", "due_on"): "2026-09-08",
    ("Fault", "number"): 1,
    ("Fault", "title"): "门前乱堆杂物",
    ("Fault", "status"): "found",
    ("FaultBody", "number"): 2,
    ("Round", "begun_on"): "2026-09-01",
    ("Round", "done"): 12,
    ("Round", "size"): 58,
    ("", "inspection"): "e5zk3v2n5x4b6m2j",
    ("", "round"): "f6zk3v2n5x4b6m2j",
}
"""An example by schema and field."""
