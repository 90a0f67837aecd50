"""Attachments: photos and papers that belong to something else, kept in the database and gone when due.

Owns the records of attachments, their bytes and their removals. Knows what they belong to by kind and id
only: whose they are, who may see them and when they are no longer needed is declared by the owner's room
(`Owner`). Must not know claims, meetings or pages; never opens a picture.
"""

from pointsbank.attachments import problems
from pointsbank.attachments.adding import add
from pointsbank.attachments.owners import Owner, declare
from pointsbank.attachments.reading import Attachment, of_owners, read
from pointsbank.attachments.removing import HANDFUL, any_due, forget, forget_owners, remove_due, withdraw
from pointsbank.attachments.row_rules import ROW_RULES
from pointsbank.attachments.verifying import faults
