"""Examples of what the API says of sheets and long prints."""

from collections.abc import Mapping
from typing import Any

PRINT_RUNS: Mapping[tuple[str, str], Any] = {
    ("Sheet", "name"): "poster",
    ("Sheet", "title"): "红黑榜海报",
    ("Sheet", "method"): "GET",
    ("Option", "name"): "month",
    ("Option", "label"): "月份",
    ("PrintRunKind", "name"): "inspection",
    ("PrintRunKind", "title"): "检查资料包",
    ("PrintRunKind", "about"): "上报表和这段时间的记录、公示、海报、答复、细则，装成一个文件。",
    ("PrintRunKind", "caution"): "里面有全名，只交给来检查的人。",
    ("PrintRun", "id"): "h6zk3v2n5x4b6m2j",
    ("PrintRun", "kind"): "inspection",
    ("PrintRun", "title"): "2026年第三季度检查资料包",
    ("PrintRun", "state"): "running",
    ("PrintRun", "attempts"): 1,
    ("PrintRun", "step"): 12,
    ("PrintRun", "steps"): 30,
    ("PrintRun", "doing"): "画2026年9月海报",
    ("PrintRun", "asked_by"): "李主任",
    ("PrintRun", "ended_at"): None,
    ("PrintRun", "size"): 0,
    ("PrintRun", "result"): "",
    ("PrintRun", "error"): "",
    ("PrintRun", "goes_at"): None,
}
"""An example by schema and field."""
