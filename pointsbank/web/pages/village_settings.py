"""What the village has chosen: every setting with its bounds, and one page each to change it."""

from typing import Any

from flask import render_template
from sqlmodel import Session

from pointsbank import approvals, villages
from pointsbank.approvals import Approval
from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.villages import OneOf
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class NewValue(forms.Form):
    """A setting's new value, as it is typed; what it means the setting itself says."""

    value = Text(maximum=60, empty=True, load_default="")


@page.get(
    "/v/<village>/settings",
    Permission.LEDGER_VIEW,
    tab=Tab("设置", "天数、限额、电话", after="staff_list", icon="settings"),
)
def village_settings(village: str) -> str:
    """Show every setting with its present value."""
    return render_template("settings/list.html", settings=villages.SETTINGS, now=_now(village))


@page.form("/v/<village>/settings/<name>", Permission.SETTINGS_CHANGE)
def one_setting(form: BoundForm, village: str, name: str) -> str:
    """Show one setting, its bounds, and what a change would mean."""
    setting = villages.setting(name)
    value = _now(village)[name]
    form.prefill(value=setting.typed(value))
    choices = list(setting.choices.items()) if isinstance(setting, OneOf) else []
    return render_template(
        "settings/one.html",
        form=form,
        setting=setting,
        value=value,
        choices=choices,
        protects=villages.protects(name),
    )


@page.action("/v/<village>/settings/<name>", Permission.SETTINGS_CHANGE, form=NewValue, on=one_setting)
def change_setting(session: Session, form: BoundForm, village: str, name: str) -> SeeOther:
    """Change one setting, or request it where that loosens; old and new value go into the log."""
    setting = villages.setting(name)
    value = setting.read(form.data["value"])
    changed = approvals.change_setting(session, village=village, name=name, value=value, **access.by_and_at())
    if isinstance(changed, Approval):
        return requested(changed)
    done = f"已改为{setting.show(value)}" if changed else "没有变化"
    return SeeOther("village_settings", f"{setting.label}{done}。", village=village)


def _now(village: str) -> dict[str, Any]:
    """Return the present value of every setting by name."""
    with access.database().reading() as session:
        chosen = villages.settings(session, village=village)
    return {one.name: getattr(chosen, one.name) for one in villages.SETTINGS}
