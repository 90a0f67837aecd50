"""The boards of a month: the ranking, who is proposed, and the month's close."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pointsbank import boards, dates, proof, publicity, roster, villages
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages


class Black(forms.Form):
    """A household proposed for the black board: the rule, and a neutral fact."""

    participant = Text(most=40, required=True)
    rule = Text(most=100, required=True)
    fact = Text(most=100, required=True)


class Resolution(forms.Form):
    """The villagers' resolution to have a black board."""

    resolution = Text(most=200, required=True)
    on = Day(required=True)


@pages.get("/v/<village>/boards")
@permission(Permission.BOARD_VIEW)
def months(village: str) -> ResponseReturnValue:
    """The months: those closed, and the one that is open."""
    with access.database().reading() as session:
        sealed = {one.month: one for one in proof.anchors(session, village=village)}
    return render_template("boards/months.html", sealed=sealed, open_months=_open_months(sealed))


@pages.get("/v/<village>/boards/<month>")
@permission(Permission.BOARD_VIEW)
def month_board(village: str, month: str) -> ResponseReturnValue:
    """One month's boards."""
    return _board(village, month, forms.blank())


@pages.post("/v/<village>/boards/<month>/red")
@permission(Permission.BOARD_DECIDE)
def propose_red(village: str, month: str) -> ResponseReturnValue:
    """Draft the red board from the ranking; people decide each."""
    filled = forms.blank()
    drafted = forms.attempt(
        filled,
        lambda session: boards.propose_red(
            session, village=village, month=month, by=access.by(), at=access.now()
        ),
    )
    if drafted is None:
        return _board(village, month, filled)
    flash(f"已按荣誉积分提名{len(drafted)}户，请逐户表决。" if drafted else "没有新的提名。")
    return redirect(url_for("pages.month_board", village=village, month=month), 303)


@pages.post("/v/<village>/boards/<month>/black")
@permission(Permission.BOARD_DECIDE)
def propose_black(village: str, month: str) -> ResponseReturnValue:
    """Propose one household for the black board."""
    filled = forms.fill(Black)
    made = forms.attempt(
        filled,
        lambda session: boards.propose_black(
            session, village=village, month=month, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if made is None:
        return _board(village, month, filled)
    flash("已提名。请先告知这一户并登记日期，5个工作日后才能表决。")
    return redirect(url_for("pages.listing", village=village, listing=made.id), 303)


@pages.post("/v/<village>/boards/<month>/close")
@permission(Permission.MONTH_CLOSE)
def close_month(village: str, month: str) -> ResponseReturnValue:
    """Close the month for good and make its anchor."""
    filled = forms.blank()
    anchor = forms.attempt(
        filled,
        lambda session: proof.close_month(
            session, village=village, month=month, by=access.by(), at=access.now()
        ),
    )
    if anchor is None:
        return _board(village, month, filled)
    flash(f"{dates.month_in_words(month)}已月结，存证码已生成，可以打印海报。")
    return redirect(url_for("pages.month_board", village=village, month=month), 303)


@pages.post("/v/<village>/boards/resolution")
@permission(Permission.SETTINGS_CHANGE)
def resolve_black_board(village: str) -> ResponseReturnValue:
    """Record the villagers' resolution to have a black board."""
    month = dates.month_of(dates.day_of(access.now()))
    filled = forms.fill(Resolution)
    done = forms.attempt(
        filled,
        lambda session: boards.resolve_black_board(
            session, village=village, by=access.by(), at=access.now(), **filled.data
        ),
    )
    if done is None:
        return _board(village, month, filled)
    flash("已登记村民决议，可以按程序提名黑榜。")
    return redirect(url_for("pages.month_board", village=village, month=month), 303)


def _open_months(sealed: dict[str, proof.Anchor]) -> list[str]:
    """The months from the last closed one up to this one, newest first; without any, this and the last."""
    this = dates.month_of(dates.day_of(access.now()))
    first = dates.next_month(max(sealed)) if sealed else dates.previous_month(this)
    found: list[str] = []
    while first <= this and len(found) < 24:
        found.append(first)
        first = dates.next_month(first)
    return found[::-1]


def _board(village: str, month: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        found = boards.board(session, village=village, month=month, at=access.now())
        households = [line for line in found.standing if line.kind == "household"][:20]
        who = roster.by_ids(session, village=village, ids=[line.participant for line in households])
        closed = villages.is_closed(session, village=village, month=month)
        sealed = next((one for one in proof.anchors(session, village=village) if one.month == month), None)
        resolved = boards.black_board_resolution(session, village=village)
        wishes = publicity.shown_as(session, village=village)
    filled.values = {"on": _today().isoformat(), **filled.values}
    page = render_template(
        "boards/month.html",
        form=filled,
        board=found,
        listings=found.listings if access.allowed(Permission.MEETING_VIEW) else _hanging(found),
        households=households,
        who=who,
        closed=closed,
        anchor=sealed,
        resolved=resolved,
        wishes=wishes,
        over=month < dates.month_of(_today()),
    )
    return page, filled.status


def _hanging(found: boards.Board) -> list[boards.Listing]:
    """What hangs now: all that those outside the committee and the supervisors are shown."""
    return [*found.red, *(found.black or ())]


def _today() -> date:
    return dates.day_of(access.now())
