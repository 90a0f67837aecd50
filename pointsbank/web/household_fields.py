"""Fields in which people name households as they do: by code, name, pinyin, initials, card number or card.

What is typed is settled when the form is bound, so that verbs get codes. Where it may mean several, the form
comes back with them as radio buttons, called `FIELD--WORDS`; a script offers them below the box beforehand.
"""

import re
from collections import Counter
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
from pointsbank.text import narrow, one_interpunct
from pointsbank.web import access
from pointsbank.web.bound import BoundForm

MAXIMUM_TYPED = 300
"""Characters: a scanned card's address is longer than any name."""

MAXIMUM_NAMED = 300

NAMED = 100
"""Of so many words that mean nobody, or several, a sentence says which: all of a list at once."""

PICK = "--"
"""Between a field's name and the words of which one candidate was picked."""

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


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
    times = Counter(typed)
    meant: dict[str, Participant] = {}
    nobody, doubles, offers = [], [], []
    for words in times:
        exact = known.get(words)
        found = (
            Found([exact], more=False, meant=exact)
            if exact is not None and roster.is_within(exact, access.groups())
            else roster.find(session, village=village, query=words, groups=access.groups())
        )
        one = _picked(form, name, words, found.items)
        if one is None and found.meant and (len(times) == 1 or _is_whole(words, found.meant)):
            one = found.meant
        if one is not None:
            meant[words] = one
        elif times[words] > 1 and len(found.items) > 1:
            doubles.append(words)
        elif found.items:
            offers.append(Offer(words, f"{name}{PICK}{words}", found.items, found.more))
        else:
            nobody.append(words)
    written: list[str] = []
    for words, number in times.items():
        written += [meant[words].code] if words in meant else [words] * number
    # A name beside a code would be read as one household: each stands on a line of its own.
    form.values[name] = ("\n" if any(" " in one or _HAN.search(one) for one in written) else " ").join(
        written
    )
    people = list({one.id: one for one in meant.values()}.values())
    form.meant[name] = people
    form.offers[name] = offers
    if nobody or doubles or offers:
        form.errors[name] = _sentence(nobody, doubles, [one.typed for one in offers])
    return [one.code for one in people]


def _is_whole(words: str, person: Participant) -> bool:
    """Return whether words name somebody whole: by his name, or without any Chinese character.

    Of a list a slip that leaves a part of a name over, or a heading that is a group's name, is asked about.
    """
    plain = one_interpunct(narrow(words))
    parts = {*plain.split(), "".join(plain.split())}
    return person.name in parts or person.code in parts or not _HAN.search(plain)


def _picked(form: BoundForm, name: str, words: str, offered: Iterable[Participant]) -> Participant | None:
    """Return the candidate that was picked for these words, if it is offered for them."""
    picked = form.values.get(f"{name}{PICK}{words}")
    return next((one for one in offered if one.code == picked), None)


def _sentence(nobody: list[str], doubles: list[str], several: list[str]) -> str:
    """Return what to do next, of all words at once: which mean nobody, and which may mean several."""
    sentences = []
    if nobody:
        sentences.append(f"没有找到{_quoted(nobody)}，请核对户号、姓名或首字母。")
    if doubles:
        sentences.append(f"{_quoted(doubles)}写了几次，叫这个名字的也不止一户：请改成户号，多的删去。")
    if several:
        sentences.append(f"{_quoted(several)}不止一户或者写得不全，请选是哪一户，或多输几个字。")
    return "".join(sentences)


def _quoted(words: list[str]) -> str:
    """Return words as a sentence names them."""
    more = f"等{len(words)}个" if len(words) > NAMED else ""
    return "、".join(f"“{one[:20]}”" for one in words[:NAMED]) + more
