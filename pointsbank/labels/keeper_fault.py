"""How far a fault that a check of a keeper's place found is put right."""

from pointsbank.labels import Labels

KEEPER_FAULT = Labels("keeper_fault", {"found": "等复查", "put_right": "已整改", "left": "没有整改"})
