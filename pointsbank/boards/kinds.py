"""Listings, and the facts that they rest on, as something that can be objected to."""

from pointsbank.boards.models import ListingObjectionAnswerRow, ListingObjectionRow
from pointsbank.boards.process_models import FactObjectionAnswerRow, FactObjectionRow
from pointsbank.errors import Refused
from pointsbank.objections import Kind


class ListingObjectionStands(Refused):
    """There is an open objection to this listing already."""

    code = "listing_objection_stands"
    sentence = "这条上榜记录已有异议正在处理，请等待书面答复。"
    fixed_by = "村委"


class ProposerCannotDecide(Refused):
    """Who proposed a listing does not decide the objection against it."""

    code = "proposer_cannot_decide"
    sentence = "提名的人不能答复对这条提名的异议，请由村务监督答复。"
    fixed_by = "监督委员会"


LISTINGS = Kind(
    "listing", ListingObjectionRow, ListingObjectionAnswerRow, ListingObjectionStands, ProposerCannotDecide
)


class FactObjectionStands(Refused):
    """There is an open objection to this fact already."""

    code = "fact_objection_stands"
    sentence = "这条事实已有异议正在处理，请等待书面答复。"
    fixed_by = "村委"


class FactRecorderCannotDecide(Refused):
    """Who recorded a fact does not decide the objection against it."""

    code = "fact_recorder_cannot_decide"
    sentence = "记录这件事的人不能答复对它的异议，请由村务监督答复。"
    fixed_by = "监督委员会"


FACTS = Kind(
    "listing_fact", FactObjectionRow, FactObjectionAnswerRow, FactObjectionStands, FactRecorderCannotDecide
)
