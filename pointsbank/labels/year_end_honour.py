"""What becomes of honour when the points year is over."""

from pointsbank.labels import Labels

YEAR_END_HONOUR = Labels(
    "year_end_honour",
    {
        "kept": "永久保留",
        "anew": "重新起算",
    },
)
