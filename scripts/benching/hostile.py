"""Files that cost most for their size, and honest ones: by name, with the page and field they are sent to.

They are made once and kept in a folder: making them takes longer than sending them.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from PIL import Image

VILLAGE = "/v/ours"
_TILL, _SHEET = (f"{VILLAGE}/till", "photo"), (f"{VILLAGE}/imports/goods", "file")

File = tuple[str, str, bytes]


def file(name: str, folder: Path) -> File:
    """Return a file by its name in `FILES`: address, field, content; `folder` keeps it for the next time."""
    make = FILES[name]
    path = folder / f"{list(FILES).index(name)}.upload"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        path.write_bytes(make())
    return (*(_SHEET if make in _TABLES else _TILL), path.read_bytes())


def _picture(picture: Image.Image, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@cache
def _noise(width: int = 6000, height: int = 4000) -> Image.Image:
    """A picture of so many points that no code is found in, and that packs badly."""
    return Image.effect_noise((1500, 1000), 60).resize((width, height)).convert("RGB")


def _plain(width: int, height: int, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height))


def _workbook(rows: bytes, **parts: bytes) -> bytes:
    sheet = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            packed.writestr(f"xl/{name}.xml", content)
    return out.getvalue()


def _one_text_in_many_cells() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for row in range(1000):
        for column in range(30):
            sheet.write(row, column, "a" * 30_000)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _repeated() -> bytes:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="200">'
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet><table:table>"
        f'<table:table-row table:number-rows-repeated="1000">{cell}<text:p><text:s text:c="100000"/></text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
    return out.getvalue()


def _goods(rows: int, first: str = "T") -> bytes:
    """An honest table of goods, whose codes begin so."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "名称", "规格", "积分", "库存", "类别"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [f"{first}{row:05d}", f"商品{row}", "500克", row % 90 + 1, 5, "日用品"])
    return out.getvalue()


_PHOTOS: dict[str, Callable[[], bytes]] = {
    "progressive JPEG of 24 megapixels": lambda: _picture(_noise(), "JPEG", progressive=True),
    "progressive JPEG in full colour of 12": lambda: _picture(
        _noise(4000, 3000), "JPEG", progressive=True, subsampling=0
    ),
    "baseline JPEG of 192": lambda: _picture(_noise(16000, 12000).convert("L"), "JPEG", quality=20),
    "PNG of 24": lambda: _picture(_noise(), "PNG", compress_level=1),
    "PNG of 24, one colour": lambda: _picture(_plain(6000, 4000), "PNG"),
    "PNG of 24 with a palette": lambda: _picture(_plain(6000, 4000, "P"), "PNG"),
    "WebP of 24": lambda: _picture(_noise(), "WEBP", method=0, quality=60),
    "lossless WebP of 13": lambda: _picture(_plain(4160, 3120), "WEBP", lossless=True, method=0),
    "AVIF of 24": lambda: _picture(_noise(), "AVIF", speed=10, quality=50),
    "AVIF of 24 in full colour": lambda: _picture(_plain(6000, 4000), "AVIF", speed=10, subsampling="4:4:4"),
    "HEIC of 12 MB": lambda: struct.pack(">I4s4s", 20, b"ftyp", b"heic") + bytes(12_000_000),
    "a photo of 60 MB that is none": lambda: b"\xff\xd8" + b"\xff\xe1\xff\xff" * 15_000_000,
}
_SHEETS: dict[str, Callable[[], bytes]] = {
    "xlsx of 900,000 cells": lambda: _workbook(b"<row>" + b"<c><v>1</v></c>" * 900_000 + b"</row>"),
    "xlsx of 200 MB unpacked": lambda: _workbook(b" " * 200_000_000),
    "xlsx, one text in many cells": lambda: _workbook(
        b"<row>" + b"<c t='s'><v>0</v></c>" * 9_000 + b"</row>",
        sharedStrings=b"<sst><si><t>" + b"a" * 30_000 + b"</t></si></sst>",
    ),
    "xls, one text in many cells": _one_text_in_many_cells,
    "ods, blanks in many cells": _repeated,
    "CSV of four million lines": lambda: b"\n" * 4_000_000,
    "CSV of four million cells": lambda: b"," * 4_000_000,
    "20,000 kinds of goods": lambda: _goods(20_000),
}
HONEST_PHOTO, LARGEST_SHEET = "a photo of 12 megapixels", "1,999 kinds of goods"
NEW_SHEETS = [f"1,149 kinds of goods that are new, {number}" for number in range(8)]
"""What an import costs depends on what is new in it."""
_HONEST: dict[str, Callable[[], bytes]] = {
    name: partial(_goods, 1_149, f"N{number}") for number, name in enumerate(NEW_SHEETS)
} | {LARGEST_SHEET: lambda: _goods(1_999)}
FILES = _PHOTOS | _SHEETS | _HONEST | {HONEST_PHOTO: lambda: _picture(_noise(4000, 3000), "JPEG", quality=85)}
HOSTILE = [*_PHOTOS, *_SHEETS]
_TABLES = {*_SHEETS.values(), *_HONEST.values()}
