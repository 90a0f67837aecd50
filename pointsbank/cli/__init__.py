"""The command line: translates words into one verb of the core each, and its answer into words.

Owns no rule and no table. Asks the clock and says who acts, so that the core need not.
Exit status: 0 done, 1 refused with a sentence on stderr, 2 wrong usage, 3 a defect of the program, whose
traceback and reference are on stderr.
"""

import errno
import os
import sqlite3
import sys
from collections.abc import Sequence

import click
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from pointsbank import __version__, failures
from pointsbank.cli.answers import echo_error, echo_problem
from pointsbank.cli.anywhere import Anywhere
from pointsbank.cli.approvals import approval_group
from pointsbank.cli.base_points import base_group
from pointsbank.cli.cards import card
from pointsbank.cli.counter import counter_group
from pointsbank.cli.credentials import staff_group
from pointsbank.cli.days_off import days_group
from pointsbank.cli.exports import export_group
from pointsbank.cli.fonts import fonts_group
from pointsbank.cli.grades import grade_group
from pointsbank.cli.households import household_group
from pointsbank.cli.imports import imports
from pointsbank.cli.keepers import keeper_group
from pointsbank.cli.ledgers import ledger
from pointsbank.cli.listing import list_command, list_group
from pointsbank.cli.looking_into import db
from pointsbank.cli.meetings import meeting_group, notice_group, panel_group
from pointsbank.cli.months import month
from pointsbank.cli.practices import practice_group
from pointsbank.cli.print_runs import print_run_group
from pointsbank.cli.proofs import checkpoint, entry_proof, key_group, verifier
from pointsbank.cli.questions import question_group
from pointsbank.cli.samples import sample_group
from pointsbank.cli.scores import score_group
from pointsbank.cli.serving import serve
from pointsbank.cli.sheets import print_group
from pointsbank.cli.spot_checks import draw_group
from pointsbank.cli.titles import title_group
from pointsbank.cli.townships import township
from pointsbank.cli.usage import ChineseHelp, WrongUsage, how_it_is_written, in_words
from pointsbank.cli.villages import village
from pointsbank.cli.walls import listing_group, wall_group
from pointsbank.cli.watermarks import watermark_group
from pointsbank.cli.year_ends import year_end_group
from pointsbank.errors import Problem
from pointsbank.outcomes import InterruptedAtCommit, OutcomeUnknown

# Commands are made all over this package: this is where click asks which class writes their help.
click.Context.formatter_class = ChineseHelp


@click.group(cls=Anywhere, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pointsbank")
def pointsbank() -> None:
    """积分银行：村里的积分，从评议会到公示榜。"""


for _command in (
    serve,
    db,
    village,
    township,
    staff_group,
    imports,
    export_group,
    list_group,
    meeting_group,
    panel_group,
    notice_group,
    month,
    base_group,
    card,
    approval_group,
    household_group,
    score_group,
    draw_group,
    grade_group,
    keeper_group,
    year_end_group,
    counter_group,
    question_group,
    title_group,
    listing_group,
    wall_group,
    print_group,
    print_run_group,
    fonts_group,
    days_group,
    ledger,
    watermark_group,
    sample_group,
    practice_group,
):
    pointsbank.add_command(_command)
for _command in (checkpoint, entry_proof, verifier, key_group):
    ledger.add_command(_command)
staff_group.add_command(list_command("staff", "列出人员：角色、账号状态、最近登录。"), "list")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused, 2 wrong usage, 3 a defect."""
    # A Chinese Windows console cannot show every character: replace rather than fail.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    # Whatever we write is the village's own: readable by its owner only.
    os.umask(0o077)
    given = list(sys.argv[1:] if arguments is None else arguments)
    echo = echo_problem if "--json" in given else echo_error
    try:
        answer = pointsbank.main(args=given, prog_name="pointsbank", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        if "--json" in given:
            echo(WrongUsage(reason=in_words(error)))
        else:
            error.show()
        return error.exit_code
    except click.UsageError as error:
        echo(WrongUsage(reason=in_words(error)))
        for line in () if "--json" in given else how_it_is_written(error):
            click.echo(line, err=True)
        return error.exit_code
    except click.ClickException as error:
        echo(WrongUsage(reason=error.format_message()))
        return error.exit_code
    except InterruptedAtCommit:
        echo(OutcomeUnknown())
        return 1
    except (click.Abort, KeyboardInterrupt):
        echo("已中断，没有完成的部分没有写入。")
        return 1
    except Exception as error:
        refusal = _refusal(error, " ".join(["pointsbank", *given][:3]))
        echo(refusal)
        return 3 if isinstance(refusal, failures.Internal) else 1
    return answer if isinstance(answer, int) else 0


def _refusal(error: Exception, doing: str) -> Problem | str:
    """Return what is printed about a command that failed; log what nobody expected."""
    if isinstance(error, Problem):
        return error
    # What the context of a command could not explain (`storage_faults`) is told by the driver's own words.
    if isinstance(error, OperationalError):
        return f"数据库现在无法使用（{error.orig}）。请检查磁盘空间，确认没有别的程序占用，再试一次。"
    # A damaged file is a plain DatabaseError; its subclasses say what a statement did wrong.
    if type(error) is DatabaseError or isinstance(error, sqlite3.Error):
        why = getattr(error, "orig", error)
        return f"数据库文件有问题（{why}）。请检查磁盘空间，运行 pointsbank db check，必要时从备份恢复。"
    if isinstance(error, DBAPIError):
        return failures.storage_problem(error, doing)
    if isinstance(error, OSError):
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return failures.DiskFull()
        return f"文件无法读写：{error.filename or ''} {failures.why(error)}。请检查路径、权限和磁盘空间。"
    return failures.internal(error, doing)
