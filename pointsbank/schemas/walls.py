"""Papers on walls: what hangs where, until when, and that it came off."""

from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.labels.wall_paper import WALL_PAPER
from pointsbank.schemas.base import ResponseSchema, Schema, items_of
from pointsbank.schemas.fields import Choice, Day, Text


class WallPosterBody(Schema):
    """Of which month a poster hangs, where, in which size."""

    month = Text(
        maximum=7, required=True, note="月份，例如 2026-09；季度、半年、年度写 2026-Q3、2026-H1、2026。"
    )
    place = Text(maximum=60, required=True, note="贴在哪里。")
    size = Choice(*PAPER_SIZE.codes, required=True)
    hung_on = Day(load_default=None, allow_none=True, note="哪天贴的；不写就是今天。")


class WallListingBody(Schema):
    """Where the paper of a listing hangs, in which size."""

    place = Text(maximum=60, required=True, note="贴在哪里。")
    size = Choice(*PAPER_SIZE.codes, required=True)
    hung_on = Day(load_default=None, allow_none=True, note="哪天贴的；不写就是今天。")


class WallPlaceBody(Schema):
    """Where a correction hangs: where the error hung, in the same size."""

    place = Text(maximum=60, required=True, note="原来贴错的地方。")


class WallDownBody(Schema):
    """When a paper came off."""

    on = Day(load_default=None, allow_none=True, note="哪天撤的；不写就是今天。")


class WallCopySchema(ResponseSchema):
    """One paper on one wall."""

    id = Text(maximum=64, required=True)
    paper = Choice(*WALL_PAPER.codes, required=True)
    subject_id = Text(
        maximum=64, required=True, note="公示、上榜记录、更正、称号的编号，或者月份、季度、半年、年度。"
    )
    place = Text(maximum=60, required=True)
    size = Choice(*PAPER_SIZE.codes, required=True)
    hung_on = Day(required=True)
    take_down_on = Day(required=True, note="最迟哪天撤下；内容变了的，今天就撤。")
    taken_on = Day(required=True, allow_none=True)


WallCopyPage = items_of(WallCopySchema)
