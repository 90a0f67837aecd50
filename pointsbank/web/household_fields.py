"""Fields in which people name households as they do: by code, name, pinyin, initials, card number or card.

What is typed is settled when the form is bound, so that verbs get codes. Where it may mean several, the form
comes back with them as radio buttons, called `FIELD--WORDS`; a script offers them below the box beforehand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from marshmallow.fields import Field
from sqlmodel import Session

from pointsbank import roster
from pointsbank.roster import Found, Participant
from pointsbank.schemas.fields import Text
from pointsbank.schemas.options import Households as NamedHouseholds
from pointsbank.web import access
from pointsbank.web.bound import BoundForm

MAXIMUM_TYPED = 300
"""Characters: a scanned card's address is longer than any name."""

MAXIMUM_NAMED = 300

NAMED = 12
"""Of so many words that mean nobody, or several, a sentence says which."""

PICK = "--"
"""Between a field's name and the words of which one candidate was picked."""


class Household(Text):
    """One household, however it is named; the data is its code."""

    def __init__(self, **options: Any) -> None:
        """Let what is typed be as long as what a scanner reads."""
        super().__init__(maximum=MAXIMUM_TYPED, **options)


class Households(NamedHouseholds):
    """Several households in one text box, or a list pasted into it (`read_name_list`); the data are codes."""

    own_words = True

    def read(self, value: Any) -> list[str]:
        """Return the words that each name one household."""
        if not isinstance(value, str):
            return super().read(value)
        named = roster.read_name_list(value)
        if not named:
            raise self.make_error("none")
        if len(named) > MAXIMUM_NAMED:
            raise self.make_error("many")
        return [Text(maximum=MAXIMUM_TYPED).deserialize(one) for one in named]


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom some words in a box may mean: radio buttons of this name, one for each."""

    typed: str
    name: str
    people: list[Any]
    more: bool


def settle(form: BoundForm, fields: Mapping[str, Field[Any]]) -> None:
    """Put codes in the place of what was typed into a form's fields for households.

    Where it means nobody, or may mean several, the field has a mistake and the form `offers` them.
    """
    named = {
        name: field
        for name, field in fields.items()
        if isinstance(field, Household | NamedHouseholds) and form.data.get(name)
    }
    if not named:
        return
    with access.database().reading() as session:
        for name, field in named.items():
            if isinstance(field, Household):
                codes = _settled(session, form, name, [form.data[name]])
                form.data[name] = codes[0] if codes else None
            else:
                form.data[name] = _settled(session, form, name, form.data[name])


def is_pick(name: str) -> bool:
    """Return whether a field's name is the one of radio buttons for candidates."""
    return PICK in name


def _settled(session: Session, form: BoundForm, name: str, typed: list[str]) -> list[str]:
    """Return the codes of those meant; what stays open is noted on the form."""
    village = str((request.view_args or {})["village"])
    known = roster.by_codes(session, village=village, codes=typed)
    people, written, nobody, offers = [], [], [], []
    for words in typed:
        exact = known.get(words)
        found = (
            Found([exact], more=False, meant=exact)
            if exact is not None and roster.is_within(exact, access.groups())
            else roster.find(session, village=village, query=words, groups=access.groups())
        )
        one = found.meant or _picked(form, name, words, found.items)
        if one is not None:
            people.append(one)
        elif found.items:
            offers.append(Offer(words, f"{name}{PICK}{words}", found.items, found.more))
        else:
            nobody.append(words)
        written.append(one.code if one is not None else words)
    # A name and a code together are one word of a list: each on a line of its own.
    form.values[name] = ("\n" if any(" " in one for one in written) else " ").join(dict.fromkeys(written))
    people = list({one.id: one for one in people}.values())
    form.meant[name] = people
    form.offers[name] = offers
    if nobody or offers:
        form.errors[name] = _sentence(nobody, offers)
    return [one.code for one in people]


def _picked(form: BoundForm, name: str, words: str, offered: Iterable[Participant]) -> Participant | None:
    """Return the candidate that was picked for these words, if it is offered for them."""
    picked = form.values.get(f"{name}{PICK}{words}")
    return next((one for one in offered if one.code == picked), None)


def _sentence(nobody: list[str], offers: list[Offer]) -> str:
    """Return what to do next, of all words at once: which mean nobody, and which mean several."""
    sentences = []
    if nobody:
        named = "”、“".join(words[:20] for words in nobody[:NAMED])
        more = f"等{len(nobody)}个" if len(nobody) > NAMED else ""
        sentences.append(f"没有找到“{named}”{more}，请核对户号、姓名或首字母。")
    if offers:
        named = "”、“".join(one.typed[:20] for one in offers[:NAMED])
        more = f"等{len(offers)}个" if len(offers) > NAMED else ""
        sentences.append(f"“{named}”{more}不止一户，请选是哪一户，或多输几个字。")
    return "".join(sentences)
