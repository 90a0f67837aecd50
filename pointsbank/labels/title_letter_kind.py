"""What is written to a household about a good deed."""

from pointsbank.labels import Labels

TITLE_LETTER_KIND = Labels(
    "title_letter_kind", {"congratulation": "喜报", "thanks": "感谢信", "recommendation": "推荐信"}
)
