"""Without one of these rules of jobs and backups its own test fails."""

import pytest

from pointsbank.duties import backup_places, printed_files
from pointsbank.duties.running import Runner
from pointsbank.jobs import taking
from tests.duties import test_backups, test_kinds, test_running
from tests.missed_rules import TakenOut, check

here = test_backups.here
"""What some of these tests begin with."""

_MEANWHILE = test_running.test_what_somebody_asks_for_while_it_is_done_is_done_once_more
RULES = [
    TakenOut(
        taking._write,
        "col(JobRow.worker) == worker",
        "col(JobRow.name) == name",
        test_running.test_who_was_taken_for_dead_writes_nothing_more,
    ),
    TakenOut(taking._nobody_s, "(tried, null())", "(null().is_(None), null())", _MEANWHILE, {"fails": False}),
    TakenOut(
        Runner._is_dead,
        "known != life",
        "known is None",
        test_running.test_a_worker_that_shows_life_keeps_its_job_whatever_the_clocks_say,
    ),
    TakenOut(
        Runner._do_if_due,
        "seen.rests(at)",
        "False",
        test_running.test_a_refusal_is_kept_as_its_sentence_and_tried_again_after_a_rest,
    ),
    TakenOut(
        Runner.run_due,
        "not self._may_write()",
        "False",
        test_running.test_nothing_is_taken_from_a_database_that_may_not_be_written,
    ),
    TakenOut(
        backup_places.surplus,
        "one.made_at <= at + _AHEAD",
        "True",
        test_backups.test_backups_of_a_clock_years_ahead_push_none_out,
    ),
    TakenOut(
        backup_places.passphrase,
        'locked(file.with_name(f"{_PASSPHRASE}.lock"), _WAITS)',
        '__import__("contextlib").nullcontext()',
        test_backups.test_two_who_make_the_passphrase_at_once_have_the_same,
    ),
    TakenOut(
        printed_files.list_for_removal,
        "locked(out_dir / _LOCK, _WAITS)",
        '__import__("contextlib").nullcontext()',
        test_kinds.test_of_two_who_print_at_once_each_file_goes_when_it_has_had_its_days,
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_rule_that_is_taken_out_is_missed(rule: TakenOut, request: pytest.FixtureRequest) -> None:
    check(rule, request)
