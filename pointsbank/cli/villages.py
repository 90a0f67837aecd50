"""`pointsbank village`: founding one."""

import click

from pointsbank import ledger, migrating
from pointsbank.cli.answers import tell
from pointsbank.cli.desk import Desk, at_a_desk


@click.group()
def village() -> None:
    """村。"""


@village.command("create")
@click.argument("code")
@click.argument("name")
@at_a_desk(ready=False)
def create(desk: Desk, code: str, name: str) -> None:
    """建立一个村，并开设账簿。CODE 是村代码，NAME 是村名。"""
    # The first verb of a new installation: there is nothing to lose in an empty database.
    if migrating.is_empty(desk.database):
        migrating.upgrade(desk.database)
    desk.check_ready()
    with desk.writing() as session:
        made = ledger.found_village(session, code=code, name=name, by=desk.by(session), at=desk.now)
    tell(desk.as_json, {"code": made.id, "name": made.name}, f"已建立{made.name}（{made.id}）。")
