"""A village as the API tells it."""

from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Text


class VillageSchema(ResponseSchema):
    """A village: its code, which stands in addresses, and its name."""

    code = Text(maximum=32, attribute="id", required=True, note="村代码，用在网址里。")
    name = Text(maximum=30, required=True)


VillagePage = items_of(VillageSchema)
