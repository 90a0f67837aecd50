"""How somebody stands in a meeting's minutes."""

from pointsbank.labels import Labels

ATTENDANCE = Labels("attendance", {"judge": "到场", "absentee": "缺席"})
