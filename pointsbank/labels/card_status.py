"""States of a card, from the printer to the household's pocket and out of it."""

from pointsbank.labels import Labels

CARD_STATUS = Labels(
    "card_status", {"printed": "待发放", "active": "使用中", "replaced": "已换新", "revoked": "已挂失或作废"}
)
