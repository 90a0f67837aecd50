"""Examples of what the API says of spot checks."""

from collections.abc import Mapping
from typing import Any

SPOT_CHECKS: Mapping[tuple[str, str], Any] = {
    ("SpotCheck", "month"): "2026-09",
    ("SpotCheckBody", "month"): "2026-09",
    ("SpotCheck", "size"): 1,
    ("SpotCheckBody", "size"): 20,
    ("SpotCheck", "population"): 341,
    ("SpotCheck", "status"): "thrown",
    ("SpotCheck", "rule"): "pointsbank-draw-v1",
    ("SpotCheck", "digest"): "48dd03f0a1c2b3948576a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6",
    ("SpotCheck", "start"): 412,
    ("SpotCheck", "stop"): 1340,
    ("SpotCheck", "dice"): "3164522614",
    ("SpotCheck", "sealed_at"): None,
    ("SpotCheck", "result"): "",
    ("SpotCheck", "mark"): "thrown-0",
    ("SpotCheckSignatureBody", "seen"): "thrown-20",
    ("AnswersBody", "first"): "0101",
    ("AnswersBody", "second"): "0303",
    ("FoundBody", "index"): 812,
    ("FoundBody", "answer"): "true",
    ("FoundBody", "note"): "",
    ("Drawn", "index"): 812,
    ("Drawn", "answer"): None,
    ("DiceBody", "dice"): "3164522614",
    ("DiceBody", "thrower"): "0101",
    ("DiceBody", "witness"): "0303",
    ("DiceBody", "reason"): "",
}
"""An example by schema and field."""
