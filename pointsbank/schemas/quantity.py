"""A quantity: how many hours, people, yuan, or places at fault; a decimal, not points."""

from decimal import Decimal
from typing import Any

from pointsbank import points
from pointsbank.schemas.fields import DECIMALS, StrictField, hundredths

MAXIMUM = 100_000_000


class Quantity(StrictField[Decimal]):
    """A quantity: a number from 0 to 100,000,000 with at most two decimals; what 0 means says the rule."""

    default_error_messages = {"invalid": "请填不小于0的数字，最多两位小数。"}  # noqa: RUF012 - read from the class
    document = {"type": "number", "minimum": 0, "maximum": MAXIMUM, **DECIMALS}  # noqa: RUF012 - read from the class

    def read(self, value: Any) -> Decimal:
        """Return the quantity."""
        amount = hundredths(self, value)
        if not 0 <= amount <= points.whole(MAXIMUM):
            raise self.make_error("invalid")
        return points.to_decimal(amount)
