"""Founds villages and finds them by their code."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, case, func
from sqlmodel import Session, col, select

from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.prepared import fetch
from pointsbank.villages.models import SettingsRow, VillageRow

_CODE = re.compile(r"[a-z][a-z0-9-]{1,31}")
_NAME = re.compile(r"[^\x00-\x1f\x7f‎‏‪-‮⁦-⁩]{2,30}")


class VillageUnknown(NotFound):
    """There is no such village, or this person has no role in it: the two look alike."""

    code = "village_unknown"
    sentence = "没有找到这个村，请核对村代码。"
    fixed_by = "管理员"


class VillageCodeInvalid(Invalid):
    """The code has not 2 to 32 lower-case letters, digits or hyphens, or does not begin with a letter."""

    code = "village_code_invalid"
    sentence = "村代码“{given}”不可用，请用2至32个小写字母、数字或连字符，以字母开头。"
    fixed_by = "管理员"
    at = ("village_code", "code")


class VillageNameInvalid(Invalid):
    """The name has not 2 to 30 characters, or has invisible ones."""

    code = "village_name_invalid"
    sentence = "村名应为2至30个字，请重新填写。"
    fixed_by = "管理员"
    at = ("village_name", "name")


class VillageExists(Refused):
    """The code is taken: every proof of that village carries it, so it is never reused."""

    code = "village_exists"
    sentence = "村代码 {given} 已有人使用，请换一个。"
    fixed_by = "管理员"


@dataclass(frozen=True, slots=True)
class Village:
    """A village; `id` is its code, used in URLs and log entries, and never changes."""

    id: str
    name: str


# Runs at every request: one statement, built once.
# The ends of the index of codes, however many villages there are.
_FIRST, _LAST = (select(end(col(VillageRow.id))).scalar_subquery() for end in (func.min, func.max))
_ONLY = case((_FIRST == _LAST, _FIRST)).label("only_village")
_GET = select(col(VillageRow.id), col(VillageRow.name)).where(col(VillageRow.id) == bindparam("village"))


def create(session: Session, *, code: str, name: str, at: datetime) -> Village:
    """Create a village with default settings; `ledger.found_village` then opens its accounts.

    Raises:
        VillageCodeInvalid, VillageNameInvalid: code or name have the wrong form.
        VillageExists: the code is taken.

    Example:
        villages.create(session, code="cy", name="茶源村", at=now) == Village("cy", "茶源村")
    """
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
    """Return the village with this code.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        villages.get(session, "cy").name == "茶源村"
    """
    found = fetch(session, _GET, {"village": village}, into=Village).first()
    if found is None:
        raise VillageUnknown()
    return found


def lock(session: Session, *, village: str) -> None:
    """Lock a village against other changes of its roster and groups until this transaction ends.

    Sales and postings go on meanwhile.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        villages.lock(session, village="cy")
    """
    query = select(VillageRow.id).where(VillageRow.id == village).with_for_update(key_share=True)
    if session.exec(query).first() is None:
        raise VillageUnknown()


def everyone(session: Session) -> list[Village]:
    """Return all villages of this installation, ordered by code.

    Example:
        [village.id for village in villages.everyone(session)] == ["cy"]
    """
    rows = session.exec(select(VillageRow).order_by(col(VillageRow.id)))
    return [Village(row.id, row.name) for row in rows]


def only_village(session: Session) -> str | None:
    """Return the code of an installation's one village; None where there are several, or none yet.

    Example:
        villages.only_village(session) == "cy"
    """
    found: str | None = session.exec(select(_ONLY)).one()
    return found


def with_only_village(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Return a statement with a column `only_village` at its end, in each row what `only_village` returns.

    Example:
        villages.with_only_village(select(col(StaffRow.id)))
    """
    return query.add_columns(_ONLY)
