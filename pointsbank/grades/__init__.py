"""Grades (等级): bands, colours and stars by a village's own table, for a month, quarter, half-year or year.

Owns grade_table, grade_band, grade and grade_measure. Reads what scoring and keepers counted; moves no point,
masks no name (publicity does), and must not know boards.
"""

from pointsbank.grades import problems
from pointsbank.grades.bands import MAXIMUM_BANDS, Band
from pointsbank.grades.grading import (
    Grade,
    PeriodGrades,
    freeze_grades,
    frozen_periods,
    grades_of,
    periods,
)
from pointsbank.grades.importing import GRADE_COLUMNS, import_tables
from pointsbank.grades.known_tables import GradeTable, adopted_tables, one_table, table_number, tables_now
from pointsbank.grades.measures import (
    Done,
    MeasureWaiting,
    mark_done,
    measures_done,
    measures_waiting,
)
from pointsbank.grades.own_grades import OwnGrade, kept_grades, own_grades, settled_grades
from pointsbank.grades.periods import span_of
from pointsbank.grades.ranges import Range
from pointsbank.grades.ranges import read as read_range
from pointsbank.grades.row_rules import ROW_RULES
from pointsbank.grades.tables import adopt_table, end_table
