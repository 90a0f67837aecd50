"""What a kind of long print declares, and what its maker is handed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlmodel import Session

from pointsbank import sheets
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.schemas.base import read_fields
from pointsbank.schemas.options import Choices, OneOf, Options
from pointsbank.staff import Permission


@dataclass(frozen=True, slots=True)
class Making:
    """One long print that is being made.

    Attributes:
        by: who asked for it: its sheets are gathered in that name.
        options: as the kind read them.
        report: `report(step, steps, doing)` says how far it is; raises where it was cancelled or the server
            is being stopped.
    """

    database: Database
    settings: Settings
    village: str
    by: str
    at: datetime
    options: Mapping[str, Any]
    report: Callable[[int, int, str], None]

    @property
    def common(self) -> dict[str, Any]:
        """What every sheet is gathered with."""
        return {
            "village": self.village,
            "by": self.by,
            "at": self.at,
            "public_url": self.settings.public_url,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """What became of it: one sentence, and what has to be written together with it being ready."""

    result: str
    finish: Callable[[Session], None] = lambda _session: None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will be made: sentences, the files by their titles, and whose names are in it."""

    title: str
    sentences: tuple[str, ...]
    files: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of long print.

    Args:
        name: lower-case ASCII, the name of its module.
        title: Chinese, a few characters.
        about: Chinese, one sentence: what it is for.
        permission: what a person needs to ask for it and to fetch its file.
        options: what may be chosen.
        suffix: of its file.
        outlook: `outlook(session, *, village, at, public_url, **options)` returns what it will be.
        make: `make(making, out)` writes the whole file into `out`; nothing else is written by it: what has to
            be is done by `Made.finish`, in the transaction that says that the file is ready.
        file_label: `file_label(**options)`: lower-case letters, digits and hyphens, never a name.
        caution: Chinese, what whoever holds the file must know.
    """

    name: str
    title: str
    about: str
    permission: Permission
    options: type[Options]
    suffix: str
    outlook: Callable[..., Outlook]
    make: Callable[[Making, BinaryIO], Made]
    file_label: Callable[..., str]
    caution: str = ""

    def read_options(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Read options as typed.

        Raises:
            FieldsInvalid: an option is unknown, missing or wrong.
        """
        return read_fields(self.options(), given)

    def file_name(self, options: Mapping[str, Any]) -> str:
        """Return what its file is called where it is fetched: no name of a person, no name of a village."""
        label = self.file_label(**options)
        return "-".join(filter(None, (self.name, label))) + f".{self.suffix}"


def choices_of(sheet: str, option: str) -> Choices:
    """Return what lists the values of an option of a sheet, for a kind that offers the same.

    Raises:
        TypeError: the option lists none.
        SheetUnknown: there is no such sheet.
    """
    field = sheets.find(sheet).options().fields[option]
    if not isinstance(field, OneOf):
        raise TypeError(f"{sheet} lists no values of {option}")
    return field.choices


def folder_of(settings: Settings) -> Path:
    """Return the folder in which the files of long prints lie until they are removed, for its owner only."""
    return settings.data_dir / "runs"


def file_of(settings: Settings, kept: str) -> Path:
    """Return where the file of a long print lies."""
    return folder_of(settings) / Path(kept).name
