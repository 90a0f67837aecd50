"""Duties: what the program does by itself, when it is due, and who does it.

Each duty is a module of `duties.kinds` and declares itself. They are run by a thread beside the server
(`Runner`): when it starts, and on each minute's tick; once, however many processes serve one database, for
what is due is taken as a job (`jobs`). Nothing of this happens while a page is made, and no transaction of a
duty holds up a sale: what takes long is done outside any transaction. Who acts is `staff.SYSTEM`.
"""

from pointsbank.duties import problems
from pointsbank.duties.backup_places import PlaceOfBackups, name_of, passphrase, places
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.duties.register import every, find
from pointsbank.duties.running import Runner
