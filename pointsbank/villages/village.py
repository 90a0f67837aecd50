"""A village as the others see it: its code, its name."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from pointsbank.database import table_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.prepared import ask
from pointsbank.villages.models import SettingsRow, VillageRow

_village = table_of(VillageRow)
# Asked at every request: one statement, built once.
_GET = select(_village.c.id, _village.c.name).where(_village.c.id == bindparam("village"))

_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")
_NAME = re.compile(r"[^\x00-\x1f\x7f‎‏‪-‮⁦-⁩]{2,30}")


class VillageUnknown(NotFound):
    """There is no such village, or it is none of this person's business."""

    code = "village_unknown"
    sentence = "没有找到这个村，请核对村代码。"
    fixed_by = "管理员"


class VillageCodeInvalid(Invalid):
    """The code would not do in URLs and on proofs."""

    code = "village_code_invalid"
    sentence = "村代码“{given}”不可用，请用 2 到 32 个小写字母、数字或连字符，以字母开头。"
    fixed_by = "管理员"


class VillageNameInvalid(Invalid):
    """The name is empty, endless or holds unprintable characters."""

    code = "village_name_invalid"
    sentence = "村名应为 2 到 30 个字，请重新填写。"
    fixed_by = "管理员"


class VillageExists(Refused):
    """The code is taken: it stands in every proof of that village and is never reused."""

    code = "village_exists"
    sentence = "村代码 {given} 已有人使用，请换一个。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Village:
    """A village; `id` is its code, which stands in URLs and in every log entry and never changes."""

    id: str
    name: str


def create(session: Session, *, code: str, name: str, at: datetime) -> Village:
    """Write a new village with default settings; its books are opened by `ledger.found_village`."""
    if not _CODE.fullmatch(code):
        raise VillageCodeInvalid(given=code[:40])
    if not _NAME.fullmatch(name.strip()):
        raise VillageNameInvalid()
    if session.get(VillageRow, code):
        raise VillageExists(given=code)
    session.add(VillageRow(id=code, name=name.strip(), founded_at=at))
    session.flush()
    session.add(SettingsRow(village_id=code))
    session.flush()
    return Village(code, name.strip())


def get(session: Session, village: str) -> Village:
    """The village with this code; raises VillageUnknown."""
    row = ask(session, _GET, {"village": village}).first()
    if row is None:
        raise VillageUnknown()
    return Village(*row)


def lock(session: Session, *, village: str) -> None:
    """Let one change at a time at who and what a village consists of; raises VillageUnknown.

    Keeps out only its like: sales and postings go on meanwhile.
    """
    query = select(VillageRow.id).where(VillageRow.id == village).with_for_update(key_share=True)
    if session.exec(query).first() is None:
        raise VillageUnknown()


def everyone(session: Session) -> list[Village]:
    """All villages of this installation, by code."""
    rows = session.exec(select(VillageRow).order_by(col(VillageRow.id)))
    return [Village(row.id, row.name) for row in rows]
