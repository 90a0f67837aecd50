"""Reading the tables people send: CSV, xlsx, xls and ods; bounded, and every bad cell named. Writing xlsx.

Owns no table and knows no capability: bytes in, checked rows out; rows in, bytes out.
"""

from pointsbank.spreadsheets import problems
from pointsbank.spreadsheets.column import Column, spelt
from pointsbank.spreadsheets.columns import Imported, Parsed, parse_rows, told
from pointsbank.spreadsheets.parsers import choice, code, iso_date, name, points, text, whole_number_between
from pointsbank.spreadsheets.problems import RowProblem
from pointsbank.spreadsheets.reading import read_table, whole
from pointsbank.spreadsheets.table import CLASSES, Table
from pointsbank.spreadsheets.writing import CSV, XLSX, Cell, write_csv, write_xlsx
