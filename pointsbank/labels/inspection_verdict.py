"""How a household was found at an inspection, as it stands on door labels."""

from pointsbank.labels import Labels

INSPECTION_VERDICT = Labels("inspection_verdict", {"clean": "清洁", "fair": "比较清洁", "dirty": "不清洁"})
