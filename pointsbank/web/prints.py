"""Sheets as answers: gathered for whoever asks, drawn, and sent as a file; for pages and API alike."""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from flask import Response, send_file

from pointsbank import sheets
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.access import PermissionByName

if TYPE_CHECKING:
    from pointsbank.sheets import Sheet, SheetValue


def _permissions(*, writes: bool) -> dict[str, Permission]:
    return {sheet.name: sheet.permission for sheet in sheets.every() if sheet.writes == writes}


READING = PermissionByName("sheet", lambda: _permissions(writes=False))
"""For routes that give sheets which only read."""

WRITING = PermissionByName("sheet", lambda: _permissions(writes=True))
"""For routes that give sheets which issue something."""


def gathered(sheet: "Sheet[Any]", village: str, options: Mapping[str, Any]) -> "SheetValue":
    """Gather a sheet for who is signed in, options as the sheet read them.

    Raises the refusals of the sheet.
    """
    value: SheetValue = sheet.gather_from(
        access.database(),
        village=village,
        **access.by_and_at(),
        public_url=access.settings().public_url,
        **options,
    )
    return value


def file_of(sheet: "Sheet[Any]", value: "SheetValue") -> Response:
    """Draw a value and answer it as a file to download; nothing of it stays on the server."""
    settings = access.settings()
    out = io.BytesIO()
    sheet.print_into(value, data_dir=settings.data_dir, out=out)
    out.seek(0)
    name = sheet.file_name(value)
    answer = send_file(out, "application/pdf", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
