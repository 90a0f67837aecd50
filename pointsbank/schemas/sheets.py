"""Sheets as the API tells of them: what can be printed, and what may be chosen for it."""

from typing import Any

from marshmallow import Schema, fields
from sqlmodel import Session

from pointsbank.schemas.base import ResponseSchema, items_of
from pointsbank.schemas.fields import Choice, Flag, Text
from pointsbank.schemas.options import OneOf


class ChoiceSchema(ResponseSchema):
    """One of the values that an option may have."""

    value = Text(maximum=64, required=True)
    label = Text(maximum=200, required=True)


class OptionSchema(ResponseSchema):
    """One option of a sheet."""

    name = Text(maximum=40, required=True)
    label = Text(maximum=40, required=True)
    note = Text(maximum=200, empty=True, required=True)
    required = Flag(required=True)
    choices = fields.List(
        fields.Nested(ChoiceSchema),
        required=True,
        metadata={"description": "可以选的值，最可能的在前；没有列出的，按 note 填写。"},
    )


class SheetSchema(ResponseSchema):
    """One sheet and its options."""

    name = Text(maximum=40, required=True, note="也是地址里的名字：…/sheets/{name}.pdf。")
    title = Text(maximum=40, required=True)
    about = Text(maximum=200, required=True)
    method = Text(maximum=4, required=True, note="用 GET 还是 POST 取；POST 的会发出新的东西，例如新卡。")
    options = fields.List(fields.Nested(OptionSchema), required=True)


SheetPage = items_of(SheetSchema)


def choices_of(field: fields.Field[Any], session: Session, village: str) -> list[tuple[str, str]]:
    """Return the values a village may choose from, each with its wording; none for what is typed freely."""
    if isinstance(field, OneOf):
        return field.choices(session, village)
    return [(choice, choice) for choice in field.choices] if isinstance(field, Choice) else []


def options_of(schema: type[Schema], session: Session, village: str) -> list[dict[str, object]]:
    """Return the options that a sheet's schema declares, as `OptionSchema` tells them."""
    return [
        {
            "name": name,
            "label": field.metadata["title"],
            "note": field.metadata.get("description", ""),
            "required": field.required,
            "choices": [
                {"value": value, "label": label} for value, label in choices_of(field, session, village)
            ],
        }
        for name, field in schema().fields.items()
    ]
