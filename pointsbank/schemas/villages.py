"""A village as the API tells it."""

from pointsbank.schemas.base import Answer, items_of
from pointsbank.schemas.fields import Text


class VillageShape(Answer):
    """A village: its code, which stands in addresses, and its name."""

    code = Text(most=32, attribute="id", required=True, note="村代码，用在网址里。")
    name = Text(most=30, required=True)


VillagePage = items_of(VillageShape)
