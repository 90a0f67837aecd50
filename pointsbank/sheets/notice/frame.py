"""What stands around the lines of a notice: heads, the way to object, seal and feet; lengths in mm."""

from pointsbank.dates import day_in_words
from pointsbank.printing import BOLD, GREY, RED, Paper, Passage
from pointsbank.sheets.base import CommonWords, draw_seal
from pointsbank.sheets.notice.values import Notice, Words

SIZE = (210.0, 297.0)
MARGIN = 15.0
WIDE = SIZE[0] - 2 * MARGIN
FIRST_TOP = 62.0
TOP = 24.0
BOTTOM = 280.0
CLOSE = 58.0


def first_head(paper: Paper, notice: Notice, group: str, intro: str) -> float:
    """Draw the head of a copy's first page and say where it ends; `group`: whose copy it is, or ""."""
    middle, wide = paper.width / 2, paper.width - 2 * MARGIN
    paper.box(0, 0, paper.width, 4, RED)
    paper.text(middle, 24, _title(notice, group), size=24, weight=BOLD, ink=RED, align=0.5, fit=wide)
    paper.line(MARGIN, 29.5, paper.width - MARGIN, 29.5, ink=RED, thickness=0.5)
    Passage(paper.case, intro, width=wide, size=12, lines=3).draw(paper, MARGIN, 33)
    # Printed before it hangs: who hangs it writes the day in.
    day = Words.HUNG_BY_HAND if notice.hung_on is None else ""
    paper.text(
        MARGIN, 57, f"{CommonWords.PUBLICITY}：{span_in_words(notice)}{day}", size=12, weight=BOLD, fit=120
    )
    count = Words.COUNT.format(count=len(notice.entries))
    if notice.unpublished:
        unpublished = Words.BESIDES if group else Words.UNPUBLISHED
        count += unpublished.format(count=notice.unpublished)
    paper.text(paper.width - MARGIN, 57, count, size=11, ink=GREY, align=1, fit=58)
    return FIRST_TOP


def running_head(paper: Paper, notice: Notice, group: str) -> float:
    """Draw the head of a further page and say where it ends."""
    paper.box(0, 0, paper.width, 4, RED)
    head = _title(notice, group) + CommonWords.CONTINUED
    paper.text(MARGIN, 16, head, size=13, weight=BOLD, ink=RED, fit=110)
    span = f"{CommonWords.PUBLICITY}：{span_in_words(notice)}"
    paper.text(paper.width - MARGIN, 16, span, size=10, ink=GREY, align=1, fit=68)
    return TOP


def _title(notice: Notice, group: str) -> str:
    return f"{notice.title} · {group}" if group else notice.title


def span_in_words(notice: Notice) -> str:
    """Return the days of display: from when to when, or how many once it hangs."""
    if notice.hung_on is None or notice.ends_on is None:
        return Words.UNHUNG.format(days=notice.days)
    return CommonWords.SPAN.format(first=day_in_words(notice.hung_on), last=day_in_words(notice.ends_on))


def close(paper: Paper, top: float, notice: Notice) -> None:
    """Draw how to object on the left, the place of the seal and the date on the right."""
    paper.text(MARGIN, top + 7, CommonWords.OBJECTION, size=13, weight=BOLD, ink=RED)
    channel = Passage(paper.case, notice.objection_channel, width=98, size=11.5, lines=4)
    end = channel.draw(paper, MARGIN, top + 10.5)
    if notice.hotline:
        paper.text(MARGIN, end + 8, CommonWords.HOTLINE, size=11.5, ink=GREY)
        paper.text(MARGIN + 19, end + 8.2, notice.hotline, size=15, weight=BOLD, fit=78)
    middle = paper.width - MARGIN - 30
    draw_seal(paper, middle, top, radius=18, thickness=0.25, size=10.5)
    paper.text(middle, top + 44, notice.issued_by, size=13, weight=BOLD, align=0.5, fit=62, upward=True)
    paper.text(middle, top + 51, day_in_words(notice.published_on), size=12, align=0.5)


def foot(paper: Paper, notice: Notice, page: int, pages: int) -> None:
    """Draw the village, the number of the page and the hotline at the bottom."""
    y = paper.height - 9
    paper.text(MARGIN, y, notice.village, size=9, ink=GREY, fit=60)
    count = CommonWords.PAGE.format(page=page, pages=pages)
    paper.text(paper.width / 2, y, count, size=9, ink=GREY, align=0.5)
    if notice.hotline:
        hotline = f"{CommonWords.HOTLINE} {notice.hotline}"
        paper.text(paper.width - MARGIN, y, hotline, size=9, ink=GREY, align=1, fit=70)
