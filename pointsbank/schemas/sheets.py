"""Sheets as the API tells of them: what can be printed, and what may be chosen for it."""

from marshmallow import Schema, fields

from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Flag, Text


class OptionSchema(ResponseSchema):
    """One option of a sheet."""

    name = Text(maximum=40, required=True)
    label = Text(maximum=40, required=True)
    note = Text(maximum=200, empty=True, required=True)
    required = Flag(required=True)


class SheetSchema(ResponseSchema):
    """One sheet and its options."""

    name = Text(maximum=40, required=True, note="也是地址里的名字：…/sheets/{name}.pdf。")
    title = Text(maximum=40, required=True)
    about = Text(maximum=200, required=True)
    method = Text(maximum=4, required=True, note="用 GET 还是 POST 取；POST 的会发出新的东西，例如新卡。")
    options = fields.List(fields.Nested(OptionSchema), required=True)


SheetPage = items_of(SheetSchema)


def options_of(schema: type[Schema]) -> list[dict[str, object]]:
    """Return the options that a sheet's schema declares, as `OptionSchema` tells them."""
    return [
        {
            "name": name,
            "label": field.metadata["title"],
            "note": field.metadata.get("description", ""),
            "required": field.required,
        }
        for name, field in schema().fields.items()
    ]
