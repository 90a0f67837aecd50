"""Imports the balances a village starts with: one opening transaction per participant, once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.labels.balance_column import BALANCE_COLUMN
from pointsbank.ledger import HONOUR, POINTS, NewTransaction, Posting
from pointsbank.points import Points, show
from pointsbank.roster.naming_rows import naming_problems
from pointsbank.roster.participants import everyone, refuse_closed
from pointsbank.roster.stored import Participant
from pointsbank.spreadsheets import (
    Column,
    Imported,
    RowProblem,
    Table,
    code,
    name,
    parse_rows,
    points,
    spelt,
    text,
)
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt

_NOTHING = Points(0)

_NOT_BESIDE = {
    **dict.fromkeys(("条目", "积分项目", "积分事项", "加减分"), "评分表，请到“评分”去导入"),
    **dict.fromkeys(("商品", "商品名称", "兑换商品", "兑换物品", "物品名称"), "兑换登记表，它不是期初积分"),
}

# What a balance is made of where the books say it: 上年结余 and 本年获得 less 已兑换; or month by month.
_GAINED = re.compile(
    "上[年月期季]结[余转]|期初(?:积分|结余)?|奖励分?"
    "|(?:累计|总|本[年月期季])?(?:获得|新增|积|得|加)分?(?:积分)?"
)
_SPENT = re.compile("(?:累计|已|本[年月期季])?(?:兑换?|用|使用|消费|扣)(?:掉|了|去|减)?(?:积?分)?|减分")
_MONTHS = re.compile("(?:20[0-9]{2}年)?(?:1?[0-9]月份?|第?[1-4一二三四]季度?)")

BALANCE_COLUMNS = spelt(
    (
        Column(
            ("户号", "participant"),
            "code",
            True,
            code,
            unique=True,
            doubtful=("序号", "号"),
            not_beside=_NOT_BESIDE,
            counted_in=("户",),
        ),
        Column(("户主",), "name", False, name, is_head=True),
        Column(
            ("积分", "points"),
            "points",
            True,
            points,
            default=_NOTHING,
            may_be_blank=True,
            doubtful=("总积分", "累计积分", "合计积分", "年度积分", "得分", "分数"),
            is_amount=True,
            blank_means="0",
            show=show,
            parts=((_GAINED, _SPENT), (_GAINED, None), (_MONTHS, None)),
        ),
        Column(
            ("荣誉", "honour"),
            "honour",
            False,
            points,
            default=_NOTHING,
            is_amount=True,
            blank_means="0",
            show=show,
        ),
        Column(("说明", "note"), "note", False, text(200), default=""),
    ),
    BALANCE_COLUMN,
)

SOURCE = "opening"


class BalancesOpened(Refused):
    """Somebody imported the balance of one of these participants in the meantime."""

    code = "balances_opened"
    sentence = "这些户里有{count}户已经导入过期初积分，每户只能导入一次；请按现在的账重新上传表格。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a participant (id) begins with: hundredths, points >= 0; honour may be below 0.

    `row` is its row in the file that it came from, 0 where it came from none.
    """

    participant: str
    points: Points
    honour: Points
    note: str = ""
    row: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancesImported(Imported):
    """What an import of balances posted, or with `dry_run` would post: its `openings`."""

    openings: tuple[Opening, ...] = ()


def import_balances(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    second: str | None = None,
    dry_run: bool = False,
    confirmed: bool = False,
) -> BalancesImported:
    """Post each row's balances as an opening transaction, all or none; what was imported before stays.

    Whether one person may do it alone is asked by `governing.import_balances`.

    Args:
        second: id of the person who says yes too, told by each entry; None where nobody need.
        dry_run: check only, post nothing.
        confirmed: somebody has looked at what `RowsInDoubt` asks about.

    Raises:
        RowsInDoubt: a sum of the table is not that of its rows; not if `confirmed`.
        BadRows: a cell cannot be read, a code is unknown or occurs twice, the name beside it is another's,
            points are below 0, a household is closed, or a balance differs from the one imported before.
        VillageUnknown, AlreadyPosted: as `ledger.post`.

    Example:
        roster.import_balances(session, village="cy", table=read_table(file), by="li", at=now).added == 300
    """
    parsed = parse_rows(table, BALANCE_COLUMNS, collect=True)
    villages.lock(session, village=village)
    known = {person.code: person for person in everyone(session, village=village)}
    ids = [known[row["code"]].id for row in parsed.rows if row["code"] in known]
    opened = ledger.posted_amounts(session, village=village, source_kind=SOURCE, ids=ids)
    wrong = parsed.problems + naming_problems(
        session, village=village, rows=[(row["row"], row["code"], row["name"]) for row in parsed.rows]
    )
    wrong += [one for row in parsed.rows for one in _problems(row, known.get(row["code"]), opened)]
    if wrong:
        raise BadRows(wrong)
    if parsed.asked and not confirmed:
        raise RowsInDoubt(parsed.asked)
    people = {row["code"]: known[row["code"]].id for row in parsed.rows}
    openings = tuple(
        Opening(people[row["code"]], row["points"], row["honour"], row["note"], row["row"])
        for row in parsed.rows
        if people[row["code"]] not in opened and (row["points"] or row["honour"])
    )
    if not dry_run:
        _post(session, openings, village=village, by=by, at=at, second=second)
    return BalancesImported(
        added=len(openings),
        unchanged=len(parsed.rows) - len(openings),
        ignored_columns=parsed.ignored_columns,
        found=parsed.found,
        openings=openings,
    )


