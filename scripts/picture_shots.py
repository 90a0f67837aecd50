"""Which pages of the sample village are drawn, and who sees them."""

from dataclasses import dataclass

VILLAGE, OPEN = "/v/chayuan", "/open/chayuan"
CARD = "card"
"""Who has no login: a household that scanned its card."""


@dataclass(frozen=True)
class Shot:
    """A page to be drawn: who sees it, and its address or the pattern of a link on a page.

    Attributes:
        login: empty for who passes by.
        path: in which CLOSED stands for the last month that was closed, MEETING and WEDDING for what
            `picture_acts` begins.
        link: of the first link on `path` that is followed; empty for the page itself.
        height: in px at most, from the top; 0 for all of it.
    """

    name: str
    login: str
    path: str
    link: str = ""
    height: int = 0


PAGES = (
    Shot("sign-in", "", "/sign-in"),
    Shot("help", "", "/help"),
    Shot("open-board", "", OPEN, height=2200),
    Shot("open-month", "", f"{OPEN}/months/CLOSED", height=1600),
    Shot("open-spot-check", "", f"{OPEN}/spot-checks/2026-08", height=1600),
    Shot("card", CARD, "/mine", height=2200),
    Shot("card-statement", CARD, "/mine/statement", height=1600),
    Shot("questions", "li", f"{VILLAGE}/questions", height=1200),
    Shot("spot-check", "zhao", f"{VILLAGE}/spot-checks/2026-08", height=1400),
    Shot("home", "li", f"{VILLAGE}"),
    Shot("look", "li", "/look", height=1600),
    Shot("roster", "li", f"{VILLAGE}/roster", height=1000),
    Shot("file", "li", f"{VILLAGE}/roster/01005", height=1600),
    Shot("scheme", "li", f"{VILLAGE}/scheme", height=1200),
    Shot("meetings", "li", f"{VILLAGE}/meetings"),
    Shot("meeting", "li", f"{VILLAGE}/meetings", r"/meetings/\w{10,}$", 1400),
    Shot("notices", "li", f"{VILLAGE}/notices"),
    Shot("notice", "zhao", f"{VILLAGE}/notices", r"/notices/\w{10,}$", 1200),
    Shot("boards", "li", f"{VILLAGE}/boards"),
    Shot("board", "li", f"{VILLAGE}/boards/CLOSED", height=1400),
    Shot("goods", "li", f"{VILLAGE}/goods", height=1000),
    Shot("sales", "chen", f"{VILLAGE}/sales", height=1000),
    Shot("till", "chen", f"{VILLAGE}/till"),
    Shot("print", "li", f"{VILLAGE}/print"),
    Shot("lists", "li", f"{VILLAGE}/lists"),
    Shot("log", "zhao", f"{VILLAGE}/log", height=1000),
    Shot("settings", "li", f"{VILLAGE}/settings", height=1600),
    Shot("staff", "admin", f"{VILLAGE}/staff", height=1200),
    Shot("jobs", "admin", "/jobs", height=1600),
    Shot("installation", "admin", "/installation", height=1600),
    Shot("approvals", "zhao", f"{VILLAGE}/approvals"),
    Shot("imports", "li", f"{VILLAGE}/imports"),
    Shot("import", "li", f"{VILLAGE}/imports/roster", height=1200),
)
HELP = (
    Shot("meeting", "li", f"{VILLAGE}/meetings", r"/meetings/\w{10,}$", 620),
    Shot("board", "li", f"{VILLAGE}/boards/CLOSED", height=620),
    Shot("goods", "li", f"{VILLAGE}/goods", height=620),
    Shot("till", "chen", f"{VILLAGE}/till", height=520),
    Shot("reception", "chen", f"{VILLAGE}/reception/01005", height=620),
    Shot("notice", "zhao", f"{VILLAGE}/notices", r"/notices/\w{10,}$", 620),
    Shot("staff", "admin", f"{VILLAGE}/staff", height=620),
)

IN_SESSION = (
    Shot("entry", "li", f"{VILLAGE}/meetings/MEETING", height=1400),
    Shot("grid", "li", f"{VILLAGE}/meetings/MEETING/grid", height=1200),
    Shot("marks", "li", f"{VILLAGE}/meetings/MEETING/marks", height=1200),
    Shot("mark", "li", f"{VILLAGE}/meetings/MEETING/marks/judges/1"),
    Shot("projector", "li", f"{VILLAGE}/meetings/MEETING/projector"),
    Shot("score-sheets", "li", f"{VILLAGE}/meetings/MEETING/sheets", height=1200),
    Shot("close", "li", f"{VILLAGE}/meetings/MEETING/close"),
    Shot("panels", "li", f"{VILLAGE}/panels"),
    Shot("claims", "li", f"{VILLAGE}/claims"),
    Shot("inspections", "li", f"{VILLAGE}/inspections"),
    Shot("ceremonies", "li", f"{VILLAGE}/ceremonies", height=1200),
    Shot("ceremony", "li", f"{VILLAGE}/ceremonies/WEDDING"),
    Shot("reception", "chen", f"{VILLAGE}/reception"),
    Shot("reception-household", "chen", f"{VILLAGE}/reception/01005", height=1600),
    Shot("counter", "chen", f"{VILLAGE}/counter"),
    Shot("counter-entry", "chen", f"{VILLAGE}/counter/01010"),
    Shot("oversight", "zhao", f"{VILLAGE}/oversight", height=1600),
)
"""Drawn last, once `picture_acts` has begun what they show."""
