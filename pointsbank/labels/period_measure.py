"""How the months of a quarter, a half-year or a year come to one figure."""

from pointsbank.labels import Labels

PERIOD_MEASURE = Labels(
    "period_measure",
    {"sum": "各月相加", "average": "各月平均"},
    spellings={"sum": ("总分", "相加"), "average": ("平均",)},
)
