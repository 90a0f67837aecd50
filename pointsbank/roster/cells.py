"""The columns of a roster's table, and how each of its cells is read. Pure."""

import re

from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.labels.roster_column import ROSTER_COLUMN
from pointsbank.roster.participants import MAXIMUM_ADDRESS, MAXIMUM_PEOPLE
from pointsbank.spreadsheets import (
    NOTHING_KNOWN,
    Column,
    choice,
    code,
    group_heading,
    name,
    spelt,
    text,
    whole_number_between,
)
from pointsbank.spreadsheets.problems import CellInvalid

_TWO_NAMES = re.compile(r"[\u3400-\u9fff]{2,}[\s\u3000]+[\u3400-\u9fff]{2,}")
_JOINED = re.compile(r"[\u3400-\u9fff]{2,4}[和与及&+＋][\u3400-\u9fff]{2,4}")
_ORGANISED = re.compile("[会队社组村司部校]")
_MASKED = re.compile(r"[\u3400-\u9fff]+[*＊×○●]{1,3}[\u3400-\u9fff]*")
_SOMEBODY = re.compile(r"[\u3400-\u9fff]某{1,2}")
_IDENTITY = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])\d{5}[\dXx]")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_COUNT = re.compile(r"共?\d+\s*(?:户|人|组)")
_NO_HEAD = frozenset(
    {"已故", "去世", "死亡", "已死亡", "户主", "本人", "绝户", "销户", "迁出", "已迁出", "同户"}
)
_NUMBER = re.compile(r"[\d\s.,/:-]+")


def _name(cell: str) -> str:
    """Read the name of a household or organisation.

    Raises:
        CellInvalid: there are two names in it, or none.
    """
    if _TWO_NAMES.fullmatch(cell.strip()):
        reason = (
            f"“{' '.join(cell.split())[:30]}”中间有空格或换行，像是两个人。一个人请去掉空格，两个人只写户主。"
        )
        raise CellInvalid(reason=reason)
    if _JOINED.fullmatch(cell.strip()) and not _ORGANISED.search(cell):
        raise CellInvalid(reason=f"“{cell.strip()[:30]}”像是两个人，请只写户主的姓名。")
    if _MASKED.fullmatch(cell.strip()) or _SOMEBODY.fullmatch(cell.strip()):
        raise CellInvalid(reason=f"“{cell.strip()[:30]}”是遮住了字的姓名，请填完整的姓名。")
    if cell.strip() in NOTHING_KNOWN | _NO_HEAD or _COUNT.fullmatch(cell.strip()):
        raise CellInvalid(reason=f"“{cell.strip()[:30]}”不是姓名或名称；如果是合计一类的行，请删去。")
    if _NUMBER.fullmatch(cell.strip()):
        raise CellInvalid(reason=f"“{cell.strip()[:30]}”不是姓名或名称，请核对是否错了列。")
    return name(cell)


def _code(cell: str) -> str:
    """Read 户号.

    Raises:
        CellInvalid: it is the number of an identity card or a telephone, which nobody need know here.
    """
    found = code(cell)
    for what, pattern in (("身份证号", _IDENTITY), ("手机号", _MOBILE)):
        if pattern.fullmatch(found):
            reason = f"这是{what}，户号会印在卡上，请用村里自己编的号，例如 01001；{what}不要导入。"
            raise CellInvalid(reason=reason)
    return found


def _group(cell: str) -> str:
    """Read the name of a group.

    Raises:
        CellInvalid: it is 0, or a number with decimals.
    """
    found = name(cell)
    if _NO_GROUP.fullmatch(found):
        raise CellInvalid(reason=f"“{found[:30]}”不是小组，请写小组的名称，例如“一组”。")
    return found


_SEXES = re.compile("[男女][性人]?口?数?")
_NO_GROUP = re.compile(r"0+|[0-9]+[.][0-9]+")
_people_in = whole_number_between(0, MAXIMUM_PEOPLE)

_NOT_BESIDE = dict.fromkeys(
    ("与户主关系", "与户主的关系", "和户主关系", "户主关系", "家庭关系", "关系"),
    "一人一行的人口表；花名册一行一户，请每户只留户主那一行",
)

ROSTER_COLUMNS = spelt(
    (
        Column(
            ("户号", "code"),
            "code",
            True,
            _code,
            unique=True,
            doubtful=("序号", "门牌号", "号"),
            not_beside=_NOT_BESIDE,
            counted_in=("户",),
        ),
        Column(("户主", "head"), "name", True, _name, is_head=True),
        Column(("小组", "group"), "group", True, _group, may_be_blank=True, heading=group_heading),
        Column(
            ("人口", "people"),
            "people",
            True,
            _people_in,
            may_be_blank=True,
            is_amount=True,
            parts=((_SEXES, None),),
        ),
        Column(
            ("类别", "kind"), "kind", False, choice(PARTICIPANT_KIND.choices()), show=PARTICIPANT_KIND.name
        ),
        Column(("地址", "address"), "address", False, text(MAXIMUM_ADDRESS)),
        Column(("状态",), "state", False, text(60), "", looked_at=True),
    ),
    ROSTER_COLUMN,
)
