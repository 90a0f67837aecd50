"""The lines of the rules as blocks that are measured, put into columns, and drawn; lengths in mm."""

from collections.abc import Iterator
from dataclasses import dataclass

from pointsbank.disclosure.rules_in_words import RuleLine
from pointsbank.printing import BOLD, GREY, HAIR, RED, FontSet, Paper, Passage
from pointsbank.sheets.rules.values import RulesSheet, Words


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide and large the lines of a layout are.

    Attributes:
        wide: of a column.
        label: of what an item counts, at the column's right.
        size: of letters, in points; headings and proofs follow it.
        padding: below a line.
    """

    wide: float
    label: float
    size: float
    padding: float


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or an item, measured."""

    height: float
    heading: str = ""
    line: RuleLine | None = None


def blocks_of(value: RulesSheet, case: FontSet, style: Layout) -> list[Block]:
    """Return the headings and items in their order."""
    return list(_blocks(value, case, style))


def _blocks(value: RulesSheet, case: FontSet, style: Layout) -> Iterator[Block]:
    for part in value.parts:
        yield Block(style.size * 0.95, heading=part.heading)
        for line in part.lines:
            title, label, evidence = _passages(line, case, style)
            height = max(title.height + (evidence.height if evidence else 0), label.height)
            yield Block(height + style.padding, line=line)


def draw_block(paper: Paper, block: Block, style: Layout, x: float, y: float) -> None:
    """Draw a block with its top left corner at (x, y)."""
    if block.line is None:
        base = y + block.height - style.size * 0.28
        paper.text(x, base, block.heading, size=style.size * 1.12, weight=BOLD, ink=RED, fit=style.wide)
        under = y + block.height - style.size * 0.1
        paper.line(x, under, x + style.wide, under, ink=RED, thickness=0.25)
        return
    title, label, evidence = _passages(block.line, paper.case, style)
    top = y + style.padding / 2
    end = title.draw(paper, x, top)
    if evidence:
        evidence.draw(paper, x, end)
    label.draw(paper, x + style.wide - style.label, top)
    under = y + block.height
    paper.line(x, under, x + style.wide, under, ink=HAIR, thickness=0.15)


def _passages(line: RuleLine, case: FontSet, style: Layout) -> tuple[Passage, Passage, Passage | None]:
    left = style.wide - style.label - 3
    title = Passage(case, line.title, width=left, size=style.size)
    label = Passage(case, line.label, width=style.label, size=style.size, weight=BOLD)
    proof = Words.EVIDENCE.format(evidence=line.evidence)
    evidence = Passage(case, proof, width=left, size=style.size * 0.8, ink=GREY) if line.evidence else None
    return title, label, evidence
