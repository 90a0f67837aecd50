"""Watermark: stubs (存根) outside the data that notice at once when an older copy of the data was put back.

Owns the stub files; no table. Reads the log through the ledger's door and writes one kind of entry into it.
Must not know points, scores, goods or pages.
"""

from pointsbank.watermark import problems
from pointsbank.watermark.accepting import accept
from pointsbank.watermark.beginning import begin, check, renew, settle, troubled
from pointsbank.watermark.comparing import Comparison, Standing, examine
from pointsbank.watermark.keeping import Keeper
from pointsbank.watermark.places import Place
from pointsbank.watermark.standing import in_words, refusal_of, unchecked
from pointsbank.watermark.undoing import undone_by
