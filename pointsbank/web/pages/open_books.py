"""What the village's books say, on the public board: prices, rules, figures by month, closed months."""

from flask import Response, render_template

from pointsbank import disclosure, villages
from pointsbank.web import access, forms, open_pages, posters
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/open/<village>/prices", PUBLIC)
def open_prices(village: str) -> Response:
    """Show what points buy, or send it as an Excel table."""
    if open_pages.wants_file():
        return open_pages.send_table("prices", village)
    place, found = open_pages.gathered(disclosure.price_list, village, at=access.now())
    return open_pages.answer(render_template("open/prices.html", village=place, found=found))


@page.get("/open/<village>/rules", PUBLIC)
def open_rules(village: str) -> Response:
    """Show how points are earned, or send it as an Excel table."""
    if open_pages.wants_file():
        return open_pages.send_table("rules", village)
    place, found = open_pages.gathered(disclosure.rules, village, at=access.now())
    return open_pages.answer(render_template("open/rules.html", village=place, found=found))


@page.get("/open/<village>/openness", PUBLIC)
def open_openness(village: str) -> Response:
    """Show what was issued and redeemed month by month, or send it as an Excel table."""
    if open_pages.wants_file():
        return open_pages.send_table("openness", village)
    place, found = open_pages.gathered(disclosure.openness, village, at=access.now())
    return open_pages.answer(render_template("open/openness.html", village=place, found=found))


@page.get("/open/<village>/months", PUBLIC)
def open_months(village: str) -> Response:
    """Show the closed months, each with its code."""
    place, found = open_pages.gathered(disclosure.sealed_months, village)
    return open_pages.answer(render_template("open/months.html", village=place, found=found))


@page.get("/open/<village>/months/<month>", PUBLIC)
def open_month(village: str, month: str) -> Response:
    """Show a closed month: its figures, its code, and how to check it.

    Raises:
        PageUnknown: the month is not closed, or there is none.
    """
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        # A month that is open and one that never was are answered alike.
        if month not in villages.closed_months(session, village=village):
            raise access.PageUnknown()
        found = disclosure.month_in_full(session, village=village, month=month)
    poster, form = posters.facts(village, month), forms.unbound(posters.Poster)
    drawn = render_template(
        "open/month.html",
        village=place,
        found=found,
        poster=poster,
        form=form,
        checked=None,
        entry_kind="",
        entry_at="",
    )
    return open_pages.answer(drawn)
