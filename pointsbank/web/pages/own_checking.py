"""A household checks an entry of its own against a poster, on its own telephone."""

from flask import render_template

from pointsbank import proof
from pointsbank.card_page import statement
from pointsbank.dates import month_in_words
from pointsbank.web import access
from pointsbank.web.access import CARD
from pointsbank.web.page import Page

page = Page()


@page.get("/mine/entries/<index>", CARD)
def own_entry(index: str) -> str:
    """Show an entry of the household's own with all that its telephone needs to check it.

    Somebody else's entry is answered as one that is not there.
    """
    visit = access.card_visit()
    number = int(index) if index.isascii() and index.isdigit() and len(index) < 16 else -1
    with access.database().reading() as session:
        found = proof.own_entry(session, village=visit.village, participant=visit.participant, index=number)
        line = statement.line_of_entry(session, visit=visit, index=number)
    return render_template(
        "mine/entry.html",
        found=found,
        why=line.why,
        day=line.day,
        kind=line.kind,
        path=" ".join(one.hex() for one in found.path),
        month=month_in_words(found.anchor.month) if found.anchor else "",
        size=found.anchor.fields["size"] if found.anchor else 0,
        not_covered=proof.not_covered(),
    )
