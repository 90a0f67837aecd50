"""Working days of China: each State Council notice as data of its year, and what holds where none is known.

Every term in working days is counted here, by one function. Owns no table: years come with a library or lie
as texts of notices in the folder `days_off` of the data directory. What was counted is stored by whoever
recorded the act and is not counted anew (decision 1561).
"""

from pointsbank.working_days.counting import Term, term
from pointsbank.working_days.notices import DaysOffInvalid, read_notice
from pointsbank.working_days.showing import YearShown, in_words, shown
from pointsbank.working_days.sources import (
    FILE,
    FOLDER,
    LIBRARY,
    UNKNOWN,
    KeptYears,
    Known,
    calendar,
    decode,
    follow,
    keep,
    known,
)
from pointsbank.working_days.years import Calendar, Year
