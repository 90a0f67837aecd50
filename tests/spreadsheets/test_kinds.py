"""What is no table of ours is told by its content, whatever it is called, with the way out."""

import io
import zipfile

import pytest
from odf import opendocument

from pointsbank.spreadsheets import read_table
from pointsbank.spreadsheets.problems import FileUnreadable
from tests.spreadsheets.test_workbooks import rows, xlsx


def archive(*parts: str) -> bytes:
    """A zip file with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for part in parts:
            packed.writestr(part, "<x/>")
    return file.getvalue()


def written() -> bytes:
    """A text of LibreOffice."""
    file = io.BytesIO()
    opendocument.OpenDocumentText().write(file)
    return file.getvalue()


HTML = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="gb2312"><table><tr><td>户号'
XML_2003 = '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook></Workbook>'
OTHERS = {
    "web page": (HTML.encode("gb2312"), "网页"),
    "web page with a mark": (b"\xef\xbb\xbf\n<!DOCTYPE html><html><table>", "网页"),
    "web page in UTF-16": (HTML.encode("utf-16"), "网页"),
    "table alone": (b"<table border=1><tr><td>a</td></tr></table>", "网页"),
    "saved mail": (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n", "网页"),
    "Excel 2003 XML": (XML_2003.encode(), "Excel 2003 XML"),
    "other XML": (b"<?xml version='1.0'?><root/>", "XML"),
    "RTF": (rb"{\rtf1\ansi", "Word"),
    "Word": (archive("word/document.xml", "[Content_Types].xml"), "Word"),
    "Writer": (written(), "Word"),
    "slides": (archive("ppt/presentation.xml"), "演示文稿"),
    "zip with something": (archive("花名册.xml"), "压缩包"),
    "GIF": (b"GIF89a....", "图片"),
    "BMP": (b"BM\x36\0\0\0\0\0", "图片"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0", "图片"),
    "WebP": (b"RIFF\0\0\0\0WEBPVP8 ", "图片"),
    "database": (b"SQLite format 3\0", "数据库"),
    "by spaces": ("户号  户主    小组\n0101  王建国  一组\n".encode(), "空格"),
    "by Chinese commas": ("户号，户主，小组\n0101，王建国，一组\n".encode(), "中文逗号"),
    "workbook of a picture": (xlsx(lambda _book, _sheet: None), "没有填了字的工作表"),
    "cut in the middle": (rows(["户号"], ["0101"])[:900], "损坏"),
}


@pytest.mark.parametrize(("data", "said"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_table_is_told_apart(data: bytes, said: str):
    with pytest.raises(FileUnreadable) as refused:
        read_table("花名册.xls", data)

    assert said in refused.value.detail


@pytest.mark.parametrize("content", ["BM,名称\nBM01,大米\n", "户号\n0101\n0102\n", "备注\n<重要>\n"])
def test_what_only_looks_like_another_kind_is_read(content: str):
    assert len(read_table("表.csv", content.encode()).sheets[0].rows) >= 2
