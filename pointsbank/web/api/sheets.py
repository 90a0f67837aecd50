"""What can be printed: the list of sheets, and each as a PDF."""

from typing import Any
from urllib.parse import quote

from flask import Response, request

from pointsbank import sheets
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.sheets import SheetPage, options_of
from pointsbank.staff import Permission
from pointsbank.web import access, prints
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("sheets", "打印件")


@routes.get("/sheets", "列出可以打印的东西和各自的选项", Permission.HOME)
@routes.json(SheetPage, query=PageQuery)
def list_sheets(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the sheets that whoever asks may print, each with its options."""
    with access.database().reading() as session:
        rows = [
            {
                "name": sheet.name,
                "title": sheet.title,
                "about": sheet.about,
                "method": "POST" if sheet.writes else "GET",
                "options": options_of(sheet.options, session, village),
            }
            for sheet in sheets.every()
            if access.allowed(sheet.permission)
        ]
    return page_of(rows, query, lambda row: [row["name"]])


@routes.get("/sheets/<key:sheet>.pdf", "打印：选项写在地址里", prints.READING)
@routes.pdf()
def give_sheet(village: str, sheet: str) -> Response:
    """Give a sheet as a PDF; its options, named by the list of sheets, stand in the address."""
    return _printed(village, sheet, routes.ARGUMENTS_PARSER.load_querystring(request, Nothing()))


@routes.post("/sheets/<key:sheet>.pdf", "打印并发出新的东西，例如新卡；选项写在 JSON 里", prints.WRITING)
@routes.arguments_by_name()
@routes.pdf()
def issue_sheet(village: str, sheet: str) -> Response:
    """Issue what a sheet prints (cards) and give it as a PDF; its options are the JSON object's members."""
    return _printed(village, sheet, routes.ARGUMENTS_PARSER.load_json(request, Nothing()))


@routes.get("/sheets/<key:sheet>.escpos", "小票机的文件（ESC/POS）：选项写在地址里", prints.SLIPS_READING)
@routes.file()
def give_slip(village: str, sheet: str) -> Response:
    """Give a slip as the bytes that a receipt printer takes; its options stand in the address."""
    return _printed(
        village, sheet, routes.ARGUMENTS_PARSER.load_querystring(request, Nothing()), thermal=True
    )


@routes.post(
    "/sheets/<key:sheet>.escpos",
    "小票机的文件（ESC/POS），并记下打印；选项写在 JSON 里",
    prints.SLIPS_WRITING,
)
@routes.arguments_by_name()
@routes.file()
def issue_slip(village: str, sheet: str) -> Response:
    """Write down what a slip tells, and give it as the bytes that a receipt printer takes."""
    return _printed(village, sheet, routes.ARGUMENTS_PARSER.load_json(request, Nothing()), thermal=True)


def _printed(village: str, name: str, given: Any, *, thermal: bool = False) -> Response:
    options = sheets.find(name).read_options(given)
    response, undrawn = prints.printed(name, village, options, thermal=thermal)
    if undrawn:
        # A header is ASCII: percent-encoded, one item for each text, as `户号0102`.
        response.headers["Pointsbank-Undrawn"] = ", ".join(quote(one.instead) for one in undrawn)
    return response
