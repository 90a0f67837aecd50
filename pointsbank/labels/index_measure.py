"""How an index is measured."""

from pointsbank.labels import Labels

INDEX_MEASURE = Labels(
    "index_measure", {"clear_share": "没有扣分的户占几成", "full_mark": "满分100，每处问题扣几分"}
)
