"""The boards of a month: the ranking, who is proposed, and the month's close."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import boards, dates, lists, proof, roster, scoring, villages
from pointsbank.errors import NotFound
from pointsbank.points import Points, show
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, period_board
from pointsbank.web.charts import Bar, bars
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import ListShown, show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

_HOUSEHOLDS = {"kind": "household"}


class Black(forms.Form):
    """A household proposed for the black board: the rule, and a neutral fact."""

    participant = forms.Household(required=True)
    rule = Text(maximum=100, required=True)
    fact = Text(maximum=100, required=True)
    seen_on = Day(load_default=None)
    days_up = forms.Count(minimum=1, maximum=90, load_default=boards.DAYS_UP)
    score = forms.Untyped(maximum=40, load_default=None)
    outward = forms.Ticked(load_default=False)


class Chosen(forms.Form):
    """Who is proposed for the red board by a person's choice."""

    participants = forms.Households(required=True)


class Resolution(forms.Form):
    """The villagers' resolution to have a black board."""

    resolution = Text(maximum=200, required=True)
    on = Day(required=True)


@page.get(
    "/v/<village>/boards",
    Permission.BOARD_VIEW,
    tab=Tab("红黑榜", "排名、上榜、月结", after="notices", icon="medal", group="boards"),
)
def months(village: str) -> str | Response:
    """Show the months: those closed, and those that are open; or send them as a file."""
    shown = show_list("months", village, endpoint="months")
    return shown if isinstance(shown, Response) else _months(village, shown)


def _months(village: str, shown: ListShown) -> str:
    """Draw the months, with the quarters and years that they make up."""
    with access.database().reading() as session:
        periods = boards.periods_closed(session, village=village)
    return render_template("boards/months.html", shown=shown, periods=periods)


@page.form("/v/<village>/boards/<month>", Permission.BOARD_VIEW)
def month_board(form: BoundForm, village: str, month: str) -> str | Response:
    """Show the boards of a month, quarter or year, and everybody's place; or send the places as a file."""
    if boards.is_period(month):
        return period_board.draw(village, month)
    standings = show_list(
        "standings", village, endpoint="month_board", fixed={"month": month}, usual=_HOUSEHOLDS, month=month
    )
    if isinstance(standings, Response):
        return standings
    with access.database().reading() as session:
        found = boards.board(session, village=village, month=month, at=access.now())
        closed = villages.is_closed(session, village=village, month=month)
        sealed = next((one for one in proof.anchors(session, village=village) if one.month == month), None)
        resolved = boards.black_board_resolution(session, village=village)
        ended = boards.ended_with_it(session, village=village) if resolved else (0, 0)
        named = [one.participant for one in found.listings]
        off = roster.by_ids(session, village=village, ids=found.kept_off)
        paper = lists.paper_names(session, village=village, people=named)
        kinds = boards.praise_kinds(session, village=village)
        basis = _basis(session, village)
    form.prefill(on=_today().isoformat(), seen_on=_today().isoformat(), days_up=str(boards.DAYS_UP), **basis)
    # Those outside the committee and the supervisors are shown what is on display, no more.
    on_display = [*found.red, *(found.black or ())]
    return render_template(
        "boards/month.html",
        form=form,
        board=found,
        listings=found.listings if access.allowed(Permission.MEETING_VIEW) else on_display,
        standings=standings,
        kinds=kinds,
        ranked=period_board.kinds_of(found.standing),
        periods=boards.periods_of(month),
        scored=boards.has_scores(found.standing),
        group_mean=_group_mean(found.groups),
        group_rows=_group_rows(found.groups),
        closed=closed,
        anchor=sealed,
        resolved=resolved,
        ended=ended,
        paper=paper,
        # Why somebody is left out is nobody's business but that of those who decide.
        kept_off=[
            (off[id], one) for id, one in found.kept_off.items() if access.allowed(Permission.MEETING_VIEW)
        ],
        over=month < dates.month_of(_today()),
    )


@page.action("/v/<village>/boards/<month>/red", Permission.BOARD_DECIDE, on=month_board)
def propose_red(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Draft the red board from the ranking; people decide each."""
    drafted = boards.propose_red(session, village=village, month=month, **access.by_and_at())
    return f"已按荣誉积分提名{len(drafted)}户，请逐户表决。" if drafted else "没有新的提名。"


@page.action("/v/<village>/boards/<month>/red/chosen", Permission.BOARD_DECIDE, form=Chosen, on=month_board)
def propose_chosen(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Propose households by choice, beside the ranking; people decide each."""
    named = {"month": month, "participants": form.data["participants"]}
    drafted = boards.propose_red(session, village=village, **named, **access.by_and_at())
    return f"已提名{len(drafted)}户，请逐户表决。" if drafted else "没有新的提名：都在榜上或已经提名。"


@page.action("/v/<village>/boards/<month>/black", Permission.BOARD_DECIDE, form=Black, on=month_board)
def propose_black(session: Session, form: BoundForm, village: str, month: str) -> SeeOther:
    """Propose one household for the black board."""
    made = boards.propose_black(session, village=village, month=month, **form.data, **access.by_and_at())
    sentence = "已提名。请打印告知书，送到这一户再登记送达，5个工作日后才能签字和表决。"
    return SeeOther("one_listing", sentence, village=village, listing=made.id)


@page.action(
    "/v/<village>/boards/<month>/resolution", Permission.SETTINGS_CHANGE, form=Resolution, on=month_board
)
def resolve_black_board(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Record the villagers' resolution to have a black board, from the page of whichever month."""
    boards.resolve_black_board(session, village=village, **form.data, **access.by_and_at())
    return "已登记村民决议，可以按程序提名黑榜。"


@page.action(
    "/v/<village>/boards/<month>/resolution/end",
    Permission.SETTINGS_CHANGE,
    form=Resolution,
    on=month_board,
)
def end_black_board(session: Session, form: BoundForm, village: str, month: str) -> str:
    """Record the villagers' resolution that ends the black board; all that is on it comes down."""
    boards.end_black_board(session, village=village, **form.data, **access.by_and_at())
    return "已登记取消黑榜的决议，黑榜上的记录已全部撤下。"


def _basis(session: Session, village: str) -> dict[str, str]:
    """Return the household and the item of the score from whose page a proposal is made."""
    asked = request.args.get("score", "")
    if not asked:
        return {}
    with suppress(NotFound):
        found = scoring.score(session, village=village, score_id=asked)
        return {"score": found.id, "participant": found.code, "rule": found.item_code}
    return {}


def _group_mean(groups: Sequence[boards.GroupLine]) -> Points:
    """What each household of all these groups has on average."""
    households = sum(line.households for line in groups)
    return Points(round(sum(line.honour for line in groups) / households)) if households else Points(0)


def _group_rows(groups: Sequence[boards.GroupLine]) -> list[tuple[str, str, Bar, str]]:
    """The groups as rows of a chart, by how far each stands from the mean: from nothing all are alike."""
    mean = _group_mean(groups)
    drawn = bars([line.average - mean for line in groups])
    return [
        (f"{line.place} {line.name}", f"{line.households}户 · 共{show(line.honour)}", bar, show(line.average))
        for line, bar in zip(groups, drawn, strict=True)
    ]


def _today() -> date:
    return dates.day_of(access.now())
