"""Words reach paper through one door: `Paper.text` for a line, `Passage` for more, broken by one rule."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import modules

DOOR = "pointsbank/printing/paper.py"
DRAWS_WORDS = {
    "beginText",
    "drawCentredString",
    "drawRightString",
    "drawAlignedString",
    "drawString",
    "textLine",
    "textLines",
    "textOut",
}
BREAKS_LINES = {"Paragraph", "ParagraphStyle", "breakLines", "simpleSplit", "wordWrap", "textwrap"}
HARMLESS = {"reportlab.lib.colors", "reportlab.lib.units"}


def strays(tree: ast.AST, *, is_printing: bool, is_door: bool) -> Iterator[str]:
    """Yield what in a module draws words past the door, or breaks lines by another rule than ours."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {alias.name for alias in node.names}
            if node.module.startswith("reportlab") and not is_printing and node.module not in HARMLESS:
                yield node.module
            if node.module.startswith("reportlab.platypus") or names & BREAKS_LINES:
                yield f"{node.module}: {', '.join(sorted(names))}"
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.startswith(("reportlab", "textwrap")))
        elif isinstance(node, ast.Attribute) and node.attr in DRAWS_WORDS and not is_door:
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg in BREAKS_LINES:
            yield str(node.arg)


def test_no_sheet_draws_words_past_the_door_or_breaks_lines_by_another_rule() -> None:
    found = {
        module.place: list(
            strays(
                module.tree,
                is_printing=module.place.startswith("pointsbank/printing/"),
                is_door=module.place == DOOR,
            )
        )
        for module in modules("pointsbank")
    }

    assert {place: names for place, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "paper.canvas.drawString(0, 0, words)",
        "from reportlab.platypus import Paragraph",
        "from reportlab.lib.utils import simpleSplit",
        "from reportlab.pdfgen.canvas import Canvas",
        'style = Style(wordWrap="CJK")',
        "import textwrap",
    ],
)
def test_what_goes_past_the_door_is_found(planted: str) -> None:
    assert list(strays(ast.parse(planted), is_printing=False, is_door=False))
