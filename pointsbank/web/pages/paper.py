"""Paper: the month's poster and the cards as PDF files to print."""

import io

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import printing, proof, publicity, roster, villages
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages


class Cards(forms.Form):
    """Whose cards to print: some codes, or a group, or (neither) everybody."""

    codes = forms.Names(load_default=list)
    group = Text(most=60, load_default=None)


@pages.get("/v/<village>/print")
@permission(Permission.PRINT_POSTER)
def paper(village: str) -> ResponseReturnValue:
    """What can be printed."""
    return _page(village, forms.blank())


@pages.get("/v/<village>/print/poster-<month>.pdf")
@permission(Permission.PRINT_POSTER)
def poster(village: str, month: str) -> ResponseReturnValue:
    """The poster of a closed month."""
    with access.database().reading() as session:
        sheet = proof.poster(session, village=village, month=month, at=access.now())
    content = printing.poster_pdf(sheet, fonts=_fonts())
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=f"poster-{month}.pdf"
    )


@pages.post("/v/<village>/print/cards.pdf")
@permission(Permission.PRINT_CARDS)
def print_cards(village: str) -> ResponseReturnValue:
    """Make new cards and draw them; they count once they are handed out."""
    filled = forms.fill(Cards)
    faces = forms.attempt(filled, lambda session: _issue(session, village, filled))
    if faces is None:
        return _page(village, filled)
    # Nothing with tokens in clear stays on the server: the file goes to the printer's browser only.
    out = io.BytesIO()
    printing.cards_pdf(faces, fonts=_fonts(), out=out)
    out.seek(0)
    return send_file(out, "application/pdf", as_attachment=True, download_name="cards.pdf")


@pages.post("/v/<village>/print/hand-out")
@permission(Permission.CARDS_ISSUE)
def hand_out_cards(village: str) -> ResponseReturnValue:
    """All printed cards were handed out: they count, older ones no longer do."""
    filled = forms.blank()
    count = forms.attempt(
        filled,
        lambda session: roster.hand_out(session, village=village, by=access.by(), at=access.now()),
    )
    if count is None:
        return _page(village, filled)
    flash(f"已登记发放{count}张卡，旧卡同时作废。" if count else "没有待发放的卡。")
    return redirect(url_for("pages.paper", village=village), 303)


def _issue(session: Session, village: str, filled: forms.Filled) -> list[printing.CardFace]:
    url = access.settings().public_url
    if not printing.fits(f"{url}/c/{'0' * 27}"):
        raise printing.CodeTooLong()
    codes, group = filled.data["codes"], filled.data["group"]
    ids = [roster.by_code(session, village=village, code=code).id for code in codes]
    if group and not codes:
        ids = [one.id for one in roster.everyone(session, village=village) if one.group_id == group]
    issued = roster.issue(
        session,
        village=village,
        participants=ids if codes or group else None,
        by=access.by(),
        at=access.now(),
    )
    return roster.card_faces(session, village=village, cards=issued, public_url=url, mask=publicity.mask)


def _page(village: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        sealed = proof.anchors(session, village=village)
        groups = villages.groups(session, village=village)
    page = render_template(
        "print.html", form=filled, sealed=sealed[::-1], groups=groups, warnings=access.settings().warnings
    )
    return page, filled.status


def _fonts() -> "printing.Fonts":
    """Faces once cut are kept in the data directory."""
    return printing.Fonts(access.settings().data_dir / "fonts")
