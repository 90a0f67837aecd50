"""Takes the words out of templates: whole sentences, with expressions as named placeholders.

A template is read by Jinja's own parser into pieces of HTML, expressions and conditions, and these by
Python's HTML parser. A run goes from one block of the page to the next: links and emphasis stay in it as
bare tags (`请先<a>登录</a>。`). Where a condition stands within a sentence, each way it can go is a sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import product

from jinja2 import Environment, nodes

CHINESE = re.compile("[\u3400-\u9fff]")

INLINE = {
    *("a", "abbr", "b", "bdi", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s"),
    *("samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"),
}
"""The elements that stand within a sentence; all others end it."""

MOST_WAYS = 6
"""A sentence that could go more ways than this keeps its conditions as placeholders."""

_ENVIRONMENT = Environment(trim_blocks=True, lstrip_blocks=True, autoescape=True)
_MARK = re.compile("\ue000([0-9]+)\ue001")
_APART = "\f"
"""Stands beside each condition, so that one right behind a tag's name is not read as part of it."""

_DRAWINGS = {"icon", "csrf_token"}


@dataclass(frozen=True)
class Hole:
    """An expression, by the name under which its value stands in a sentence."""

    name: str


@dataclass(frozen=True)
class Tag:
    """One end of an element."""

    name: str
    closes: bool = False

    @property
    def is_inline(self) -> bool:
        """Whether a sentence goes on across it."""
        return self.name in INLINE


@dataclass
class Ways:
    """What a condition or a loop puts into a sentence, each way it can go."""

    name: str
    ways: list[list["Piece"]] = field(default_factory=lambda: [[]])

    @property
    def is_inline(self) -> bool:
        """Whether it stays within a sentence: no block inside, and every element that opens also closes."""
        return all(
            all(piece.is_inline for piece in way if isinstance(piece, Tag | Ways))
            and sum(-1 if piece.closes else 1 for piece in way if isinstance(piece, Tag)) == 0
            for way in self.ways
        )


Piece = str | Hole | Tag | Ways
END = Tag("end of a run")


def texts_in_template(source: str) -> Iterator[str]:
    """Yield what people read on a page that is made of this template, a sentence or label at a time."""
    reader = _Reader()
    reader.visit(_ENVIRONMENT.parse(source))
    page = _Page(reader.marks)
    page.feed("".join(reader.written))
    page.close()
    for text in [*reader.quoted, *page.attributes, *_runs(page.pieces)]:
        if CHINESE.search(text):
            yield text


class _Reader:
    """Writes a template as HTML in which each expression and condition is a mark."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.marks: list[Hole | str] = []
        self.quoted: list[str] = []

    def visit(self, node: nodes.Node) -> None:
        """Read a node and what is inside it, in order."""
        if isinstance(node, nodes.TemplateData):
            self.written.append(node.data)
        elif isinstance(node, nodes.Output):
            for each in node.nodes:
                self.visit(each)
        elif isinstance(node, nodes.If):
            self._ways(node)
        elif isinstance(node, nodes.For):
            self.quoted += quoted(node.iter)
            self._mark(f"?{name_of(node.target)}")
            self._all(node.body)
            if node.else_:
                self._all(node.else_, before="|")
            self._mark(".")
        elif isinstance(node, nodes.Expr):
            self.quoted += quoted(node)
            if name_of(node) not in _DRAWINGS:
                self._mark(Hole(name_of(node)))
        elif isinstance(node, nodes.Stmt | nodes.Template):
            self._mark("!")
            for child in node.iter_child_nodes():
                if isinstance(child, nodes.Expr):
                    self.quoted += quoted(child)
                else:
                    self.visit(child)
            self._mark("!")

    def _ways(self, node: nodes.If) -> None:
        self._mark(f"?{name_of(node.test)}")
        self._all(node.body)
        for other in node.elif_:
            self._all(other.body, before="|")
        self._all(node.else_, before="|")
        self._mark(".")

    def _all(self, body: Iterable[nodes.Node], before: str = "") -> None:
        if before:
            self._mark(before)
        for each in body:
            self.visit(each)

    def _mark(self, what: Hole | str) -> None:
        apart = "" if isinstance(what, Hole) else _APART
        self.written.append(f"{apart}\ue000{len(self.marks)}\ue001{apart}")
        self.marks.append(what)


class _Page(HTMLParser):
    """Reads marked HTML into pieces; what attributes say is kept by itself."""

    def __init__(self, marks: list[Hole | str]) -> None:
        super().__init__()
        self.marks = marks
        self.attributes: list[str] = []
        self._open: list[Ways] = [Ways("page")]

    @property
    def pieces(self) -> list[Piece]:
        """What was read, in order."""
        return self._open[0].ways[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, and the sentences in its attributes."""
        self._add(Tag(tag))
        for _, value in attrs:
            if value and CHINESE.search(value):
                inner = _Page(self.marks)
                inner.handle_data(value)
                self.attributes += _runs(inner.pieces)

    def handle_endtag(self, tag: str) -> None:
        """Keep the end of an element."""
        self._add(Tag(tag, closes=True))

    def handle_data(self, data: str) -> None:
        """Keep text; a mark in it opens, parts or closes the ways of a condition."""
        for index, part in enumerate(_MARK.split(data.replace(_APART, ""))):
            mark = self.marks[int(part)] if index % 2 else part
            if not index % 2 or isinstance(mark, Hole):
                self._add(mark)
            elif mark == "!":
                self._add(END)
            elif mark == "|":
                self._open[-1].ways.append([])
            elif mark == ".":
                closed = self._open.pop()
                self._add(closed)
            else:
                self._open.append(Ways(mark[1:]))

    def _add(self, piece: Piece) -> None:
        self._open[-1].ways[-1].append(piece)


