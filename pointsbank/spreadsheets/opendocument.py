"""ods sheets: measured while they are parsed, without building a tree; a cell may stand for a million."""

from xml.parsers import expat

from pointsbank.spreadsheets.formulas import Failed, Marks, is_failed
from pointsbank.spreadsheets.limits import TOO_LARGE_UNPACKED, TOO_WIDE, Bounds
from pointsbank.spreadsheets.problems import FileUnreadable
from pointsbank.spreadsheets.shown import shown_otherwise
from pointsbank.spreadsheets.table import NO_RESULT, Merged

_LAYOUT = ("style-name", "repeated", "spanned", "content-validation-name")
"""Endings of the attributes that say how a cell looks and not what it holds."""

_TEXTS = ("}string-value", "}formula")
"""Endings of the attributes that the reader keeps as texts, for each cell that stands for itself again."""

_MAXIMUM_COLUMNS = 16_384
"""Of one sheet, as LibreOffice has it."""

_LONGEST_ERROR = 20
"""Characters; nothing that a failed formula shows is longer."""


def check_ods(name: str, content: bytes, bounds: Bounds) -> list[Marks]:
    """Refuse a sheet whose repeated cells and rows would unfold to too much; return what each sheet hides.

    Raises:
        FileUnreadable: it declares entities, is damaged, too wide, or too long in all its cells together.
    """
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise FileUnreadable(name=name, reason="文件内容不正常，请用 WPS 或 Excel 另存为 .xlsx 再上传。")
    measure = _Measure()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    parser.CharacterDataHandler = measure.text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise FileUnreadable(name=name, reason="文件已损坏，请重新保存后再上传。") from error
    if measure.characters > bounds.characters:
        raise FileUnreadable(name=name, reason=TOO_LARGE_UNPACKED)
    if any(bounds.is_too_wide(rows, columns) for rows, columns in measure.extents):
        raise FileUnreadable(name=name, reason=TOO_WIDE)
    return measure.marks


class _Measure:
    """Rows and columns of every sheet up to its last filled cell; the characters of all cells unfolded."""

    def __init__(self) -> None:
        self.extents: set[tuple[int, int]] = set()
        self.characters = 0
        self._rows = self._last_row = self._widest = 0
        self._width = self._last_column = self._row_characters = self._row_repeats = 0
        self._cell_repeats = self._cell_characters = 0
        self._hidden_once = self._hidden_in_row = 0
        self._in_cell = self._filled = False
        self._has_formula = self._has_value = self._is_error = False
        self._shown = self._number = ""
        self._row_is_hidden = self._is_struck = False
        self._columns, self._style = 0, ""
        self._struck_styles: set[str] = set()
        self.marks: list[Marks] = []
        self._marks = Marks.none()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin a cell or row, or see that a cell holds something."""
        kind = tag.rpartition("}")[2]
        if kind.endswith("table-cell"):
            self._in_cell, self._cell_characters = True, 0
            self._cell_repeats = _repeats(attributes, "number-columns-repeated")
            self._filled = any(not attribute.endswith(_LAYOUT) for attribute in attributes)
            self._begin_cell(attributes)
            hidden = sum(len(text) for name, text in attributes.items() if name.endswith(_TEXTS))
            self._hidden_once += hidden
            self._hidden_in_row += hidden * self._cell_repeats
        elif self._in_cell:
            self._filled = True
            self._is_struck = self._is_struck or _named(attributes, "style-name") in self._struck_styles
            # Blanks may be written as their number.
            self._cell_characters += _repeats(attributes, "}c") if kind == "s" else 0
        elif kind == "table-row":
            self._row_repeats = _repeats(attributes, "number-rows-repeated")
            self._row_is_hidden = _named(attributes, "}visibility", "visible") != "visible"
            self._width = self._last_column = self._row_characters = 0
            self._hidden_once = self._hidden_in_row = 0
        elif kind == "table-column":
            count = _repeats(attributes, "number-columns-repeated")
            if _named(attributes, "}visibility", "visible") != "visible":
                self._marks.hidden_columns.update(range(self._columns, self._columns + min(count, 256)))
            self._columns += count
        elif kind == "style":
            self._style = _named(attributes, "}name")
        elif kind == "text-properties" and _named(attributes, "}text-line-through-style", "none") != "none":
            self._struck_styles.add(self._style)

    def text(self, part: str) -> None:
        """Count the characters of a cell."""
        if self._in_cell:
            self._cell_characters += len(part)
            if (self._has_formula or self._number) and len(self._shown) < _LONGEST_ERROR:
                self._shown += part

    def end(self, tag: str) -> None:
        """Close a cell, row or sheet."""
        kind = tag.rpartition("}")[2]
        if kind.endswith("table-cell"):
            self._in_cell = False
            self._end_cell()
            self._width += self._cell_repeats
            if self._filled:
                self._last_column = self._width
                self._row_characters += self._cell_characters * self._cell_repeats
        elif kind == "table-row":
            self._rows += self._row_repeats
            if self._last_column:
                self._last_row, self._widest = self._rows, max(self._widest, self._last_column)
                if self._row_is_hidden:
                    self._marks.hidden.update(
                        range(max(0, self._rows - min(self._row_repeats, 1000)), self._rows)
                    )
                self.characters += self._row_characters * self._row_repeats
                # What stands once is within the bound on the whole file.
                self.characters += self._hidden_in_row * self._row_repeats - self._hidden_once
        elif kind == "table":
            self.extents.add((self._last_row, self._widest))
            self._rows = self._last_row = self._widest = 0
            self.marks.append(self._marks)
            self._marks, self._columns = Marks.none(), 0

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        """See whether a cell is a formula or stands over others, which the reader does not tell."""
        kinds = {name: value for name, value in attributes.items() if name.endswith("}value-type")}
        self._is_struck = _named(attributes, "style-name") in self._struck_styles
        self._has_formula = any(name.endswith("}formula") for name in attributes)
        self._has_value = bool(kinds)
        values = (value for name, value in attributes.items() if name.endswith("office:1.0}value"))
        self._number = next(values, "")
        self._is_error, self._shown = "error" in kinds.values(), ""
        rows = _repeats(attributes, "number-rows-spanned")
        columns = _repeats(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            top, left = self._rows, self._width
            self._marks.merged.append(Merged(top, left, top + rows - 1, left + columns - 1))

    def _end_cell(self) -> None:
        """Note a formula that failed, or that nobody worked out."""
        if self._is_struck and self._filled and self._cell_characters:
            self._marks.struck.add((self._rows, self._width))
        shown = self._shown.strip()
        if self._number and not is_failed(shown) and (other := shown_otherwise(self._number, shown)):
            self._marks.shown.append(
                Failed(self._rows, self._width, self._row_repeats, self._cell_repeats, other)
            )
        if not self._has_formula:
            return
        if self._is_error or is_failed(shown):
            shown = shown if is_failed(shown) else "#VALUE!"
        elif self._has_value or shown:
            return
        else:
            shown = NO_RESULT
        self._filled = True
        self._marks.failed.append(
            Failed(self._rows, self._width, self._row_repeats, self._cell_repeats, shown)
        )


def _named(attributes: dict[str, str], ending: str, default: str = "") -> str:
    """What an attribute says whose name ends so."""
    return next((value for key, value in attributes.items() if key.endswith(ending)), default)


def _repeats(attributes: dict[str, str], ending: str) -> int:
    """How many times an element stands for itself."""
    return next((max(0, int(value)) for key, value in attributes.items() if key.endswith(ending)), 1)
