"""What a guard says of columns that hold a piece of the same length for each of many things.

Things may be forgotten: then zeros stand in the place of their pieces, and all else is as it was.
"""

_TEN = ", ".join(f"({digit})" for digit in range(10))


def pieces_forgotten(first: str, second: str, *, wide: int, maximum: int) -> str:
    """Return SQL for an UPDATE that leaves two such columns alone, but for zeros in place of pieces.

    Both pieces of one thing stay or go together.

    Args:
        first: column; its pieces have `wide` bytes. Those of `second` have at least 2, all as many.
        maximum: things that a row holds at most; whole hundreds, up to 1,000.
    """
    things = f"(length(OLD.{first}) / {wide})"
    columns = ((first, str(wide)), (second, f"(length(OLD.{second}) / {things})"))
    unchanged = " AND ".join(f"NEW.{name} = OLD.{name}" for name, _ in columns)
    as_long = " AND ".join(f"length(NEW.{name}) = length(OLD.{name})" for name, _ in columns)
    kept = " AND ".join(
        f"{_piece(f'NEW.{name}', each)} = {_piece(f'OLD.{name}', each)}" for name, each in columns
    )
    gone = " AND ".join(_is_zero(f"NEW.{name}", each) for name, each in columns)
    others = f"SELECT 1 FROM {_places(maximum)} WHERE place < {things} AND NOT (({kept}) OR ({gone}))"
    return f"(({unchanged}) OR ({as_long} AND NOT EXISTS ({others})))"


def _places(maximum: int) -> str:
    """Return SQL for a table of the numbers from 0 on; SQLite has no WITH RECURSIVE in a trigger."""
    hundreds = ", ".join(f"({digit})" for digit in range(maximum // 100))
    number = "ones.column1 + 10 * tens.column1 + 100 * hundreds.column1"
    tables = f"(VALUES {_TEN}) AS ones, (VALUES {_TEN}) AS tens, (VALUES {hundreds}) AS hundreds"
    return f"(SELECT {number} AS place FROM {tables}) AS places"


def _piece(blob: str, wide: str, *, start: int = 1, short: int = 0) -> str:
    """Return SQL for the piece of the thing at `place`, from its `start`th byte on, `short` bytes less."""
    return f"substr({blob}, place * {wide} + {start}, {wide} - {short})"


def _is_zero(blob: str, wide: str) -> str:
    """Return SQL that a piece holds nothing but zeros: it begins with one, and each byte is like the next."""
    begins = f"substr({blob}, place * {wide} + 1, 1) = X'00'"
    return f"{begins} AND {_piece(blob, wide, short=1)} = {_piece(blob, wide, start=2, short=1)}"
