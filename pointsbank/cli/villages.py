"""`pointsbank village`: creates villages."""

import click

from pointsbank import ledger, migrating
from pointsbank.cli.answers import echo_result
from pointsbank.cli.context import CliContext, pass_context
from pointsbank.cli.shut_acts import shut_acts


@click.group()
def village() -> None:
    """村。"""


@village.command("create")
@click.argument("code")
@click.argument("name")
@pass_context(ready=False)
def create(context: CliContext, code: str, name: str) -> None:
    """建立一个村，并开设账簿。CODE 是村代码，NAME 是村名。"""
    # The first verb of a new installation: there is nothing to lose in an empty database.
    if migrating.is_empty(context.database):
        context.check_file()
        migrating.upgrade(context.database)
    context.check_ready()
    with context.database.writing() as session:
        made = ledger.found_village(session, code=code, name=name, by=context.by(session), at=context.now)
        shut, words = shut_acts(context, session, made.id)
    facts = {"code": made.id, "name": made.name, "shut": shut}
    echo_result(context.as_json, facts, f"已建立{made.name}（{made.id}）。{words}")
