"""A household's own page, by its card: what it has, what changed, what hangs, what it may do and where."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from pointsbank import card_page, card_visits, ledger, roster
from pointsbank.card_page import statement
from pointsbank.web import access, cookies
from pointsbank.web.access import CARD
from pointsbank.web.page import Page

page = Page()


@page.get("/mine", CARD)
def mine() -> str:
    """Show the household its own file, section by section."""
    visit = access.card_visit()
    with access.database().reading() as session:
        who = roster.by_id(session, village=visit.village, id=visit.participant)
        shown = card_page.of_visit(session, visit=visit, at=access.now())
    aloud = "".join(one.section.aloud(one.found) for one in shown)
    return render_template("mine/page.html", who=who, shown=shown, aloud=aloud)


@page.get("/mine/statement", CARD)
def own_statement() -> str:
    """Show a month of the household's own statement, of points or of honour; raises MonthInvalid."""
    unit = ledger.HONOUR if request.args.get("unit") == ledger.HONOUR else ledger.POINTS
    with access.database().reading() as session:
        found = statement.statement(
            session,
            visit=access.card_visit(),
            month=request.args.get("month", ""),
            unit=unit,
            at=access.now(),
        )
    return render_template("mine/statement.html", found=found)


@page.post("/mine/leave", access.PUBLIC)
def end_card_visit() -> ResponseReturnValue:
    """End the visit of this telephone, if there is one, and lead to the public board."""
    secure = access.settings().secure
    secret = cookies.card_secret(secure=secure)
    if secret:
        with access.database().writing() as session:
            card_visits.end(session, secret=secret)
    response = make_response(redirect(url_for("pages.open_front"), 303))
    return cookies.keep_card(response, "", seconds=0, secure=secure)
