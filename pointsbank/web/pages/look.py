"""How pages look: the size of the letters for this browser, and a page that shows every part once."""

from flask import Response, make_response, redirect, render_template, url_for

from pointsbank import market
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import charts, forms, icons, large_mode, palette
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page
from pointsbank.web.way_back import came_from

page = Page()
_CHARTED = {"一组": 120, "二组": 80, "三组": -20}


class Size(forms.Form):
    """Whether letters are to be large; empty takes it back. A card's page says which: no browser does."""

    large = forms.Ticked(load_default=False)
    card = forms.Untyped(maximum=40, load_default="")


class Sample(forms.Form):
    """The fields that the page shows; it is sent nowhere."""

    name = Text(maximum=20, required=True)
    points = forms.TypedPoints(required=True)
    note = forms.Lines(maximum=200, load_default="")


@page.post("/look/size", PUBLIC, form=Size)
def set_size() -> Response:
    """Remember large letters in this browser, or forget them, and lead back to the page."""
    form = forms.bind(Size)
    card = form.data.get("card")
    back = url_for("pages.card", token=card) if card else came_from()
    return large_mode.remember(make_response(redirect(back, 303)), large=bool(form.data.get("large")))


@page.get("/look", Permission.HOME)
def page_styles() -> str:
    """Show each part of a page once, with its name, and each pair of colours with its contrast."""
    mistaken = forms.unbound(Sample, name="", points="一百", note="")
    mistaken.errors = {"name": "请填写这一项。", "points": "请填数字，最多两位小数，例如 5 或 2.5。"}
    sold_out = market.problems.SoldOut(goods="大米", left=0)
    return render_template(
        "look.html",
        mistaken=mistaken,
        sold_out=sold_out,
        pairs=palette.PAIRS,
        colours=palette.colours(),
        minimum=palette.MINIMUM,
        drawings=sorted(icons.ICONS),
        sample_rows=[
            (word, "", bar, f"{value}")
            for (word, value), bar in zip(_CHARTED.items(), charts.bars([*_CHARTED.values()]), strict=True)
        ],
    )
