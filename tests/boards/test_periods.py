"""Boards of a quarter, a half-year and a year: from closed months, added up or averaged, and then for good."""

from datetime import date

import pytest

from pointsbank import boards, governing, publicity, roster, scoring
from pointsbank.boards import PeriodBoard
from pointsbank.database import Database
from tests.builders import hang_out
from tests.publicity.scene import CODE, LI, after, found_village, meeting_with, settle
