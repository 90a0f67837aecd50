"""What a household may be barred from for a time: praise, never what it earned."""

from pointsbank.labels import Labels

AWARD = Labels("award", {"red_board": "红榜", "titles": "荣誉称号"})
