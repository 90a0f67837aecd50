"""Where a score was entered: at a meeting, or at the counter, where nobody judges."""

from pointsbank.labels import Labels

SCORE_SOURCE = Labels("score_source", {"meeting": "评议会", "day_book": "柜台登记"})
