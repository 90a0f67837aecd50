"""The book sent up: the numbers of a month, a quarter, a half year or a year; as Excel, PDF or folder."""

import io

from flask import Response, render_template, request, send_file

from pointsbank import reports, spreadsheets, staff
from pointsbank.errors import Invalid
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page, Tab

page = Page()


@page.get(
    "/v/<village>/book",
    Permission.LEDGER_VIEW,
    tab=Tab("上报表", "一月一季做了什么，盖章上报", after="paper", icon="report", group="paper"),
)
def book(village: str) -> str | Response:
    """Show the book of a span, every number as the pages have it; or send it as a file for Excel."""
    asked, mistake = request.args.get("span", "").strip(), ""
    with access.database().reading() as session:
        usual = reports.usual_span(session, village=village, at=access.now())
        try:
            found = reports.book(session, village=village, span=asked or usual, at=access.now())
        except Invalid as wrong:
            mistake = str(wrong)
            found = reports.book(session, village=village, span=usual, at=access.now())
        choices = reports.choices(session, village=village, at=access.now())
    if request.args.get("format") == "xlsx" and not mistake:
        return _file(village, found)
    return render_template("book.html", book=found, choices=choices, mistake=mistake, offices=reports.OFFICES)


def _file(village: str, found: reports.Book) -> Response:
    """Send a book as a file for Excel, and write down who took it."""
    out = io.BytesIO()
    rows = reports.write_book(out, found)
    out.seek(0)
    with access.database().writing() as session:
        staff.record_export(
            session, village=village, list_name="book", form="xlsx", rows=rows, **access.by_and_at()
        )
    name = f"上报表-{village}-{found.span.code}.xlsx"
    return send_file(out, spreadsheets.XLSX, as_attachment=True, download_name=name)
