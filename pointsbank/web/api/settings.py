"""What a village has chosen: every setting with its value, what it changes, and who changed it last."""

from typing import Any

from pointsbank import choosing, staff, villages
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.settings import SettingPage, SettingSchema
from pointsbank.staff import Permission
from pointsbank.villages import Setting
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes

routes = Routes("settings", "设置：每项现在的值、可填的范围、谁最后改过")


@routes.get("/settings", "列出全部设置", Permission.LEDGER_VIEW)
@routes.json(SettingPage, query=PageQuery)
def list_settings(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List every setting with its value."""
    order = {one.name: place for place, one in enumerate(choosing.every())}
    return page_of(_described(village, *choosing.every()), query, lambda one: [order[one["name"]]])


@routes.get("/settings/<key:setting>", "查看一项设置", Permission.LEDGER_VIEW)
@routes.json(SettingSchema)
def show_setting(village: str, setting: str) -> dict[str, Any]:
    """Show one setting with its value."""
    return _described(village, choosing.find(setting))[0]


def _described(village: str, *wanted: Setting) -> list[dict[str, Any]]:
    """Return settings as programs see them."""
    with access.database().reading() as session:
        now = choosing.values(session, village=village)
        last = choosing.last_changes(session, village=village)
        names = staff.actors(session, ids={one.actor for one in last.values() if one.actor})
    defaults = villages.defaults()
    return [
        {
            "name": one.name,
            "label": one.label,
            "subject": one.subject,
            "value": one.typed(now[one.name]),
            "words": one.show(now[one.name]),
            "default": one.typed(defaults.get(one.name, "")),
            "bounds": one.bounds,
            "note": f"{one.note}{one.effect}",
            "source": one.source,
            "shows": list(one.shows),
            "needs_two": villages.protects(one.name),
            "changed": _changed(one, last.get(one.name), names),
        }
        for one in wanted
    ]


def _changed(
    setting: Setting, last: choosing.LastChange | None, names: dict[str, str]
) -> dict[str, Any] | None:
    """Return the last change, if there was one."""
    if last is None:
        return None
    by = names.get(last.actor or "", last.actor or "")
    return {"by": by, "at": last.at, "before": setting.typed(last.old), "index": last.index}
