"""The import template can be imported as it is, and shows every column and every shape."""

from pointsbank import scoring
from pointsbank.scoring.scheme import items_of
from pointsbank.scoring.scheme_rows import WRITTEN_COLUMNS
from pointsbank.scoring.shapes import SHAPES, label
from pointsbank.spreadsheets import read_table


def test_the_template_is_imported_as_it_is(sqlite_panel):
    table = read_table("template.csv", scoring.scheme_template())

    imported = sqlite_panel.write(scoring.import_scheme, table=table)

    items = sqlite_panel.read(items_of, scheme=imported.scheme.id)
    assert (imported.ignored_columns, imported.warnings) == ([], [])
    assert table.sheets[0].rows[0] == [column.title for column in WRITTEN_COLUMNS]
    assert [label(item) for item in items] == [
        *(example.label for shape in SHAPES.values() for example in shape.examples),
        "+5，只计点名的户",
        "+0.5/公斤，可在柜台登记，每户每天最多10分",
        "一票否决：暂停兑换、红榜，到次年年底",
    ]
