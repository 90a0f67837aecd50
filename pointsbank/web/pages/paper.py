"""Paper: the month's poster and the cards as PDF files to print."""

import io

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from pointsbank import printing, proof, publicity, roster, villages
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, Tab

page = Page()


class Cards(forms.Form):
    """Whose cards to print: some codes, or a group, or (neither) everybody."""

    codes = forms.Names(load_default=list)
    group = Text(maximum=60, load_default=None)


@page.form("/v/<village>/print", Permission.PRINT_POSTER, tab=Tab("打印", "海报和积分卡", after="staff_list"))
def paper(form: BoundForm, village: str) -> str:
    """Show what can be printed."""
    with access.database().reading() as session:
        sealed = proof.anchors(session, village=village)
        groups = villages.groups(session, village=village)
    return render_template(
        "print.html", form=form, sealed=sealed[::-1], groups=groups, warnings=access.settings().warnings
    )


@page.get("/v/<village>/print/poster-<month>.pdf", Permission.PRINT_POSTER)
def poster(village: str, month: str) -> ResponseReturnValue:
    """The poster of a closed month."""
    with access.database().reading() as session:
        sheet = proof.poster(session, village=village, month=month, at=access.now())
    content = printing.poster_pdf(sheet, fonts=_fonts())
    return send_file(
        io.BytesIO(content), "application/pdf", as_attachment=True, download_name=f"poster-{month}.pdf"
    )


@page.post("/v/<village>/print/cards.pdf", Permission.PRINT_CARDS)
def print_cards(village: str) -> ResponseReturnValue:
    """Make new cards and draw them; they count once they are handed out."""
    form = forms.bind(Cards)
    faces = forms.submit(form, lambda session: _issue(session, village, form))
    if faces is None:
        return paper.show(form, village=village)
    # Nothing with tokens in clear stays on the server: the file goes to the printer's browser only.
    out = io.BytesIO()
    printing.cards_pdf(faces, fonts=_fonts(), out=out)
    out.seek(0)
    return send_file(out, "application/pdf", as_attachment=True, download_name="cards.pdf")


@page.action("/v/<village>/print/hand-out", Permission.CARDS_ISSUE, on=paper)
def hand_out_cards(session: Session, form: BoundForm, village: str) -> str:
    """Record that all printed cards were handed out: they count, older ones no longer do."""
    count = roster.hand_out(session, village=village, by=access.by(), at=access.now())
    return f"已登记发放{count}张卡，旧卡同时作废。" if count else "没有待发放的卡。"


def _issue(session: Session, village: str, form: BoundForm) -> list[printing.CardFace]:
    url = access.settings().public_url
    if not printing.fits(f"{url}/c/{'0' * 27}"):
        raise printing.problems.CodeTooLong()
    codes, group = form.data["codes"], form.data["group"]
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


def _fonts() -> "printing.Fonts":
    """Faces once cut are kept in the data directory."""
    return printing.Fonts(access.settings().data_dir / "fonts")
