"""Whether each judge marks on a sheet of their own."""

from pointsbank.labels import Labels

MARK_SHEET_WAY = Labels("mark_sheet_way", {"each": "每人一张", "together": "全体合一张"})
