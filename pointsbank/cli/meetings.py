"""`pointsbank meeting` and `pointsbank notice`: what there is; deeds come in by `import scores`."""

import click

from pointsbank.cli.listing import list_command


@click.group("meeting")
def meeting_group() -> None:
    """评议会。"""


@click.group("notice")
def notice_group() -> None:
    """公示。"""


meeting_group.add_command(list_command("meetings", "列出评议会：日期、编号、评分条数。"), "list")
notice_group.add_command(list_command("notices", "列出公示：从哪天到哪天，有没有异议。"), "list")
