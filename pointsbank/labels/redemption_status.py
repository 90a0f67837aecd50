"""States of a redemption."""

from pointsbank.labels import Labels

REDEMPTION_STATUS = Labels("redemption_status", {"completed": "已兑换", "reversed": "已撤销"})
