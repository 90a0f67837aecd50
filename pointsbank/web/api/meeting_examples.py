"""Examples of what the API says of meetings, their minutes and panels."""

from collections.abc import Mapping
from typing import Any

MEETINGS: Mapping[tuple[str, str], Any] = {
    ("MeetingBody", "absentees"): ["郑强"],
    ("", "judges"): ["周明", "吴芳"],
    ("", "minutes"): "逐户评议。",
    ("", "absentees"): ["郑强"],
    ("MeetingBody", "place"): "村委会会议室",
    ("MeetingBody", "panel"): "k5zk3v2n5x4b6m2j",
    ("MeetingBody", "agenda"): [{"kind": "scores", "subject": ""}],
    ("CancellingBody", "reason"): "大雨",
    ("AgendaLine", "subject"): "修桥的几户",
    ("AgendaLineBody", "subject"): "修桥的几户",
    ("AgendaLine", "outcome"): "全部通过",
    ("Attendee", "name"): "周明",
    ("Attendee", "recused_from"): ["0101"],
    ("Minutes", "year"): 2026,
    ("Minutes", "number"): 3,
    ("Minutes", "place"): "村委会会议室",
    ("Minutes", "panel"): "村评议小组",
    ("Minutes", "area"): [],
    ("Panel", "name"): "村评议小组",
    ("Panel", "rule"): "trimmed",
    ("Panel", "area"): [],
    ("Panel", "ended_at"): None,
    ("PanelMember", "number"): 1,
    ("PanelMember", "name"): "周明",
    ("PanelMember", "until"): None,
}
"""An example by schema and field."""
