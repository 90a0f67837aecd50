"""Everything that is a list: one module a list, found here by all who show, print, export or serve lists.

A list is a module of this package, named as the list is, that declares `LIST` (see `lists.base`). The
pages, the command `export`, the API and the tests loop over `every`; adding a list is adding its file. Lists
may read every capability by its statements (`…_query`) and verbs; they write nothing but that a file was
taken out, and know neither flask nor click.
"""

from functools import cache

from pointsbank.errors import NotFound
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.checking import check_asked
from pointsbank.lists.files import XLSX, check_length, file_name, forms_of, record, write_list
from pointsbank.lists.filters import Filter
from pointsbank.lists.judged_again import month_again
from pointsbank.lists.named import Household, OfGroup
from pointsbank.lists.paging import read_everything, read_list, read_page
from pointsbank.lists.people import paper_names
from pointsbank.lists.versions import version_in_words
from pointsbank.registers import discover

NOTHING_FOUND = "没有找到，请放宽条件再试。"
"""What stands in place of rows where a list was narrowed and none is left."""


class ListUnknown(NotFound):
    """No list has this name."""

    code = "list_unknown"
    sentence = "没有叫“{name}”的清单，现有的清单：{known}。"
    fixed_by = "村委"


class NeedMissing(NotFound):
    """A list is of one thing, and nobody said of which."""

    code = "list_need_missing"
    sentence = "“{title}”要写明{need}。"
    fixed_by = "村委"


@cache
def every() -> tuple[List, ...]:
    """Return all lists, ordered by name."""
    found = (getattr(module, "LIST", None) for module in discover(__name__))
    return tuple(one for one in found if isinstance(one, List))


def find(name: str) -> List:
    """Return the list of this name.

    Raises:
        ListUnknown: there is none.
    """
    known = {one.name: one for one in every()}
    if name not in known:
        raise ListUnknown(name=name[:40], known="、".join(known))
    return known[name]
