"""Jobs: what the program does by itself, one row for each, on both databases.

Owns job and print_run. Knows how a job is taken, shows signs of life and ends, not what any job does nor
when it is due: that is `duties`. A job is taken by one statement that compares and sets: whoever saw it in a
state that it is no longer in takes nothing. No clock decides whether a worker is dead, only that its row has
not changed.
"""

from pointsbank.jobs import problems
from pointsbank.jobs.reading import Job, any_asked, every, find
from pointsbank.jobs.run_values import Run, RunCancelled
from pointsbank.jobs.runs import (
    begin_run,
    cancel_run,
    fail_run,
    finish_run,
    old_runs,
    open_runs,
    remove_run,
    report_run,
    request_run,
    run,
    runs,
)
from pointsbank.jobs.taking import JobLost, beat, fail, finish, release, report, request, take
