"""What the village's books say, on the public board: prices, rules, figures by month, closed months."""

from flask import Response

from pointsbank import disclosure, villages
from pointsbank.web import access, open_pages, posters
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()


@page.get("/open/<village>/prices", PUBLIC)
def open_prices(village: str) -> Response:
    """Show what points buy, or send it as an Excel table."""
    if open_pages.wanted_file():
        return open_pages.send_table("prices", village)
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = disclosure.price_list(session, village=village, at=access.now())
    return open_pages.show(
        "open/prices.html", about="积分能换什么，每样几分，什么时候开门。", village=place, found=found
    )


@page.get("/open/<village>/rules", PUBLIC)
def open_rules(village: str) -> Response:
    """Show how points are earned, or send it as an Excel table."""
    if open_pages.wanted_file():
        return open_pages.send_table("rules", village)
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = disclosure.rules(session, village=village, at=access.now())
    return open_pages.show(
        "open/rules.html", about="积分怎么来，每件好事几分，最多几分。", village=place, found=found
    )


@page.get("/open/<village>/openness", PUBLIC)
def open_openness(village: str) -> Response:
    """Show what was issued and redeemed month by month, or send it as an Excel table."""
    if open_pages.wanted_file():
        return open_pages.send_table("openness", village)
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = disclosure.openness(session, village=village, at=access.now())
    return open_pages.show(
        "open/openness.html", about="每月发了多少积分，兑换了多少。", village=place, found=found
    )


@page.get("/open/<village>/months", PUBLIC)
def open_months(village: str) -> Response:
    """Show the closed months, each with its code."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        found = disclosure.sealed_months(session, village=village)
    return open_pages.show(
        "open/months.html", about="每个月的存证码，对着海报就能查。", village=place, found=found
    )


@page.get("/open/<village>/months/<month>", PUBLIC)
def open_month(village: str, month: str) -> Response:
    """Show a closed month: its figures, its code, and how to check it."""
    with access.database().reading() as session:
        place = open_pages.place_of(session, village)
        # A month that is open and one that never was are answered alike.
        if month not in villages.closed_months(session, village=village):
            raise access.PageUnknown()
        found = disclosure.month_in_full(session, village=village, month=month)
    return open_pages.show(
        "open/month.html",
        about="这个月的积分账和存证码，对着海报就能查。",
        village=place,
        found=found,
        **posters.facts(village, month),
    )
