"""The three indices of a village."""

from pointsbank.labels import Labels

VILLAGE_INDEX = Labels(
    "village_index",
    {"environment": "环境清洁指数", "public_places": "公共场所指数", "relations": "人际和谐指数"},
)
