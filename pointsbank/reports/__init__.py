"""The book sent up (上报表): what a village did in a month, a quarter, a half year or a year, in numbers.

Owns no table. Reads every capability; each part of the book is one module of `reports.parts`. The page, the
sheet and the file for Excel are made of the same gathered values, so that no number differs between them.
"""

from pointsbank.reports import problems
from pointsbank.reports.book import OFFICES, Book, book, choices, every_part, usual_span, write_book
from pointsbank.reports.part import Form, Table
from pointsbank.reports.spans import Span, parse_span, spans_of
