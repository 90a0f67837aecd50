"""What happens when a notice's days are over."""

from pointsbank.labels import Labels

SETTLING = Labels("settling", {"by_itself": "自动入账", "by_hand": "不自动，有人办理才入账"})
