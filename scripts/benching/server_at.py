"""Serves a data directory whose clock begins at a given moment and goes on: `server_at.py MOMENT serve …`.

Each answer says in `X-Took` for how many milliseconds the application had the request, and for how many of
them the processor.
"""

import runpy
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import time_machine

from pointsbank.cli import serving
from pointsbank.web import app

_WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def timed(application: _WSGI) -> _WSGI:
    """An application whose answers say how long they took; ours are whole before they are begun."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        began, busy = time.perf_counter(), time.thread_time()

        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            took = f"{(time.perf_counter() - began) * 1000:.2f} {(time.thread_time() - busy) * 1000:.2f}"
            return start_response(status, [*headers, ("X-Took", took)], *rest)

        return application(environ, begin)

    return answer


def main() -> None:
    """Run `pointsbank` with what follows the moment."""
    moment = datetime.fromisoformat(sys.argv[1])

    def create_app(*given: Any) -> Any:
        made = app.create_app(*given)
        vars(made)["wsgi_app"] = timed(made.wsgi_app)
        return made

    # Under the name by which the command calls it.
    vars(serving)["create_app"] = create_app
    sys.argv[:] = ["pointsbank", *sys.argv[2:]]
    with time_machine.travel(moment, tick=True):
        runpy.run_module("pointsbank", run_name="__main__")


if __name__ == "__main__":
    main()
