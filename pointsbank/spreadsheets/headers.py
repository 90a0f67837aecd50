"""Which rows of a sheet are its headers, and which of our columns each names: by what is asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pointsbank.spreadsheets.column import Column
from pointsbank.spreadsheets.table import Sheet
from pointsbank.text import narrow

SEARCHED_ROWS = 100
"""Headers stand no deeper in a sheet."""

_DEEPEST = 3
_LONGEST = 60
"""Characters; what is longer is no header, and is not looked at."""

_OFFICIAL, _SPELT = 0, 1
_DECORATION = re.compile(r"[\s*:_★☆※\u200b-\u200f\u2060\ufeff\u00ad]|\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
_BRACKET = re.compile(r"[(\[【〔（［]")
_REMARK = re.compile(r"[(\[【〔](.*?)[)\]】〕]")

# What a remark in brackets must not say, lest the column be another: 人口（其中女）, 积分（累计）.
_ANOTHER = re.compile("其中|[男女]|累计|[上去前]|原|旧|应|计划|最[低高]|荣誉")
# In brackets behind an amount: it is counted in something that is no point, or in many at a time.
_MEASURED_OTHERWISE = re.compile("单?位?:?(?:[十百千万亿]+.{0,2}|.{0,3}[元￥¥%箱])")
_WHOLE = {"合计", "小计", "总计", "总数", "计", "共计", "总人数"}


class Match(NamedTuple):
    """The column that a header names: its key, and whether by its own name (0) or a spelling (1)."""

    key: str
    rank: int


class Names:
    """The headers that an import knows."""

    def __init__(self, columns: Sequence[Column]) -> None:
        """Take the columns."""
        self.columns = {column.key: column for column in columns}
        self.needed = {column.key for column in columns if column.is_needed}
        self._known: dict[str, Match] = {}
        for rank in (_SPELT, _OFFICIAL):
            for column in columns:
                for word in column.also if rank else column.names:
                    # 积分 beside 可用积分 is another amount: neither goes before the other.
                    self._known[plain(word)] = Match(column.key, _OFFICIAL if column.is_amount else rank)
        self._not_beside = {plain(word): what for c in columns for word, what in c.not_beside.items()}
        self._doubtful = {plain(word): column.key for column in columns for word in column.doubtful}
        self._matched: dict[str, Match | None] = {}

    def match(self, header: str) -> Match | None:
        """Return what a header names, if anything."""
        if len(header) > _LONGEST:
            return None
        # A cell is looked at as a header of one row and of two, above and below.
        if header not in self._matched:
            self._matched[header] = self._match(header)
        return self._matched[header]

    def _match(self, header: str) -> Match | None:
        found = self._known.get(plain(header))
        # Of two hundred thousand cells few have anything in brackets.
        if _BRACKET.search(header) is None:
            return found
        notes = remarks(header)
        if any(map(_ANOTHER.search, notes)):
            return self._known.get(_undecorated(header))
        if found and self.columns[found.key].is_amount and any(map(_MEASURED_OTHERWISE.fullmatch, notes)):
            return None
        return found

    def heads(self, text: str) -> dict[str, str]:
        """Return what a text over rows or columns says of them, by the keys of our columns."""
        read = {key: column.heading(text) for key, column in self.columns.items() if column.heading}
        return {key: value for key, value in read.items() if value}

    def doubtful(self, header: str) -> str | None:
        """Return the key of the column that a header may name."""
        return self._doubtful.get(plain(header))

    def another_table(self, header: str) -> str | None:
        """Return which table it is, in words, if a header stands there that ours never has."""
        return self._not_beside.get(plain(header))


def plain(header: str) -> str:
    """Return a header without the stars, colons, remarks in brackets and spaces people decorate it with."""
    return _DECORATION.sub("", narrow(header)).casefold()


def remarks(header: str) -> list[str]:
    """Return what stands in brackets in a header.

    Example:
        >>> remarks("庭院美化（10月）")
        ['10月']
    """
    return list(_REMARK.findall(narrow(header)))


def _undecorated(header: str) -> str:
    return re.sub(r"[\s*:()\[\]【】]", "", narrow(header)).casefold()


@dataclass(frozen=True, slots=True)
class Header:
    """The headers of a sheet: in which rows, what stands in each column, and what it names.

    Attributes:
        row: the first of its rows, from 0.
        depth: how many rows.
        texts: what is read in each column that has a header, by the column's place.
        matches: of those that name a column of ours.
        above: what stands in the upper of two rows, over each column.
        divided: of columns of ours whose header stands over several, none the whole, how these are called.
    """

    row: int
    depth: int
    texts: Mapping[int, str]
    matches: Mapping[int, Match]
    score: tuple[int, int, int]
    above: Mapping[int, str] = field(default_factory=dict)
    divided: Mapping[str, str] = field(default_factory=dict)

    @property
    def below(self) -> int:
        """The first row under the headers, from 0."""
        return self.row + self.depth


def best_header(sheet: Sheet, names: Names) -> Header | None:
    """Return the headers that name most of the columns asked for, the needed ones first; None if none do."""
    best: Header | None = None
    for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
        for depth in (1, 2):
            found = _header_at(sheet, row, depth, names)
            if found.matches and (best is None or found.score > best.score):
                best = found
    return None if best is None else _deepened(sheet, best, names)


def _header_at(sheet: Sheet, row: int, depth: int, names: Names) -> Header:
    """Return the headers if they began in this row and were so many rows deep."""
    texts: dict[int, str] = {}
    matches: dict[int, Match] = {}
    for column, own, candidates in _candidates(sheet, row, depth):
        # Of two levels that name nothing the lower one says what the column is about.
        texts[column] = own
        for text in candidates:
            if (match := names.match(text)) is not None:
                texts[column], matches[column] = text, match
                break
    if depth > 1 and _holds_data(sheet, row, names):
        texts, matches = {}, {}
    found = {match.key for match in matches.values()}
    score = (len(found & names.needed), len(found), -depth)
    above = _above(sheet, row) if depth > 1 else {}
    return Header(row, depth, texts, matches, score, above)


def _holds_data(sheet: Sheet, row: int, names: Names) -> bool:
    """Return whether the row under headers of ours is data, some of whose words are headers too: 加分."""
    upper, lower = sheet.rows[row], sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    values = 0
    for above, below in zip(upper, lower, strict=False):
        if above and below and names.match(above) and not names.match(below) and plain(below) not in _WHOLE:
            values += names.match(above + below) is None
    return values > 1


def _candidates(sheet: Sheet, row: int, depth: int) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each column's place, its header, and what it may be of two levels, the likeliest first."""
    upper = sheet.rows[row]
    lower = sheet.rows[row + 1] if depth > 1 and row + 1 < len(sheet.rows) else []
    across = _across(sheet, row) if depth > 1 else {}
    for column in range(max(len(upper), len(lower))):
        own = upper[column] if column < len(upper) else ""
        above, is_first = across.get(column, (own, True))
        below = lower[column] if column < len(lower) else ""
        if below and above:
            is_whole = plain(below) in _WHOLE
            alone = [above] if is_first and (is_whole or not across) else []
            yield column, below, [above + below, below + above, *([] if is_whole else [below]), *alone]
        elif below or own:
            yield column, below or own, [below or own]


