"""How far a day book (柜台登记) is."""

from pointsbank.labels import Labels

DAY_BOOK_STATE = Labels("day_book_state", {"open": "登记中", "closed": "已封存", "published": "已公示"})
