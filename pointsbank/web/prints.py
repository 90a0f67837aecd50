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


def _permissions(*, writes: bool, slips: bool = False) -> dict[str, Permission]:
    shown = [sheet for sheet in sheets.every() if sheet.writes == writes and (sheet.put or not slips)]
    return {sheet.name: sheet.permission for sheet in shown}


READING = PermissionByName("sheet", lambda: _permissions(writes=False))
"""For routes that give sheets which only read."""

WRITING = PermissionByName("sheet", lambda: _permissions(writes=True))
"""For routes that give sheets which issue something."""

SLIPS_READING = PermissionByName("sheet", lambda: _permissions(writes=False, slips=True))
"""For routes that give slips for a receipt printer which only read."""

SLIPS_WRITING = PermissionByName("sheet", lambda: _permissions(writes=True, slips=True))
"""For routes that give slips for a receipt printer which write."""


def printed(
    name: str, village: str, options: Mapping[str, Any], *, thermal: bool = False
) -> tuple[Response, Sequence["Undrawn"]]:
    """Gather a sheet for who is signed in, and answer it as a file to download; nothing of it stays here.

    Also returns what no font draws, with what was printed in its place.

    Args:
        options: as the sheet read them.
        thermal: as a receipt printer's own bytes, not as a PDF; the sheet must be a slip.

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
    if thermal:
        out.write(sheet.thermal(drawable, fonts=fonts))
    else:
        sheet.render(drawable, fonts=fonts, out=out)
    sheet.finish_in(access.database(), value, village=village, **who)
    out.seek(0)
    kind, ending = ("application/octet-stream", ".bin") if thermal else ("application/pdf", ".pdf")
    name = sheet.file_name(value, ending)
    return send_file(out, kind, as_attachment=True, download_name=name), undrawn