def _above(sheet: Sheet, row: int) -> dict[int, str]:
    """Return what stands over each column: a merged cell, else its own or the last one filled."""
    upper, across = sheet.rows[row], _across(sheet, row)
    width = max(len(upper), len(sheet.rows[row + 1]) if row + 1 < len(sheet.rows) else 0)
    found, last = {}, ""
    for column in range(width):
        own = upper[column] if column < len(upper) else ""
        last = own or ("" if across else last)
        found[column] = across[column][0] if column in across else last
    return found


def _across(sheet: Sheet, row: int) -> dict[int, tuple[str, bool]]:
    """Return the text over each column that a merged cell of a row spans, and whether it begins there."""
    cells = sheet.rows[row]
    return {
        column: (cells[one.left] if one.left < len(cells) else "", column == one.left)
        for one in sheet.merged
        if one.top == row and one.right > one.left
        for column in range(one.left, one.right + 1)
    }


def _deepened(sheet: Sheet, header: Header, names: Names) -> Header:
    """Return the headers with the rows that still belong to them, such as 其中：女 under a merged 人口."""
    bottom = header.below - 1
    for one in sheet.merged:
        if one.top <= bottom < one.bottom and one.top >= header.row and one.left in header.matches:
            bottom = max(bottom, min(one.bottom, header.row + _DEEPEST - 1))
    if bottom == header.below - 1 and _goes_on(sheet, header, names):
        bottom += 1
    depth = bottom - header.row + 1
    if depth == header.depth:
        return header
    again = _header_at(sheet, header.row, 2, names)
    kept = again if again.score[:2] >= header.score[:2] else header
    return _undivided(sheet, replace(kept, depth=depth, above=again.above), names)


