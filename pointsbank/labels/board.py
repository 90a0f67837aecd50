"""Boards of a month."""

from pointsbank.labels import Labels

BOARD = Labels("board", {"red": "红榜", "black": "黑榜"})