def post_openings(
    session: Session, openings: Sequence[Opening], *, village: str, by: str, second: str, at: datetime
) -> None:
    """Post balances that an import found earlier, all or none, in the name of two people.

    Args:
        second: id of the person who says yes too, told by each entry.

    Raises:
        BalancesOpened: one of the participants has an opening balance by now.
        ParticipantClosed: one of them is closed by now.
        VillageUnknown, AlreadyPosted: as `ledger.post`.

    Example:
        roster.post_openings(session, found.openings, village="cy", by=li.id, second=chen.id, at=now)
    """
    villages.lock(session, village=village)
    ids = [one.participant for one in openings]
    opened = ledger.posted_amounts(session, village=village, source_kind=SOURCE, ids=ids)
    if opened:
        raise BalancesOpened(count=len(opened))
    refuse_closed(session, village=village, participants=ids)
    _post(session, openings, village=village, by=by, at=at, second=second)


def _post(
    session: Session,
    openings: Sequence[Opening],
    *,
    village: str,
    by: str,
    at: datetime,
    second: str | None,
) -> None:
    """Post an opening transaction for each."""
    ledger.post(session, [_entry(one, at, second) for one in openings], village=village, by=by, at=at)


def _problems(
    row: dict[str, Any], person: Participant | None, opened: dict[str, dict[str, Points]]
) -> Iterator[RowProblem]:
    """Yield what is wrong with a row: a debt, a balance other than was imported before."""
    if person is None:
        return
    if row["points"] < 0:
        yield RowProblem(row["row"], "积分", "起始积分不能小于0，欠分请在评议会上另行处理。")
    elif person.status == "closed" and person.id not in opened and (row["points"] or row["honour"]):
        yield RowProblem(row["row"], "户号", f"{row['code']}已经销户，不能再有积分，请删掉这一行。")
    elif person.id in opened:
        for unit, title in ((POINTS, "积分"), (HONOUR, "荣誉")):
            before, given = opened[person.id].get(unit, Points(0)), row[unit]
            if before != given:
                differs = f"起始{title}已导入过{show(before)}，这里是{show(given)}"
                yield RowProblem(row["row"], title, f"{differs}，请改回原数，差额再更正。")


def _entry(opening: Opening, at: datetime, second: str | None) -> NewTransaction:
    """Return the opening transaction of one participant."""
    id = opening.participant
    amounts = ((POINTS, opening.points), (HONOUR, opening.honour))
    lines = tuple(_line(id, unit, amount) for unit, amount in amounts if amount)
    words = {"participant": id, "item": "期初积分", "note": opening.note}
    words |= {"second": second} if second else {}
    return NewTransaction("opening", day_of(at), lines, words, source=(SOURCE, id))


def _line(participant: str, unit: str, amount: Points) -> Posting:
    """Return the line from the village's issuance, or back to it where honour starts below zero."""
    village, account = ledger.village_account("issuance", unit), ledger.account_of(participant, unit)
    if amount < 0:
        return Posting(account, village, unit, Points(-amount))
    return Posting(village, account, unit, amount)


@ledger.describes("opening")
def _in_words(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：期初积分（旧账本，第二人赵监督）."""
    second = f"第二人{names(words['second'])}" if words.get("second") else ""
    note = "，".join(filter(None, (words.get("note"), second)))
    return f"{names(words['participant'])}：{words['item']}{f'（{note}）' if note else ''}"
