"""Sheets as answers: gathered for whoever asks, drawn, and sent as a file; for pages and API alike."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import Response, send_file

from pointsbank import sheets
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.access import PermissionByName

if TYPE_CHECKING:
    from pointsbank.printing import Undrawn


def _permissions(*, writes: bool) -> dict[str, Permission]:
    return {sheet.name: sheet.permission for sheet in sheets.every() if sheet.writes == writes}


READING = PermissionByName("sheet", lambda: _permissions(writes=False))
"""For routes that give sheets which only read."""

WRITING = PermissionByName("sheet", lambda: _permissions(writes=True))
"""For routes that give sheets which issue something."""


def printed(name: str, village: str, options: Mapping[str, Any]) -> tuple[Response, Sequence["Undrawn"]]:
    """Gather a sheet for who is signed in, and answer it as a file to download; nothing of it stays here.

    Also returns what no font draws, with what was printed in its place.

    Args:
        options: as the sheet read them.

    Raises:
        SheetUnknown: there is no sheet of this name (raised by `sheets.find`).

    And the refusals of the sheet.
    """
    sheet, settings, who = sheets.find(name), access.settings(), access.by_and_at()
    value = sheet.gather_from(
        access.database(),
        village=village,
        **who,
        public_url=settings.public_url,
        **options,
    )
    out, fonts = io.BytesIO(), sheets.fonts_of(settings)
    drawable, undrawn = sheet.legible(value, fonts=fonts)
    sheet.render(drawable, fonts=fonts, out=out)
    sheet.finish_in(access.database(), value, village=village, **who)
    out.seek(0)
    name = sheet.file_name(value)
    return send_file(out, "application/pdf", as_attachment=True, download_name=name), undrawn
