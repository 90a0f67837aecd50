"""An API token as its owner's programs see it: never the token itself."""

from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Text, UtcDateTime


class TokenSchema(ResponseSchema):
    """A token: what it is for, when it ends, when it was last used."""

    id = Text(maximum=32, required=True, note="编号，作废时用；不是令牌本身。")
    name = Text(maximum=40, required=True)
    made_at = UtcDateTime(required=True)
    ends_at = UtcDateTime(required=True)
    used_at = UtcDateTime(required=True, allow_none=True, note="最近一次使用，最多差一小时。")


TokenPage = items_of(TokenSchema)
