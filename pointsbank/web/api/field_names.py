"""Names the fields of a request where a rule names the columns of a table."""

from collections.abc import Iterator
from contextlib import contextmanager

from pointsbank.labels import Labels
from pointsbank.schemas.base import refuse_fields
from pointsbank.spreadsheets.problems import BadRows


@contextmanager
def naming(columns: Labels, **renamed: str) -> Iterator[None]:
    """Let what is refused in here name the request's fields: it sent one thing, no table.

    Args:
        columns: the table's columns, whose codes are the fields.
        renamed: fields that have another name than their column's code.

    Raises:
        FieldsInvalid: a row was refused; its `errors` name the fields.
    """
    try:
        yield
    except BadRows as refused:
        messages: dict[str, list[str]] = {}
        for one in refused.problems:
            code = columns.code(one.column) or "_schema"
            messages.setdefault(renamed.get(code, code), []).append(one.sentence)
        refuse_fields(messages)
