"""CSV as people's programs save it, and what is said of files that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.errors import Problem
from pointsbank.spreadsheets import Column, Table, code, parse_rows, read_table
from pointsbank.spreadsheets.problems import BadRows, FileUnreadable
from pointsbank.spreadsheets.table import LostDigits

COLUMNS = (Column(("户号",), "code", True, code),)
CONTENT = "户号,户主,地址\r\n0101,王建国,坡上3号\r\n0202,曾䶮,\r\n"


def cells(table: Table) -> list[list[str]]:
    """The filled cells of every row."""
    return [[cell for cell in row if cell] for row in table.sheets[0].rows]


def reason(data: bytes, name: str = "花名册.csv") -> str:
    """Why a file cannot be read."""
    with pytest.raises(FileUnreadable) as refused:
        read_table(name, data)
    return refused.value.detail


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_four_encodings_and_three_delimiters_read_alike(encoding: str, delimiter: str):
    table = read_table("花名册.csv", CONTENT.replace(",", delimiter).encode(encoding))

    assert cells(table) == [["户号", "户主", "地址"], ["0101", "王建国", "坡上3号"], ["0202", "曾䶮"]]


def test_rows_are_numbered_as_excel_shows_them():
    table = read_table("a.csv", '户号,说明\n\n0101,"两行\n说明"\n,\n0102,好\n'.encode())

    rows = parse_rows(table, COLUMNS).rows

    assert [(row["row"], row["code"]) for row in rows] == [(3, "0101"), (5, "0102")]


def test_a_title_above_the_headers_is_passed_over():
    for title in ("茶源村花名册,,", "茶源村花名册"):
        table = read_table("a.csv", f"{title}\n户号,户主,\n0101,王建国,\n".encode())

        assert parse_rows(table, COLUMNS).rows == [{"row": 3, "code": "0101"}]


def test_a_comma_too_many_is_told_with_its_row():
    table = read_table("a.csv", "户号,地址\n0101,坡上,3号\n".encode())

    with pytest.raises(BadRows, match="第2行：比表头多出几格，文字里的逗号请用英文双引号括起来。"):
        parse_rows(table, COLUMNS)


def test_a_number_that_excel_has_shortened_is_marked():
    table = read_table("a.csv", "户号,身份证\n0101,4.30922E+17\n".encode())

    assert isinstance(table.sheets[0].rows[1][1], LostDigits)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b" \r\n\t", "文件是空的"),
        ("户号\n".encode() + b"\xff\xff\xff", "第2行附近的文字无法识别"),
        ('户号,户主\n0101,"王建国\n0102,王'.encode(), "双引号没有配对"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG....", "图片"),
        (b"Rar!....", "压缩包"),
        (b"a" * 21 * 1024 * 1024, "20MB"),
        (b"a," * 300, "太长"),
        (b"a\n" * 200_001, "200000行"),
    ],
)
def test_what_is_no_table_is_told_with_what_to_do(data: bytes, said: str):
    assert said in reason(data)
    assert reason(data).startswith("文件“花名册.csv”读不出来：")
    assert reason(data).endswith("。")


def test_a_file_name_is_shown_without_folders_and_tricks():
    assert reason(b"", name="C:\\Users\\li\\\u202e花名册.csv") == reason(b"")


@given(st.binary(max_size=400))
def test_no_bytes_bring_it_down(data: bytes):
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"):
        try:
            read_table("x", start + data)
        except Problem as problem:
            assert problem.detail.endswith("。")


@pytest.mark.parametrize("cell", ['="0101"', '"=""0101"""', '" =""0101"" "'])
def test_a_code_kept_as_a_text_by_a_formula_is_that_text(cell: str):
    table = read_table("表.csv", f"户号,户主\n{cell},王建国\n".encode())
    assert table.sheets[0].rows[1] == ["0101", "王建国"]
