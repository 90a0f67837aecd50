#!/bin/sh
# Package:   python-calamine 0.9.1, the same in xlsx and ods.
# Behaviour: total_height and total_width of a sheet are not how many rows and columns it has but the index of the
#            last: a sheet with one row says 0, as an empty one does; height and width do count. `end` is None only
#            for the empty one.
# Why guesses are wrong: the four names stand side by side, and with two rows and more the difference of one looks
#            like a header that is left out; "no sheet of height 0 has anything in it" seems safe.
# For this trade: groups hand in one sheet each, and a group with a single household and no header line, or a list
#            of which only the header is filled in, is passed over as empty without a word: a household is
#            missing. Ask `end`, or the rows themselves.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q xlsxwriter==3.3.1 python-calamine==0.9.1 odfpy==1.4.1
"$folder/venv/bin/python" - "$folder" <<'PYTHON'
import pathlib
import sys

import python_calamine
import xlsxwriter
from odf import opendocument, table, text

folder = pathlib.Path(sys.argv[1])
ROWS = {"empty": 0, "one": 1, "three": 3}

excel = folder / "groups.xlsx"
with xlsxwriter.Workbook(excel) as book:
    for name, count in ROWS.items():
        sheet = book.add_worksheet(name)
        for row in range(count):
            sheet.write_row(row, 0, ["0101", "household"])

office = folder / "groups.ods"
document = opendocument.OpenDocumentSpreadsheet()
for name, count in ROWS.items():
    sheet = table.Table(name=name)
    for _ in range(count):
        line = table.TableRow()
        for word in ("0101", "household"):
            cell = table.TableCell(valuetype="string")
            cell.addElement(text.P(text=word))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
document.save(str(office))

for file in (excel, office):
    book = python_calamine.CalamineWorkbook.from_path(file)
    seen = {}
    for name in ROWS:
        sheet = book.get_sheet_by_name(name)
        seen[name] = (len(sheet.to_python()), sheet.height, sheet.total_height, sheet.end)
        print(f"{file.suffix} {name}: rows {seen[name][0]}, height {seen[name][1]}, total_height {seen[name][2]}, end {seen[name][3]}")
    assert [seen[name][2] for name in ROWS] == [0, 0, 2], seen
    assert seen["empty"][3] is None and seen["one"][3] is not None, seen
PYTHON
