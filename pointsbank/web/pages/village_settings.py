"""What the village has chosen: a page for each subject, with pictures, and one to change each setting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template, request
from sqlmodel import Session

from pointsbank import choosing, pictures, sheets, staff, villages
from pointsbank.approvals import Approval
from pointsbank.choosing import LastChange
from pointsbank.errors import NotFound, Problem
from pointsbank.labels.role import ROLE
from pointsbank.labels.setting_subject import SETTING_SUBJECT
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.villages import OneOf, Setting
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()

MAXIMUM = 300
"""Characters of a value as it is typed; a week's opening hours are the longest."""


_SEEN = "="
"""Before the value that the page showed: an empty one is sent, too."""


class PictureUnknown(NotFound):
    """This setting is not seen there."""

    code = "picture_unknown"
    sentence = "这项设置没有这样的图。"
    fixed_by = "本人"


class NewValue(forms.Form):
    """A setting's new value, as it is typed, which the setting itself reads; `preview`: change nothing."""

    value = Text(maximum=MAXIMUM, empty=True, load_default="")
    preview = Text(maximum=1, empty=True, load_default="")
    seen = forms.Untyped(maximum=MAXIMUM + 1, load_default=None)


@dataclass(frozen=True, slots=True)
class Standing:
    """One setting as it stands: its value, and who changed it last."""

    setting: Setting
    value: Any
    last: LastChange | None
    by: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a value looks like: the typed value, what it is called, scene, and printed places."""

    typed: str
    words: str
    scene: pictures.Scene | None
    printed: tuple[str, ...]


@page.get(
    "/v/<village>/settings",
    Permission.LEDGER_VIEW,
    tab=Tab("设置", "天数、限额、电话、开放时间", after="staff_list", icon="settings"),
)
def village_settings(village: str) -> str:
    """Show the subjects with the present value of each setting."""
    found = _standing(village)
    subjects = [
        (code, title, [one for one in found if one.setting.subject == code])
        for code, title in SETTING_SUBJECT.names.items()
    ]
    return render_template("settings/list.html", subjects=subjects)


@page.get("/v/<village>/settings/about/<subject>", Permission.LEDGER_VIEW)
def settings_about(village: str, subject: str) -> str:
    """Show what the settings of one subject change, who changed them last, and how it looks."""
    wanted = {one.name for one in choosing.about(subject)}
    everything = _standing(village)
    now = {one.setting.name: one.value for one in everything}
    found = [one for one in everything if one.setting.name in wanted]
    seen = {one.setting.name: _seen(one.setting, now) for one in found}
    # A place that several settings of the subject change is shown once, below the last of them.
    last = {place: one.setting.name for one in found for place in seen[one.setting.name].printed}
    return render_template(
        "settings/about.html",
        title=SETTING_SUBJECT.name(subject),
        found=found,
        seen=seen,
        shown_under=last,
        who="、".join(ROLE.name(role) for role in ROLE.codes if role in Permission.SETTINGS_CHANGE.roles),
        protects=villages.protects,
        defaults=villages.defaults(),
    )


@page.form("/v/<village>/settings/<name>", Permission.SETTINGS_CHANGE)
def one_setting(form: BoundForm, village: str, name: str) -> str:
    """Show one setting, its bounds, what a change would mean, and how the value that was typed would look."""
    setting = choosing.find(name)
    everything = _standing(village)
    now = {one.setting.name: one.value for one in everything}
    looked_at = request.args.get("value")
    typed = setting.typed(now[name]) if looked_at is None else looked_at[:MAXIMUM]
    form.prefill(value=typed)
    choices = list(setting.choices.items()) if isinstance(setting, OneOf) else []
    wanted = [value for value, _ in choices] or [_read(setting, typed, now[name])]
    return render_template(
        "settings/one.html",
        form=form,
        setting=setting,
        value=now[name],
        stands=_SEEN + setting.typed(now[name]),
        choices=choices,
        seen=[_seen(setting, now | {name: value}) for value in wanted],
        looked_at=looked_at is not None,
        protects=villages.protects(name),
        last=next(one for one in everything if one.setting.name == name),
    )


@page.action("/v/<village>/settings/<name>", Permission.SETTINGS_CHANGE, form=NewValue, on=one_setting)
def change_setting(session: Session, form: BoundForm, village: str, name: str) -> SeeOther:
    """Change one setting, or request it where that loosens; old and new value go into the log."""
    setting = choosing.find(name)
    value = setting.read(form.data["value"])
    lacking = sheets.lacking_of(access.settings())
    if form.data["preview"]:
        choosing.check_heading(session, setting, value, village=village, lacking=lacking)
        return SeeOther("one_setting", village=village, name=name, value=setting.typed(value))
    if form.data["seen"] is not None:
        choosing.check_unchanged(
            session, village=village, name=name, seen=form.data["seen"].removeprefix(_SEEN)
        )
    changed = choosing.change(
        session, village=village, name=name, value=value, lacking=lacking, **access.by_and_at()
    )
    if isinstance(changed, Approval):
        return requested(changed)
    done = f"已改为{setting.show(value)}" if changed else "没有变化"
    return SeeOther("settings_about", f"{setting.label}{done}。", village=village, subject=setting.subject)


@page.get("/v/<village>/settings/<name>/<place>.png", Permission.LEDGER_VIEW)
def setting_picture(village: str, name: str, place: str) -> Response:
    """Draw a card, a notice or a poster as it would look with a value.

    Raises:
        PictureUnknown: this setting is not seen there.
    """
    setting = choosing.find(name)
    if place not in setting.shows or place not in pictures.PRINTED:
        raise PictureUnknown()
    now = _values(village)
    typed = request.args.get("value", setting.typed(now[name]))[:MAXIMUM]
    chosen = now | {name: setting.read(typed)}
    here = access.visit().village
    drawn = pictures.draw(
        place, village=here.name if here else village, chosen=chosen, settings=access.settings()
    )
    return Response(drawn, mimetype="image/png")


def _seen(setting: Setting, chosen: Mapping[str, Any]) -> Seen:
    """Return what is to be seen of a setting's value."""
    value = chosen[setting.name]
    scene = pictures.scene(setting.name, chosen) if setting.name in pictures.SCENES else None
    printed = tuple(place for place in setting.shows if place in pictures.PRINTED)
    return Seen(setting.typed(value), setting.show(value), scene, printed)


def _read(setting: Setting, typed: str, otherwise: Any) -> Any:
    """Return the value that was typed; where it is none, the present one is shown."""
    try:
        return setting.read(typed)
    except Problem:
        return otherwise


def _values(village: str) -> dict[str, Any]:
    """Return the present value of every setting by name."""
    with access.database().reading() as session:
        return choosing.values(session, village=village)


def _standing(village: str) -> Sequence[Standing]:
    """Return every setting with its value and its last change."""
    with access.database().reading() as session:
        now = choosing.values(session, village=village)
        last = choosing.last_changes(session, village=village)
        names = staff.actors(session, ids={one.actor for one in last.values() if one.actor})
    found = []
    for one in choosing.every():
        change = last.get(one.name)
        by = names.get(change.actor or "", change.actor or "") if change else ""
        found.append(Standing(one, now[one.name], change, by))
    return found