def _runs(pieces: list[Piece]) -> Iterator[str]:
    """Yield the sentences and labels of some pieces, in order."""
    run: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str | Hole) or piece.is_inline:
            run.append(piece)
            continue
        yield from _one_run(run)
        run = []
        for way in piece.ways if isinstance(piece, Ways) else ():
            yield from _runs(way)
    yield from _one_run(run)


def _one_run(run: list[Piece]) -> Iterator[str]:
    """Yield a run in each way it can go; where its own words are all inside elements, each of these."""
    parts = _parts(run)
    if not _has_own_words(parts):
        for part in parts:
            if isinstance(part, list):
                yield from _one_run(part)
            elif isinstance(part, Ways):
                for way in part.ways:
                    yield from _one_run(way)
        return
    choices: list[list[str]] = []
    inner: list[Ways] = []
    for piece in run:
        if isinstance(piece, Ways):
            choices.append(_ways(piece))
        else:
            choices.append([_written(piece)])
    while _count(choices) > MOST_WAYS:
        longest = max(range(len(choices)), key=lambda index: len(choices[index]))
        piece = run[longest]
        assert isinstance(piece, Ways)
        inner.append(piece)
        choices[longest] = [f"{{{piece.name}}}"]
    yield from (" ".join("".join(words).split()) for words in product(*choices))
    for each in inner:
        for way in each.ways:
            yield from _runs(way)


def _ways(piece: Ways) -> list[str]:
    """Return each way a condition can be written; one that holds no words is a placeholder."""
    if not _is_chinese(piece):
        return [f"{{{piece.name}}}"]
    written: list[str] = []
    for way in piece.ways:
        inner = [_ways(one) if isinstance(one, Ways) else [_written(one)] for one in way]
        written += ["".join(words) for words in product(*inner)] if inner else [""]
    return list(dict.fromkeys(written))


def _parts(run: list[Piece]) -> list[Piece | list[Piece]]:
    """Return a run with each of its outermost elements as a list of what is inside."""
    parts: list[Piece | list[Piece]] = []
    depth = 0
    for piece in run:
        if isinstance(piece, Tag):
            depth += -1 if piece.closes else 1
            if depth == 1 and not piece.closes:
                parts.append([])
                continue
            if depth == 0 and piece.closes:
                continue
        last = parts[-1] if parts else None
        if depth > 0 and isinstance(last, list):
            last.append(piece)
        else:
            parts.append(piece)
    return parts


def _has_own_words(parts: list[Piece | list[Piece]]) -> bool:
    """Whether some words stand outside all elements."""
    return any(
        any(_has_own_words(_parts(way)) for way in part.ways) if isinstance(part, Ways) else _is_chinese(part)
        for part in parts
        if not isinstance(part, list)
    )


def _is_chinese(piece: Piece) -> bool:
    if isinstance(piece, Ways):
        return any(_is_chinese(one) for way in piece.ways for one in way)
    return isinstance(piece, str) and bool(CHINESE.search(piece))


def _written(piece: Piece) -> str:
    if isinstance(piece, Hole):
        return f"{{{piece.name}}}"
    if isinstance(piece, Tag):
        return f"</{piece.name}>" if piece.closes else f"<{piece.name}>"
    assert isinstance(piece, str)
    return piece


def _count(choices: list[list[str]]) -> int:
    count = 1
    for one in choices:
        count *= len(one)
    return count


def quoted(expression: nodes.Node) -> Iterator[str]:
    """Yield the Chinese strings of an expression: one that is put together is one; none that is compared."""
    if isinstance(expression, nodes.Concat):
        yield "".join(
            str(part.value) if isinstance(part, nodes.Const) else f"{{{name_of(part)}}}"
            for part in expression.nodes
        )
        inner = [part for part in expression.nodes if not isinstance(part, nodes.Const)]
    elif isinstance(expression, nodes.Const):
        if isinstance(expression.value, str) and CHINESE.search(expression.value):
            yield expression.value
        inner = []
    elif isinstance(expression, nodes.Compare):
        inner = []
    else:
        inner = list(expression.iter_child_nodes())
    for each in inner:
        yield from quoted(each)


def name_of(expression: nodes.Node) -> str:
    """Return the name under which an expression's value stands in a sentence."""
    match expression:
        case nodes.Name():
            return expression.name
        case nodes.Getattr():
            return expression.attr
        case nodes.Getitem(arg=nodes.Const(value=str() as key)):
            return key
        case nodes.Call(node=nodes.Getattr(attr="get"), args=[key, *_]):
            return name_of(key)
        case nodes.Call(node=nodes.Getattr() as method):
            return method.attr
        case nodes.Call(node=nodes.Name() as function):
            return function.name
        case nodes.CondExpr():
            return name_of(expression.test)
        case nodes.Filter() if expression.node is None:
            return "value"
        case nodes.Tuple():
            return name_of(expression.items[0])
    children = list(expression.iter_child_nodes())
    return name_of(children[0]) if children else "value"
