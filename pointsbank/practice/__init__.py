"""The practice village: the sample village in a database of its own, in which nothing counts.

With SQLite it is `practice.sqlite3` beside the data; with PostgreSQL a second database that the settings
name, else there is none. No verb reaches from one to the other. Thrown away is deleted: the file, or on a
server the tables that a row names as this installation's for practice. No guard is taken off a table that
stays, and the real one is not touched.
"""

from pointsbank.practice import problems
from pointsbank.practice.apart import make_apart
from pointsbank.practice.making import (
    CODE,
    Practitioner,
    discard,
    exists,
    is_offered,
    make,
    open_database,
    people,
    version,
)
