"""A spreadsheet file of texts, as Excel would write it, made without a library that only tests install."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

_OPENING = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SCHEMAS = "http://schemas.openxmlformats.org"
_RELATED = f"{_SCHEMAS}/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_SCHEMAS}/spreadsheetml/2006/main" xmlns:r="{_RELATED}">'
    '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def workbook(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an .xlsx file of one sheet: a header row and rows of texts, at most 26 columns."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in _PARTS.items():
            file.writestr(name, _OPENING + part)
        with file.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for part in _sheet([headers], rows):
                sheet.write(part.encode())
    return out.getvalue()


def _sheet(*blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f'{_OPENING}<worksheet xmlns="{_SCHEMAS}/spreadsheetml/2006/main"><sheetData>'
    number = 0
    for block in blocks:
        for row in block:
            number += 1
            cells = (
                f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
                for column, text in enumerate(row)
            )
            yield f'<row r="{number}">{"".join(cells)}</row>'
    yield "</sheetData></worksheet>"
