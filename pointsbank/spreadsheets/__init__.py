"""Reading the tables people send: CSV, xlsx, xls and ods; bounded, and every bad cell named. Writing xlsx.

Owns no table and knows no capability: bytes in, checked rows out; rows in, bytes out.
"""

from pointsbank.spreadsheets import problems
from pointsbank.spreadsheets.blank import blank_table
from pointsbank.spreadsheets.column import Column, spelt
from pointsbank.spreadsheets.columns import Parsed, parse_rows
from pointsbank.spreadsheets.days import MonthDay, MonthEnd, day_or_month_day, period_heading
from pointsbank.spreadsheets.doubtful import ended
from pointsbank.spreadsheets.finding import columns_found
from pointsbank.spreadsheets.headers import plain
from pointsbank.spreadsheets.imported import Imported, counts_of, notes_of
from pointsbank.spreadsheets.numbering import Numbering
from pointsbank.spreadsheets.parsers import (
    NOTHING_KNOWN,
    WrittenPoints,
    choice,
    code,
    in_one_line,
    name,
    points,
    text,
    title,
    whole_number_between,
    written_points,
)
from pointsbank.spreadsheets.passing import heading
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.reading import read_table, whole
from pointsbank.spreadsheets.sums import unequal_still
from pointsbank.spreadsheets.table import CLASSES, DateText, Table
from pointsbank.spreadsheets.words import (
    another_village,
    group_heading,
    group_key,
    group_spellings,
    remark_of,
)
from pointsbank.spreadsheets.writing import CSV, XLSX, Cell, write_csv, write_sheets, write_xlsx
