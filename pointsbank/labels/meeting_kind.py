"""What a row of the meetings is besides a meeting: the day book of the counter."""

from pointsbank.labels import Labels

MEETING_KIND = Labels("meeting_kind", {"day_book": "柜台登记"})