def _undivided(sheet: Sheet, header: Header, names: Names) -> Header:
    """Return the headers without those that stand over several columns, none of which is the whole.

    人口 over 男 and 女 is neither; over 男, 女 and 合计 it is the last. 分值 over 加分 and 扣分 is both.
    """
    upper, lower = sheet.rows[header.row], sheet.rows[header.row + 1]
    texts, matches, divided = dict(header.texts), dict(header.matches), dict[str, str]()
    for place, match in header.matches.items():
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        # Read from the upper row alone, though another word stands under it.
        if not above or not below or names.match(above) != match or names.match(above + below) == match:
            continue
        if names.columns[match.key].in_grid == "sign":
            # 加分 over the items of a grid.
            for at in _span(sheet, header.row, place):
                texts[at] = lower[at] if at < len(lower) else ""
            del matches[place]
            continue
        span = _span(sheet, header.row, place)
        under = [at for at in span if at < len(lower) and lower[at]]
        whole = [at for at in under if plain(lower[at]) in _WHOLE]
        if plain(below) in _WHOLE or len(under) < 2:
            continue
        del matches[place]
        for at in under:
            texts[at] = f"{above}{lower[at]}"
            if own := names.match(lower[at]):
                texts[at], matches[at] = lower[at], own
        if len(whole) == 1:
            matches[whole[0]] = match
        elif not any(at in matches for at in under):
            divided[match.key] = "、".join(lower[at] for at in under)
    found = {match.key for match in matches.values()}
    score = (len(found & names.needed), len(found), -header.depth)
    filled = {at: text for at, text in texts.items() if text}
    return replace(header, texts=filled, matches=matches, score=score, divided=divided)


def _span(sheet: Sheet, row: int, place: int) -> range:
    """Return the columns over which a header stands: its merged cell, else up to the next header."""
    for one in sheet.merged:
        if one.top == row and one.left == place and one.right > place:
            return range(place, one.right + 1)
    upper, lower = sheet.rows[row], sheet.rows[row + 1]
    end = place + 1
    while end < len(lower) and not (end < len(upper) and upper[end]):
        end += 1
    return range(place, end)


def _goes_on(sheet: Sheet, header: Header, names: Names) -> bool:
    """Return whether the row under the headers only parts one: words, or months, under a blank one."""
    if header.below >= len(sheet.rows):
        return False
    above, below = sheet.rows[header.row], sheet.rows[header.below]
    filled = [(column, text) for column, text in enumerate(below) if text]
    named = [
        column
        for column, match in header.matches.items()
        if match.key in names.needed and column < len(below)
    ]
    if not filled or any(below[column] and plain(below[column]) not in _WHOLE for column in named):
        return False
    uppers = [above[column] if column < len(above) else "" for column, _ in filled]
    is_parted = any(not upper for upper in uppers) or all(names.heads(upper) for upper in uppers)
    return is_parted and not any(
        (re.search(r"\d", narrow(text)) and not names.heads(text)) or len(text) > 12 for _, text in filled
    )
