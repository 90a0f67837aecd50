"""Reading the tables people send: CSV, xlsx, xls and ods; bounded, and every bad cell named.

Owns no table and knows no capability: bytes in, checked rows out. Never writes anything.
"""

from pointsbank.spreadsheets.columns import Column, Parsed, parse_rows
from pointsbank.spreadsheets.parsers import (
    CellInvalid,
    choice,
    code,
    iso_date,
    name,
    points,
    text,
    whole_number,
    whole_number_between,
)
from pointsbank.spreadsheets.problems import BadRows, FileUnreadable, RowProblem
from pointsbank.spreadsheets.reading import read_table
from pointsbank.spreadsheets.table import DateText, LostDigits, Row, Table

__all__ = [
    "BadRows",
    "CellInvalid",
    "Column",
    "DateText",
    "FileUnreadable",
    "LostDigits",
    "Parsed",
    "Row",
    "RowProblem",
    "Table",
    "choice",
    "code",
    "iso_date",
    "name",
    "parse_rows",
    "points",
    "read_table",
    "text",
    "whole_number",
    "whole_number_between",
]
