"""Opening hours: none unless a village sets some."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session

from pointsbank import ledger, villages
from pointsbank.market.hours_setting import OPENING_HOURS, write_hours
from pointsbank.market.models import OpeningHoursRow
from pointsbank.market.window import Hours, check_spans
from pointsbank.prepared import fetch
from pointsbank.villages import SettingChange

_HOURS = select(*OpeningHoursRow.columns_of(Hours)).where(OpeningHoursRow.in_village(bindparam("village")))


def opening_hours(session: Session, *, village: str) -> list[Hours]:
    """Return the shop's hours in the order of the week; none means always open.

    Example:
        opening_hours(session, village="chayuan")  # [Hours(5, time(8, 30), time(11, 30))]
    """
    found = ledger.kept(
        session,
        village=village,
        about="opening hours",
        make=lambda: tuple(sorted(fetch(session, _HOURS, {"village": village}, into=Hours).all())),
        but_sales=True,
    )
    return list(found)


def set_opening_hours(
    session: Session, *, village: str, hours: Sequence[Hours], by: str, at: datetime
) -> list[SettingChange]:
    """Replace the shop's hours and return what differs; none means always open.

    Old and new ones stand in the log. What is set to what it is, is no change, and nothing is written.

    Raises:
        HoursInvalid: some end before they begin, overlap, or fall on no day from 1 to 7.
        VillageUnknown: there is no such village.

    Example:
        friday = [Hours(5, time(8, 30), time(11, 30))]
        market.set_opening_hours(session, village="cy", hours=friday, by=li.id, at=now)
        # [SettingChange("opening_hours", "", "周五 08:30-11:30")]
    """
    spans = check_spans(hours)
    villages.lock(session, village=village)
    before = opening_hours(session, village=village)
    if spans == before:
        return []
    session.exec(delete(OpeningHoursRow).where(OpeningHoursRow.in_village(village)))
    session.add_all(
        OpeningHoursRow(village_id=village, weekday=span.weekday, opens=span.opens, closes=span.closes)
        for span in spans
    )
    change = SettingChange(OPENING_HOURS.name, write_hours(before), write_hours(spans))
    words = {"changes": [[change.name, change.old, change.new]]}
    ledger.record(session, village=village, kind="settings_changed", by=by, at=at, words=words)
    return [change]
