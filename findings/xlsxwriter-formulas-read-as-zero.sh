#!/bin/sh
# Package:   xlsxwriter 3.3.1 read by python-calamine 0.9.1; openpyxl 3.1.5 beside it.
# Behaviour: a formula to which the writer was given no value is stored with the result 0, and a reader hands over
#            the number 0; the same formula from openpyxl has no result at all and is handed over as a blank. Nothing
#            in the cell tells the 0 from one that Excel worked out: only fullCalcOnLoad in the workbook does.
# Why guesses are wrong: "a formula nobody has calculated is a blank" holds for openpyxl, and a check for blanks
#            passes the 0; Excel and LibreOffice show the right number, because they calculate on opening.
# For this trade: programs of townships write the list of opening balances with such formulas (=D2+E2); read
#            without Excel in between, every household begins with 0 points, and 0 is a lawful balance. A workbook
#            that asks to be calculated on opening must be sent back to be opened and saved once.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q xlsxwriter==3.3.1 python-calamine==0.9.1 openpyxl==3.1.5
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import pathlib
import sys
import zipfile

import openpyxl
import python_calamine
import xlsxwriter

folder = pathlib.Path(sys.argv[1])
FORMULA = "=A2+B2"


def rows(file):
    """Return the rows of the first sheet, and whether the workbook asks to be calculated on opening."""
    sheet = python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0)
    with zipfile.ZipFile(file) as parts:
        asks = b'fullCalcOnLoad="1"' in parts.read("xl/workbook.xml")
    return sheet.to_python(), asks


first = folder / "xlsxwriter.xlsx"
with xlsxwriter.Workbook(first) as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["earned", "given", "balance"])
    sheet.write_row(1, 0, [30, 12])
    sheet.write_formula(1, 2, FORMULA)

second = folder / "openpyxl.xlsx"
book = openpyxl.Workbook()
book.active.append(["earned", "given", "balance"])
book.active.append([30, 12, FORMULA])
book.save(second)

seen = {file.stem: rows(file) for file in (first, second)}
for name, (lines, asks) in seen.items():
    print(f"{name}: read as {lines[1]}, asks to be calculated on opening: {asks}")
assert seen["xlsxwriter"] == ([["earned", "given", "balance"], [30.0, 12.0, 0.0]], True), seen
assert seen["openpyxl"][0][1] == [30.0, 12.0, ""], seen
print("42 was meant; one file says 0, the other nothing.")
PYTHON
