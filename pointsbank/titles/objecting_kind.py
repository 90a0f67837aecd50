"""Titles as something that can be objected to."""

from pointsbank.errors import Refused
from pointsbank.objections import Kind
from pointsbank.titles.models import TitleObjectionAnswerRow, TitleObjectionRow


class TitleObjectionStands(Refused):
    """There is an open objection to this title already."""

    code = "title_objection_stands"
    sentence = "这个称号已有异议正在处理，请等待书面答复。"
    fixed_by = "村委"


class NominatorCannotDecide(Refused):
    """Who wrote a nomination down does not decide the objection against it."""

    code = "nominator_cannot_decide"
    sentence = "登记提名的人不能答复对它的异议，请由村务监督答复。"
    fixed_by = "监督委员会"


TITLES = Kind(
    "title", TitleObjectionRow, TitleObjectionAnswerRow, TitleObjectionStands, NominatorCannotDecide
)
