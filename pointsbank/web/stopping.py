"""Whether this application may still serve, and what people should hear of the stubs of its log."""

from typing import cast

from flask import current_app, request

from pointsbank.errors import Refused
from pointsbank.watermark import Keeper


def refuse_stopped() -> None:
    """Serve nothing from a database that is damaged, was exchanged, or went back behind its stubs.

    Raises:
        DatabaseTorn, LogBehindWatermark, DatabaseExchanged: seen while the server ran.
    """
    keeper = _keeper()
    refusal: Refused | None = current_app.extensions["pointsbank_stopped"]
    if refusal is None and keeper is not None:
        refusal = keeper.refusal
    if refusal is not None and not (request.endpoint or "").endswith("static"):
        raise refusal


def stop_serving(refusal: Refused) -> None:
    """Answer every request with this refusal from now on, until the program is started again."""
    current_app.extensions["pointsbank_stopped"] = refusal


def warnings(village: str | None = None) -> list[str]:
    """Return what the people of a village should hear on their home page about the stubs of the log."""
    keeper = _keeper()
    if current_app.extensions["pointsbank_settings"].practice:
        return []
    if keeper is None:
        where = "请管理员设置（“这台服务器的设置”里的“账外存根”）。"
        return [f"没有设置账外存根，账本被换成旧副本时不能马上发现；{where}"]
    return keeper.warnings(village)


def _keeper() -> Keeper | None:
    """Return who keeps the stubs of the application's database, if they are kept."""
    return cast("Keeper | None", current_app.extensions["pointsbank_keeper"])
