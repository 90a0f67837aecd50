"""Long prints: what can be asked for, how far each is, cancelled, and its file."""

from typing import Any

from flask import Response, request
from sqlmodel import Session

from pointsbank import folders, jobs, staff
from pointsbank.jobs import Run
from pointsbank.schemas.base import Nothing, PageQuery
from pointsbank.schemas.print_runs import PrintRunKindPage, PrintRunPage, PrintRunSchema
from pointsbank.schemas.sheets import options_of
from pointsbank.staff import Permission
from pointsbank.web import access, long_prints
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.routes import Routes
from pointsbank.web.long_prints import OF_KIND

routes = Routes("print-runs", "大批打印")


@routes.get("/print-run-kinds", "列出可以大批打印的种类和各自的选项", Permission.LEDGER_VIEW)
@routes.json(PrintRunKindPage, query=PageQuery)
def list_print_run_kinds(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the kinds that whoever asks may ask for, each with its options."""
    with access.database().reading() as session:
        rows = [
            {
                "name": one.name,
                "title": one.title,
                "about": one.about,
                "caution": one.caution,
                "options": options_of(one.options, session, village),
            }
            for one in long_prints.allowed_kinds()
        ]
    return page_of(rows, query, lambda row: [row["name"]])


@routes.get("/print-runs", "列出最近的大批打印，新的在前", Permission.LEDGER_VIEW)
@routes.json(PrintRunPage, query=PageQuery)
def list_print_runs(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the latest long prints of the kinds that whoever asks may have."""
    with access.database().reading() as session:
        rows = [_shown(session, one) for one in long_prints.allowed_runs(session, village=village)]
    return page_of(rows, query, lambda row: [row["asked_at"].isoformat(), row["id"]], newest=True)


@routes.post("/print-runs/<key:kind>", "要一次大批打印：选项写在 JSON 里，服务器自己做", OF_KIND)
@routes.arguments_by_name()
@routes.json(PrintRunSchema, status=201)
def request_print_run(village: str, kind: str) -> dict[str, Any]:
    """Ask for one; the same again while it waits or is being made is one."""
    given = routes.ARGUMENTS_PARSER.load_json(request, Nothing())
    asked = folders.request(
        access.database(),
        kind=folders.find(kind),
        village=village,
        given=given,
        public_url=access.settings().public_url,
        **access.by_and_at(),
    )
    with access.database().reading() as session:
        return _shown(session, asked)


@routes.get("/print-runs/<key:kind>/<key:run>", "查看一次大批打印做到哪里", OF_KIND)
@routes.json(PrintRunSchema)
def show_print_run(village: str, kind: str, run: str) -> dict[str, Any]:
    """Show how far one is."""
    with access.database().reading() as session:
        return _shown(session, long_prints.run_of(session, village=village, kind=kind, run=run))


@routes.post("/print-runs/<key:kind>/<key:run>/cancellation", "取消排队的或者正在做的大批打印", OF_KIND)
@routes.json(PrintRunSchema, body=Nothing)
def end_print_run(body: dict[str, Any], village: str, kind: str, run: str) -> dict[str, Any]:
    """Cancel one that waits or is being made; cancelled again it is one act."""
    with access.database().writing() as session:
        long_prints.run_of(session, village=village, kind=kind, run=run)
        return _shown(session, jobs.cancel_run(session, village=village, run_id=run, at=access.now()))


@routes.get("/print-runs/<key:kind>/<key:run>/file", "取做好的文件；谁取过会写下来", OF_KIND)
@routes.file()
def give_print_run(village: str, kind: str, run: str) -> Response:
    """Give the file of one that is ready: a PDF or a zip."""
    return long_prints.file_answer(village=village, kind=kind, run=run)


def _shown(session: Session, one: Run) -> dict[str, Any]:
    names = staff.actors(session, ids=[one.asked_by])
    shown: dict[str, Any] = {name: getattr(one, name) for name in PrintRunSchema().fields}
    return shown | {"asked_by": names.get(one.asked_by, one.asked_by)}
