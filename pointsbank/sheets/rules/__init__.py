"""The rules on paper (积分细则): a notice for the wall, or a pocket sheet to fold and carry."""

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.schemas.options import OneOf, Options, Ticked
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.rules.drawing import draw
from pointsbank.sheets.rules.examples import example
from pointsbank.sheets.rules.gathering import gather
from pointsbank.sheets.rules.values import Words
from pointsbank.staff import Permission


def _versions(session: Session, village: str) -> list[tuple[str, str]]:
    """Return the adopted versions, the newest first."""
    adopted = [one for one in scoring.schemes(session, village=village) if one.status == "adopted"]
    return [(str(one.version), f"第{one.version}版") for one in reversed(adopted)]


class RulesOptions(Options):
    """Which version, and for the wall or the pocket."""

    version = OneOf(_versions, blank="现行的一版", load_default="", label="第几版", note="哪一版；默认现行的")
    pocket = Ticked(load_default=False, label="口袋页", note="A4横向，三折，随身带；不选是张贴的")


SHEET = Sheet(
    name="rules",
    title="积分细则",
    about="A4，现行细则按类别列出，每条怎样计分、有什么上限；可以张贴，也可以印成三折的口袋页。",
    permission=Permission.SCHEME_VIEW,
    options=RulesOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
