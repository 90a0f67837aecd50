"""Writes the empty table of an import: sample rows, and the village's own groups and items to choose from."""

from pathlib import Path

from pointsbank import imports
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext


def write_blank(context: CliContext, what: str, file: Path) -> None:
    """Write the empty table of an import and say where.

    Raises:
        VillageUnknown, NoVillage, VillageNotNamed: as `CliContext.village`.
    """
    wanted = imports.find(what)
    with context.database.reading() as session:
        village = context.village(session)
        place = imports.place_of(session, village=village, at=context.now)
    file.write_bytes(imports.blank(wanted, file.name, place))
    words = f"带样例的空表已写到 {file}。样例两行导入时不读，可以删去。"
    echo_result(context.as_json, {"file": str(file), "columns": [one.title for one in wanted.columns]}, words)
