"""What a file is that is no table of ours, told by its content, and the way out."""

import re
from collections.abc import Collection, Iterator, Mapping

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PICTURE = "这是图片，不是表格。请把内容填进 Excel 表格，保存为 .xlsx 再上传。"
_PACKED = "这是压缩包，请解压后上传里面的表格。"
_WORD = "这是 Word 文档，不是表格。请把里面的表格复制到 Excel，保存为 .xlsx 再上传。"
_WEB = "这是网页，只是名字像 Excel 表格。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
_XML = "这是 XML 格式的旧表格（Excel 2003 XML）。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"

_STARTS = {
    b"%PDF": "这是 PDF 文件，不是表格。请找到原来的 Excel 表格，或把内容填进 Excel，保存为 .xlsx 再上传。",
    b"\xff\xd8\xff": _PICTURE,
    b"\x89PNG": _PICTURE,
    b"GIF8": _PICTURE,
    b"BM": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"Rar!": _PACKED,
    b"7z\xbc\xaf": _PACKED,
    b"\x1f\x8b": _PACKED,
    b"PK\x05\x06": "这是空的压缩包，请改用 Excel 或 CSV 文件。",
    b"{\\rtf": _WORD,
    b"ID;P": "这是 SYLK 格式的旧表格（.slk）。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
    b"SQLite format 3": "这是数据库文件，不是表格。请从原来的程序导出 Excel 或 CSV 再上传。",
}
_WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|table|body|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"\s*(?:MIME-Version|Content-Type|From):", re.IGNORECASE)
_LOOKED_AT = 4096


def of_start(data: bytes) -> str | None:
    """Return what a file is, by its first bytes, and what to do; None if it may be a table.

    Example:
        >>> of_start(b"%PDF-1.7")[:9], of_start("户号,户主".encode())
        ('这是 PDF 文件', None)
    """
    for start, reason in _STARTS.items():
        # Two letters that a CSV may begin with as well; a picture goes on with what is no text.
        if data.startswith(start) and (start != b"BM" or b"\0" in data[:32]):
            return reason
    if data[4:8] == b"ftyp" or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return _PICTURE
    return _of_text(_plain(data[:_LOOKED_AT]))


def _plain(start: bytes) -> bytes:
    """Return the first bytes without marks and the zero halves of UTF-16."""
    return (
        start.removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
        .replace(b"\0", b"")
    )


def _of_text(start: bytes) -> str | None:
    """Return what a text is by its beginning."""
    if b"Excel.Sheet" in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        is_web = re.match(rb"\s*<html", start, re.IGNORECASE)
        return _WEB if is_web else _XML
    if b"schemas.microsoft.com/office/word" in start or b"Word.Document" in start:
        return _WORD
    if _WEB_PAGE.match(start) or (_MAIL.match(start) and b"multipart/related" in start):
        return _WEB
    if re.match(rb"\s*<\?xml", start):
        return "这是 XML 文件，不是表格。请用 Excel 或 WPS 打开，另存为 .xlsx 再上传。"
    return None


def of_archive(parts: Mapping[str, bytes]) -> str | None:
    """Return what a zip file is by its parts, and what to do; None if it is a workbook."""
    if "xl/workbook.bin" in parts:
        return "这是 .xlsb 文件，请用 Excel 打开，另存为 .xlsx 再上传。"
    is_text = b"opendocument.text" in parts.get("mimetype", b"")
    if is_text or any(part.startswith("word/") for part in parts):
        return _WORD
    if "xl/workbook.xml" in parts or "content.xml" in parts:
        return None
    if any(part.startswith("ppt/") for part in parts):
        return "这是演示文稿，不是表格。请把内容填进 Excel 表格，保存为 .xlsx 再上传。"
    return "这不是表格，也可能是压缩包。请解压，或另存为 .xlsx、.ods 或 CSV 再上传。"


def of_compound(streams: Collection[str]) -> str:
    """Return what an old Office file without a workbook is, and what to do."""
    if "WordDocument" in streams:
        return _WORD
    if "PowerPoint Document" in streams:
        return "这是演示文稿，不是表格。请把内容填进 Excel 表格，保存为 .xlsx 再上传。"
    return "这不是 Excel 表格，请另存为 .xlsx 再上传。"


def of_lines(lines: Iterator[str]) -> str | None:
    """Return why lines of text without a comma, tab or semicolon are no table; None if they may be one.

    Args:
        lines: the first of them.
    """
    some = [line.strip() for line in lines if line.strip()][:10]
    if len(some) < 2 or any(sign in line for line in some for sign in ",\t;"):
        return None
    if all(sum(line.count(sign) for sign in "，、；|") >= 1 for line in some):
        return "各列之间用的是中文逗号、顿号或竖线。请换成英文逗号，或填进 Excel 表格，保存为 .xlsx 再上传。"
    if all(re.search(r"\S[ \u3000]{1,}\S", line) for line in some):
        return "各列之间是用空格对齐的，分不清每一格到哪里为止。请填进 Excel 表格，保存为 .xlsx 再上传。"
    return None
