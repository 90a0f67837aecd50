"""Importing from tables: a scheme as a draft or adopted at once, and scores into an open meeting."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.collecting import collecting_later
from pointsbank.dates import day_of
from pointsbank.labels.score_column import SCORE_COLUMN
from pointsbank.points import PointsInvalid, show
from pointsbank.roster import Participant
from pointsbank.scoring.amounts_apart import one_amount
from pointsbank.scoring.base_items import given_again
from pointsbank.scoring.deed_rows import dated, known_by_title, measure_problems, signed_amounts
from pointsbank.scoring.deeds import doubts, judged_elsewhere
from pointsbank.scoring.entering import enter_locked, lock_for_entering
from pointsbank.scoring.lawful import item_warnings
from pointsbank.scoring.not_entered import not_entered
from pointsbank.scoring.reading import scores
from pointsbank.scoring.same_deed import MAXIMUM_MARK
from pointsbank.scoring.scheme import (
    AdoptionIncomplete,
    adopt_scheme,
    as_words,
    draft,
    items_of,
    rulebook,
    schemes,
)
from pointsbank.scoring.scheme_rows import read_items
from pointsbank.scoring.values import Item, Scheme, SchemeImported, Score, ScoreRow, ScoresImported
from pointsbank.spreadsheets import (
    Column,
    DateText,
    RowProblem,
    Table,
    another_village,
    code,
    day_or_month_day,
    name,
    parse_rows,
    period_heading,
    points,
    spelt,
    text,
    unequal_still,
    written_points,
)
from pointsbank.spreadsheets.problems import BadRows, CellInvalid, RowsInDoubt
from pointsbank.text import narrow

_MEASURED = re.compile(r"([0-9][0-9,.]*)\s*([^0-9\s.,/-][^0-9\s]{0,7})")


_MAXIMUM_DOUBTS = 200
"""Doubts that are told at once."""


class Quantity(Decimal):
    """A quantity with the measure that somebody wrote behind it, such as 小时."""

    unit: str = ""


def _quantity(cell: str) -> Quantity:
    """Read a quantity: at most two decimals; 2小时 too, whose measure is compared with the item's.

    Raises CellInvalid.
    """
    tidy = narrow(cell)
    measured = _MEASURED.fullmatch(tidy)
    try:
        number = points(measured[1] if measured and not isinstance(cell, DateText) else cell)
    except PointsInvalid as error:
        sentence = f"“{tidy[:30]}”不是有效的数量，请换算好，只填一个数，最多两位小数，例如 2 或 1.5。"
        raise CellInvalid(reason=sentence) from error
    quantity = Quantity(Decimal(number) / 100)
    quantity.unit = measured[2] if measured else ""
    return quantity


SCORE_COLUMNS = spelt(
    (
        Column(("户号", "participant"), "participant_code", True, code, doubtful=("序号", "号")),
        Column(("户主",), "name", False, name),
        Column(("条目", "item"), "item", True, text(200), in_grid="header", counted_in=("条", "人次")),
        Column(("日期", "date"), "occurred_on", False, day_or_month_day, heading=period_heading),
        Column(("数量", "quantity"), "quantity", False, _quantity, is_amount=True, is_measure=True),
        Column(
            ("分值", "points"), "points", False, written_points, is_amount=True, in_grid="cell", show=show
        ),
        Column(("加分", "plus"), "plus", False, written_points, is_amount=True, in_grid="sign", show=show),
        Column(("扣分", "minus"), "minus", False, written_points, is_amount=True, in_grid="sign", show=show),
        Column(("说明", "note"), "note", False, text(200), ""),
        Column(("同一件事", "same_deed"), "same_deed", False, text(MAXIMUM_MARK), ""),
    ),
    SCORE_COLUMN,
)


def import_scheme(
    session: Session,
    *,
    village: str,
    table: Table,
    by: str,
    at: datetime,
    resolution: str | None = None,
    from_date: date | None = None,
    unpublished: Sequence[str] = (),
    confirmed: bool = False,
) -> SchemeImported:
    """Read a scheme as a draft; with resolution and day, adopt it too. The same file again changes nothing.

    Locks the village: of two who each write a draft at once the second sees the first one's.

    Raises:
        BadRows: rows that are no items, each wrong cell named.
        RowsInDoubt: a sum of the table is not that of its rows; not if `confirmed`.
        AdoptionIncomplete: a resolution without a day, or a day without a resolution.
        TextInvalid: the resolution is too long or holds what cannot be stored.
        AdoptionTooEarly: the day is before that of the version in force; and those of `adopt_scheme`.
        VillageUnknown: raised by `lock`.

    Items that may not be shown in public are warned of in a draft; see `adopt_scheme` for `unpublished`.

    Example:
        done = import_scheme(session, village="chayuan", table=table, by="li", at=now)
        done.scheme.status, done.added  # "draft", 12
    """
    if bool(resolution) != (from_date is not None):
        raise AdoptionIncomplete()
    villages.lock(session, village=village)
    known = schemes(session, village=village)
    last = known[-1] if known else None
    old = items_of(session, village=village, scheme=last.id) if last else []
    new, ignored, warnings, found, titles = read_items(table, old, confirmed=confirmed)
    warnings += [*item_warnings(new), *given_again(_adopted(session, known, village=village), new)]
    if other := another_village(titles, villages.get(session, village).name):
        warnings.append(f"表上面写的是{other}，请核对是不是选错了文件。")
    same = [as_words(item) for item in old] == [as_words(item) for item in new]
    wanted = last if last is not None and same and _fits(last, resolution, from_date) else None
    scheme = wanted or draft(session, village=village, new=new, by=by, at=at)
    if resolution and from_date and scheme.status == "draft":
        scheme = adopt_scheme(
            session,
            village=village,
            scheme=scheme.id,
            resolution=resolution,
            from_date=from_date,
            by=by,
            at=at,
            unpublished=unpublished,
        )
    done = _compared(scheme, old, new, ignored, warnings)
    return replace(done, found=found)


@collecting_later()
def import_scores(
    session: Session,
    *,
    village: str,
    meeting: str,
    table: Table,
    by: str,
    at: datetime,
    occurred_on: date | None = None,
    confirmed: bool = False,
) -> ScoresImported:
    """Enter a table's rows into a meeting; rows that its minutes hold already are not entered again.

    A table of one row a household and one column an item will do as well.

    Args:
        occurred_on: the day of all deeds, for a table without a column of days.
        confirmed: somebody has looked at what `RowsInDoubt` asks about.

    Raises:
        BadRows: rows that cannot be entered, each named; or whose code is not that of the name beside it.
        RowsInDoubt: deeds that stand in the file twice, or that another meeting has judged, or a sum that is
            not that of its rows.
        MeetingUnknown, MeetingClosed, NotYetOpen, MeetingCancelled: as `lock_open`.
        ParticipantClosed: a household was closed while we waited; and those of `enter_locked`.
        VillageUnknown: raised by `of_another_village`.

    Example:
        done = import_scores(session, village="chayuan", meeting=meeting.id, table=table, by="li", at=now)
        done.added, done.unchanged  # 40, 2
    """
    parsed = parse_rows(table, SCORE_COLUMNS, collect=True)
    day_notes, undated = dated(parsed, occurred_on, day_of(at))
    undated += one_amount(parsed.rows)
    named = [(values["row"], values["participant_code"], values.pop("name")) for values in parsed.rows]
    wrong = [*parsed.problems, *undated, *roster.naming_problems(session, village=village, rows=named)]
    rules = rulebook(session, village=village)
    dated_rows = [values for values in parsed.rows if values["occurred_on"] is not None]
    rows = [known_by_title(ScoreRow(**values), rules) for values in dated_rows]
    wrong += measure_problems(rows, rules)
    known, before = lock_for_entering(session, rows, village=village, meeting=meeting)
    new = not_entered(rows, scores(session, village=village, meeting=meeting))
    doing = {"village": village, "meeting": meeting, "by": by, "at": at}
    entered = _entered(session, new, known, before, wrong, doing)
    if not confirmed:
        days = {row.occurred_on for row in new}
        elsewhere = judged_elsewhere(session, village=village, meeting=meeting, days=days)
        asked = [*roster.of_another_village(session, parsed, village=village)] if new else []
        sums = unequal_still(parsed.asked, "points", signed_amounts(rows, rules))
        if asked := [*sums, *asked, *doubts(new, known, rules, elsewhere)]:
            raise RowsInDoubt(asked[:_MAXIMUM_DOUBTS])
    return ScoresImported(
        scores=entered,
        added=len(new),
        unchanged=len(rows) - len(new),
        ignored_columns=parsed.ignored_columns,
        found=[*parsed.found, *day_notes],
    )


def _entered(
    session: Session,
    new: Sequence[ScoreRow],
    known: Mapping[str, Participant],
    before: int,
    wrong: Sequence[RowProblem],
    doing: Mapping[str, Any],
) -> list[Score]:
    """Enter the rows; raise BadRows with what is wrong already and what judging finds beside it."""
    try:
        entered = enter_locked(session, new, known, before, **doing) if new else []
    except BadRows as refused:
        known_cells = {(one.row, one.column) for one in wrong}
        more = [one for one in refused.problems if (one.row, one.column) not in known_cells]
        raise BadRows([*wrong, *more]) from refused
    if wrong:
        raise BadRows(wrong)
    return entered


def _adopted(session: Session, known: Sequence[Scheme], *, village: str) -> list[Item]:
    """Return the items of the newest version that was adopted; none before there is one."""
    newest = next((one for one in reversed(known) if one.status == "adopted"), None)
    return items_of(session, village=village, scheme=newest.id) if newest else []


def _fits(scheme: Scheme, resolution: str | None, from_date: date | None) -> bool:
    """Return whether a stored version with the same items is the one asked for now."""
    if scheme.status == "draft" or resolution is None:
        return True
    return (scheme.resolution, scheme.from_date) == (resolution.strip(), from_date)


def _compared(
    scheme: Scheme, old: Sequence[Item], new: Sequence[Item], ignored: list[str], warnings: list[str]
) -> SchemeImported:
    """Return what changed against the version before."""
    before = {item.code: as_words(item) for item in old}
    after = {item.code: as_words(item) for item in new}
    kept = before.keys() & after.keys()
    unchanged = sum(before[key] == after[key] for key in kept)
    return SchemeImported(
        scheme=scheme,
        added=len(after.keys() - kept),
        changed=len(kept) - unchanged,
        removed=len(before.keys() - kept),
        unchanged=unchanged,
        ignored_columns=ignored,
        warnings=warnings,
    )
