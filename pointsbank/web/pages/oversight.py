"""How scoring was done in some months: what judges' relatives got, the use of items, how long it takes."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask import render_template, request
from sqlmodel import Session

from pointsbank import dates, ledger, scoring
from pointsbank.errors import Invalid
from pointsbank.scoring import CounterActs, ItemUse, KinScores, MarkSpread, MonthPace, Period
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.charts import bars
from pointsbank.web.page import Page, Tab

page = Page()

_Found = tuple[list[KinScores], list[ItemUse], list[MonthPace], list[MarkSpread], list[CounterActs]]
_NAMED = 30
"""So many items are named on the page; the list has all."""


@page.get(
    "/v/<village>/oversight",
    Permission.PANEL_VIEW,
    tab=Tab("监督", "亲属户得分、条目使用、快慢", after="all_panels", icon="eye", group="judging"),
)
def oversight(village: str) -> str:
    """Show what scoring came to in the months that were asked for, with a way to every line of it."""
    today = dates.day_of(access.now())
    asked = {name: request.args.get(name, "").strip() for name in ("first", "until")}
    mistake = ""
    try:
        period = scoring.usual_period(today, **asked)
    except Invalid as wrong:
        mistake, period = str(wrong), scoring.usual_period(today)
    with access.database().reading() as session:
        # All that stands here is told to the log: it is added up anew once something was written.
        kin, items, paces, spreads, counter = ledger.kept(
            session,
            village=village,
            about=("oversight", period, today),
            make=lambda: _read(session, village, period, today),
            size=lambda found: sum(len(one) for one in found),
        )
    return render_template(
        "oversight.html",
        period=period,
        asked=asked if mistake else period._asdict(),
        mistake=mistake,
        judges=len({one.judge for one in kin}),
        kin=_added_up(kin),
        in_force=sum(one.in_force for one in items),
        unused=[one for one in items if one.in_force and one.state == "unused"],
        capped=[one for one in items if one.in_force and one.state == "capped"],
        named=_NAMED,
        spreads=spreads,
        counter=counter,
        paces=list(zip(paces, bars([one.half for one in paces]), strict=True)),
    )


def _read(session: Session, village: str, period: Period, today: date) -> _Found:
    """Return what relatives got, what items came to, and how long each month took."""
    return (
        scoring.kin_scores(session, village=village, period=period),
        scoring.item_use(session, village=village, period=period, today=today),
        scoring.month_paces(session, village=village, period=period),
        scoring.mark_spreads(session, village=village, period=period),
        scoring.counter_acts(session, village=village, period=period),
    )


def _added_up(kin: Sequence[KinScores]) -> Mapping[str, int]:
    return {name: sum(getattr(one, name) for one in kin) for name in ("entries", "plus", "minus", "open")}
