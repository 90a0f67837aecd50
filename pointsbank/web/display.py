"""How values are written on pages: points, days, months and the words for codes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Flask, g
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError

from pointsbank import dates, labels, points, roster, scoring, working_days
from pointsbank.card_visits import CardVisit
from pointsbank.labels.shown_status import SHOWN_STATUS, shown_status
from pointsbank.staff import Permission
from pointsbank.web import access, icons, large_mode, open_pages, reachable
from pointsbank.web.ways_out import pages_named, ways_out


def register(app: Flask) -> None:
    """Give the templates these filters, and who opened the page with what permissions."""
    # A misspelt name is an error, not an empty place on the page.
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        points=show_points,
        signed=signed_points,
        day=show_day,
        moment=show_moment,
        unsettled=unsettled,
        month=dates.month_in_words,
        word=word,
        standing=standing,
        groups=in_groups,
        cell_hint=scoring.cell_hint,
        label=scoring.label,
        spaced=roster.spaced,
    )
    # Macros that are imported see these alone.
    app.jinja_env.globals.update(
        icon=icons.icon,
        ways_out=ways_out,
        pages_named=pages_named,
        shared_address=open_pages.shared_address,
    )
    app.context_processor(_about_the_visit)


def _csrf_field() -> Markup:
    """Return the hidden field with the token that every form carries; by card, with whose form it is too."""
    hidden = Markup('<input type="hidden" name="{}" value="{}">')
    own: CardVisit | None = g.get("card_visit")
    whose = hidden.format(access.WHOSE, own.mark) if own else Markup()
    return hidden.format("csrf_token", generate_csrf()) + whose


def _about_the_visit() -> dict[str, Any]:
    here = access.visit()
    closes_in, closes_at = access.card_visit_ends()
    return {
        "visitor": here.signed_in,
        "village": here.village,
        "allowed": access.allowed,
        "may_open": reachable.may_open,
        "P": Permission,
        "csrf": _csrf_field,
        "today": _today(),
        "large": large_mode.is_large(),
        "practice": access.settings().practice,
        "closes_in": closes_in,
        "closes_at": closes_at,
    }


def _today() -> date:
    """Return the day in the village; the page that says why the database is away is shown all the same."""
    try:
        return dates.day_of(access.now())
    except DBAPIError:
        return dates.day_of(datetime.now(UTC))


def show_points(amount: int | None) -> str:
    """Format hundredths of a point without trailing zeros; None becomes nothing."""
    return "" if amount is None else points.show(points.Points(amount)).replace("-", "−")


def signed_points(amount: int | None) -> str:
    """Format hundredths of a point with their sign, as a statement shows them."""
    return "" if amount is None else ("+" if amount > 0 else "") + show_points(amount)


def show_day(day: date | None) -> str:
    """Format a day as people here write it: 2026年9月1日."""
    return "" if day is None else dates.day_in_words(day)


def unsettled(day: date, since: date, bound: str) -> str:
    """Return what is said beside the last day of a term that no notice has settled; nothing where one has.

    Args:
        since: the day from which working days were counted.
        bound: 最早 or 最晚: which of the days it may be stands there.
    """
    lacking = working_days.known(access.database()).calendar.lacking(since + timedelta(days=1), day)
    years = "、".join(f"{year}年" for year in lacking)
    return f"（{years}的放假安排还没有公布，按{bound}的一天算）" if lacking else ""


def show_moment(moment: datetime | None) -> str:
    """Format a moment by the village's clock: 2026年9月1日08:30."""
    return "" if moment is None else dates.moment_in_words(moment)


def word(code: Any, family: str) -> str:
    """Return the Chinese word for a code of one of the families in `labels`."""
    return labels.name(family, str(code))


def standing(who: roster.Participant) -> str:
    """Return how a participant stands on the roster: 正常, 销户, of a keeper 离岗."""
    return SHOWN_STATUS.name(shown_status(who.kind, who.status))


def in_groups(text: str) -> str:
    """Return a long code in groups of four, as people copy it from a screen."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
