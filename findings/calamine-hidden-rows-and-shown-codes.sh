#!/bin/sh
# Package:   python-calamine 0.9.1, xlsx.
# Behaviour: a row that is hidden, by hand or by a filter, is read like any other and nothing says that it is hidden;
#            a number comes without its format: 101 shown as 00101, 0.5 shown as 50 % and 4.6 shown as 5 are 101.0,
#            0.5 and 4.6.
# Why guesses are wrong: calamine does use formats, to tell days from numbers, and it does say which sheets are
#            hidden; so "it knows what Excel shows" seems safe, and both work on every table one tries first.
# For this trade: a committee filters its list to one group, or hides the households that moved away, and hands in
#            what it sees: all the others get points too. Household 00101 is looked for as 101 and is not found, or
#            another one is. Hidden rows and formats have to be read from the parts of the file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q xlsxwriter==3.3.1 python-calamine==0.9.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import pathlib
import sys

import python_calamine
import xlsxwriter

file = pathlib.Path(sys.argv[1]) / "scores.xlsx"
with xlsxwriter.Workbook(file) as book:
    sheet = book.add_worksheet("seen")
    codes, share, whole = (book.add_format({"num_format": one}) for one in ("00000", "0%", "0"))
    for row in range(3):
        sheet.write_number(row, 0, 101 + row, codes)
        sheet.write_number(row, 1, 0.5, share)
        sheet.write_number(row, 2, 4.6, whole)
    sheet.set_row(1, None, None, {"hidden": True})
    book.add_worksheet("not seen").hide()

read = python_calamine.CalamineWorkbook.from_path(file)
rows = read.get_sheet_by_name("seen").to_python()
visible = {one.name: str(one.visible) for one in read.sheets_metadata}
print("rows:", rows)
print("sheets:", visible)
assert len(rows) == 3, "the hidden row is left out"
assert rows[0] == [101.0, 0.5, 4.6], "numbers come as they are shown"
assert visible["seen"] != visible["not seen"], "hidden sheets are not told either"
PYTHON
