"""Score sheets (评分表): what was printed on each page, what its photo says, and its entering as scores.

Owns score_sheet, score_sheet_reading and score_sheet_entry. A page is read by what was printed on it, not by
who lives in the group today. Scores enter through scoring's door, photos lie with attachments; opens no
picture itself, and must not know claims, boards, goods or pages.
"""

from pointsbank.score_sheets import problems
from pointsbank.score_sheets.entering import enter, rows_of
from pointsbank.score_sheets.erasing import forget
from pointsbank.score_sheets.marks import MARKED, decided, open_boxes, ticked_boxes
from pointsbank.score_sheets.printing import PagePrinted, keep_printed
from pointsbank.score_sheets.reading import (
    OWNER_KIND,
    Page,
    Reading,
    Standing,
    already_entered,
    count_entered,
    missing_pages,
    page,
    page_of_photo,
    pages_of,
    standing,
    standing_of,
)
from pointsbank.score_sheets.row_rules import ROW_RULES
from pointsbank.score_sheets.taking_in import drop_photo, take_in
from pointsbank.score_sheets.tracing import page_of_score
