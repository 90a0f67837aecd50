"""The API against its own document: whatever is sent, the answer is one the document promises."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api import scene
from tests.api.scene import Village
from tests.drawing import drawn

HERE = "/api/v1/villages/{village}"
OPERATIONS = [
    ("GET", "/api/v1/villages"),
    ("GET", "/api/v1/villages/{village}"),
    ("GET", "/api/v1/tokens"),
    ("GET", "/api/v1/tokens/{token}"),
    ("GET", "/api/v1/townships"),
    ("POST", "/api/v1/townships"),
    ("GET", "/api/v1/townships/{township}"),
    ("POST", "/api/v1/townships/{township}/name"),
    ("GET", f"{HERE}/participants"),
    ("GET", f"{HERE}/participants/{{code}}"),
    ("GET", f"{HERE}/participants/{{code}}/statement"),
    ("GET", f"{HERE}/listings"),
    ("GET", f"{HERE}/listings/{{listing}}"),
    *(
        ("POST", f"{HERE}/listings/{{listing}}/{step}")
        for step in ("letters", "carry-over", "helpers", "visits", "outcome", "wall-copies", "corrections")
    ),
    ("POST", f"{HERE}/listings/{{listing}}/corrections/declined"),
    ("GET", f"{HERE}/helpers"),
    ("POST", f"{HERE}/black-board/end"),
    ("GET", f"{HERE}/wall-copies"),
    ("GET", f"{HERE}/wall-copies/{{copy}}"),
    ("POST", f"{HERE}/wall-copies/posters"),
    ("POST", f"{HERE}/wall-copies/{{copy}}/taken-down"),
    ("POST", f"{HERE}/scores/{{score}}/wall-copies"),
    ("GET", f"{HERE}/groups"),
    ("GET", f"{HERE}/groups/{{group}}"),
    ("GET", f"{HERE}/cards"),
    ("GET", f"{HERE}/cards/{{number}}"),
    ("GET", f"{HERE}/card-batches"),
    ("GET", f"{HERE}/card-batches/{{batch}}"),
    ("POST", f"{HERE}/card-batches/{{batch}}/hand-out"),
    ("POST", f"{HERE}/card-batches/{{batch}}/void"),
    ("POST", f"{HERE}/participants/{{code}}/card-loss"),
    ("POST", f"{HERE}/card-scans"),
    ("GET", f"{HERE}/redemptions"),
    ("GET", f"{HERE}/redemptions/{{redemption}}"),
    ("POST", f"{HERE}/counter-entries"),
    ("POST", f"{HERE}/redemptions"),
    ("POST", f"{HERE}/redemptions/quote"),
    ("POST", f"{HERE}/redemptions/shelf"),
    ("POST", f"{HERE}/redemptions/{{redemption}}/reversal"),
    ("POST", f"{HERE}/redemptions/{{redemption}}/returns"),
    ("POST", f"{HERE}/redemptions/{{redemption}}/exchange"),
    ("POST", f"{HERE}/goods/{{goods}}/stock-moves/{{position}}/undoing"),
    ("POST", f"{HERE}/pins"),
    ("POST", f"{HERE}/pins/change"),
    ("GET", f"{HERE}/approvals"),
    ("GET", f"{HERE}/approvals/{{approval}}"),
    ("POST", f"{HERE}/approvals/{{approval}}/confirmation"),
    ("POST", f"{HERE}/approvals/{{approval}}/code"),
    ("POST", f"{HERE}/approvals/{{approval}}/refusal"),
    ("POST", f"{HERE}/approvals/{{approval}}/withdrawal"),
    ("POST", f"{HERE}/hand-outs"),
    ("POST", f"{HERE}/participants/{{code}}/closing"),
    ("POST", f"{HERE}/months/{{month}}/close"),
    ("POST", f"{HERE}/participants/{{code}}/erasure"),
    ("POST", f"{HERE}/goods/{{goods}}/price"),
    ("POST", f"{HERE}/goods/{{goods}}/words"),
    ("POST", f"{HERE}/goods/{{goods}}/limit"),
    ("POST", f"{HERE}/participants/{{code}}/file"),
    ("POST", f"{HERE}/participants/{{code}}/gifts"),
    ("POST", f"{HERE}/participants/{{code}}/move"),
    ("POST", f"{HERE}/participants/{{code}}/split"),
    ("GET", f"{HERE}/scores/{{score}}/corrections"),
    ("POST", f"{HERE}/scores/{{score}}/corrections"),
    ("POST", f"{HERE}/scores/{{score}}/hangings"),
    ("POST", f"{HERE}/scores/{{score}}/settle"),
    ("GET", f"{HERE}/settings"),
    ("GET", f"{HERE}/settings/{{setting}}"),
    ("POST", f"{HERE}/settings/{{setting}}"),
    ("GET", f"{HERE}/goods"),
    ("GET", f"{HERE}/goods/{{goods}}"),
    ("GET", f"{HERE}/goods/{{goods}}/stock-moves"),
    ("GET", f"{HERE}/goods/{{goods}}/stock-moves/{{position}}"),
    ("POST", f"{HERE}/goods/{{goods}}/stock-moves"),
    ("GET", f"{HERE}/stocktakes"),
    ("POST", f"{HERE}/stocktakes"),
    ("GET", f"{HERE}/stocktakes/{{stocktake}}"),
    ("POST", f"{HERE}/stocktakes/{{stocktake}}/counts"),
    ("POST", f"{HERE}/stocktakes/{{stocktake}}/signatures"),
    ("POST", f"{HERE}/stocktakes/{{stocktake}}/recount"),
    ("POST", f"{HERE}/stocktakes/{{stocktake}}/discard"),
    ("GET", f"{HERE}/items"),
    ("GET", f"{HERE}/items/{{item}}"),
    ("GET", f"{HERE}/claims"),
    ("POST", f"{HERE}/claims"),
    ("GET", f"{HERE}/claims/{{claim}}"),
    ("GET", f"{HERE}/ceremonies"),
    ("POST", f"{HERE}/ceremonies"),
    ("GET", f"{HERE}/ceremonies/{{ceremony}}"),
    ("GET", f"{HERE}/grades"),
    ("POST", f"{HERE}/grades"),
    ("GET", f"{HERE}/grades/{{table}}/{{period}}"),
    ("POST", f"{HERE}/grades/{{table}}/{{period}}/measures"),
    ("POST", f"{HERE}/grades/{{table}}/ending"),
    ("GET", f"{HERE}/keeper-lists"),
    ("POST", f"{HERE}/keeper-lists"),
    ("GET", f"{HERE}/keeper-checks"),
    ("POST", f"{HERE}/keeper-checks"),
    ("GET", f"{HERE}/keeper-checks/{{check}}"),
    ("POST", f"{HERE}/keeper-checks/{{check}}/second-look"),
    ("POST", f"{HERE}/keeper-checks/{{check}}/striking"),
    ("POST", f"{HERE}/keeper-decisions"),
    ("POST", f"{HERE}/keeper-patrols"),
    ("GET", f"{HERE}/title-kinds"),
    ("GET", f"{HERE}/titles"),
    ("POST", f"{HERE}/titles"),
    ("GET", f"{HERE}/titles/{{title_id}}"),
    ("POST", f"{HERE}/titles/{{title_id}}/checks"),
    ("POST", f"{HERE}/titles/{{title_id}}/votes"),
    ("POST", f"{HERE}/title-notices"),
    ("POST", f"{HERE}/titles/{{title_id}}/wall-copies"),
    ("POST", f"{HERE}/titles/{{title_id}}/giving"),
    ("POST", f"{HERE}/titles/{{title_id}}/taking-off"),
    ("POST", f"{HERE}/titles/{{title_id}}/giving-back"),
    ("POST", f"{HERE}/titles/{{title_id}}/withdrawal"),
    ("POST", f"{HERE}/titles/{{title_id}}/recommendation"),
    ("POST", f"{HERE}/titles/{{title_id}}/name-agreement"),
    ("POST", f"{HERE}/titles/{{title_id}}/benefits"),
    ("GET", f"{HERE}/year-end-rules"),
    ("POST", f"{HERE}/year-end-rules"),
    ("GET", f"{HERE}/year-ends/{{year}}"),
    ("POST", f"{HERE}/year-ends/{{year}}"),
    ("POST", f"{HERE}/year-ends/{{year}}/undoing"),
    ("GET", f"{HERE}/questions"),
    ("POST", f"{HERE}/questions"),
    ("GET", f"{HERE}/questions/{{question}}"),
    ("GET", f"{HERE}/questions/{{question}}/answers"),
    ("POST", f"{HERE}/questions/{{question}}/answers"),
    ("POST", f"{HERE}/questions/{{question}}/pass-on"),
    ("POST", f"{HERE}/questions/{{question}}/withdraw"),
    ("GET", f"{HERE}/spot-checks"),
    ("POST", f"{HERE}/spot-checks"),
    ("GET", f"{HERE}/spot-checks/{{month}}"),
    ("POST", f"{HERE}/spot-checks/{{month}}/answers"),
    ("POST", f"{HERE}/spot-checks/{{month}}/dice"),
    ("POST", f"{HERE}/spot-checks/{{month}}/signatures"),
    ("GET", f"{HERE}/inspections"),
    ("GET", f"{HERE}/inspections/{{inspection}}"),
    ("POST", f"{HERE}/inspection-rounds"),
    ("POST", f"{HERE}/inspection-rounds/{{round}}/inspections"),
    ("GET", f"{HERE}/meetings"),
    ("POST", f"{HERE}/meetings"),
    ("GET", f"{HERE}/meetings/{{meeting}}"),
    ("GET", f"{HERE}/meetings/{{meeting}}/scores"),
    ("POST", f"{HERE}/meetings/{{meeting}}/scores"),
    ("POST", f"{HERE}/meetings/{{meeting}}/close"),
    ("POST", f"{HERE}/meetings/{{meeting}}/begin"),
    ("POST", f"{HERE}/meetings/{{meeting}}/cancel"),
    ("POST", f"{HERE}/meetings/{{meeting}}/attendance"),
    ("GET", f"{HERE}/meetings/{{meeting}}/cases"),
    ("POST", f"{HERE}/meetings/{{meeting}}/cases"),
    ("GET", f"{HERE}/meetings/{{meeting}}/cases/{{case}}"),
    ("POST", f"{HERE}/meetings/{{meeting}}/cases/{{case}}/draw"),
    ("POST", f"{HERE}/meetings/{{meeting}}/cases/{{case}}/drop"),
    ("POST", f"{HERE}/meetings/{{meeting}}/marks"),
    ("GET", f"{HERE}/meetings/{{meeting}}/minutes"),
    ("GET", f"{HERE}/panels"),
    ("GET", f"{HERE}/panels/{{panel}}"),
    ("GET", f"{HERE}/scores/{{score}}"),
    ("GET", f"{HERE}/notices"),
    ("GET", f"{HERE}/notices/{{notice}}"),
    ("GET", f"{HERE}/notices/{{notice}}/hangings"),
    ("POST", f"{HERE}/notices/{{notice}}/hangings"),
    ("POST", f"{HERE}/notices/{{notice}}/settle"),
    ("POST", f"{HERE}/scores/{{score}}/objections"),
    ("GET", f"{HERE}/objections"),
    ("GET", f"{HERE}/objections/{{objection}}"),
    ("POST", f"{HERE}/objections/{{objection}}/decision"),
    ("GET", f"{HERE}/boards/{{month}}"),
    ("GET", f"{HERE}/months"),
    ("GET", f"{HERE}/months/{{month}}"),
    ("GET", f"{HERE}/ledger/transactions"),
    ("GET", f"{HERE}/ledger/transactions/{{index}}"),
    ("GET", f"{HERE}/ledger/entries/{{index}}"),
    ("GET", f"{HERE}/ledger/anchors"),
    ("GET", f"{HERE}/ledger/proofs/inclusion"),
    ("GET", f"{HERE}/ledger/proofs/consistency"),
    ("GET", f"{HERE}/ledger/checkpoint"),
    ("GET", f"{HERE}/ledger/proofs/entry"),
    ("GET", f"{HERE}/ledger/proofs/months"),
    ("GET", f"{HERE}/requests/{{request_id}}"),
    ("GET", f"{HERE}/lists"),
    ("GET", f"{HERE}/lists/{{name}}"),
    ("GET", f"{HERE}/print-run-kinds"),
    ("GET", f"{HERE}/print-runs"),
    ("POST", f"{HERE}/print-runs/{{kind}}"),
    ("GET", f"{HERE}/print-runs/{{kind}}/{{run}}"),
    ("POST", f"{HERE}/print-runs/{{kind}}/{{run}}/cancellation"),
    ("GET", f"{HERE}/print-runs/{{kind}}/{{run}}/file"),
    ("GET", f"{HERE}/sheets"),
    ("GET", f"{HERE}/sheets/{{sheet}}.escpos"),
    ("POST", f"{HERE}/sheets/{{sheet}}.escpos"),
    ("GET", f"{HERE}/sheets/{{sheet}}.pdf"),
    ("POST", f"{HERE}/sheets/{{sheet}}.pdf"),
]

MODES = list(GenerationMode)
EXAMPLES, FULL_EXAMPLES = 2, 60
MEANT_WELL = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def document(served: Village) -> Any:
    """The document as a program finds it."""
    served.app.extensions["pointsbank_database"] = served.database
    return schemathesis.openapi.from_wsgi("/api/openapi.json", served.app)


@pytest.fixture(scope="module")
def known(served: Village) -> dict[str, str]:
    """Places that exist, so that requests get past the address and reach the rules behind it."""
    meeting = scene.open_meeting(served)
    score = scene.enter(served, meeting)["id"]
    begun = served.post("/stocktakes", {"request_id": served.request_id()}).json["id"]
    asked = {"scan_ticket": served.scan().json["scan_ticket"], "pin": "274913"}
    approval = served.post("/pins", asked).json["id"]
    return {
        "village": "chayuan",
        "code": "0101",
        "goods": "G01",
        "position": "1",
        "month": "2026-09",
        "batch": "1",
        "setting": "red_places",
        "name": "sales",
        "group": "一组",
        "item": "A1",
    } | {
        "redemption": served.post("/redemptions", served.sale()).json["id"],
        "number": served.get("/cards", by="li").json["items"][0]["number"],
        "index": str(served.get("/ledger/transactions", by="li").json["items"][0]["index"]),
        "token": served.get("/api/v1/tokens", by="admin").json["items"][0]["id"],
        "meeting": meeting,
        "approval": approval,
        "stocktake": begun,
        "township": served.post("/api/v1/townships", {"name": "河口镇"}, by="admin").json["id"],
        "score": str(score),
    }


def test_the_document_names_every_route_and_no_other(document: Any) -> None:
    described = [
        (method.upper(), path) for path, methods in document.raw_schema["paths"].items() for method in methods
    ]

    assert sorted(each for each in described if each[0] != "PARAMETERS") == sorted(OPERATIONS)


# Each is asked in every run as its document says or otherwise, with --full both ways.
@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [
        pytest.param(
            method,
            path,
            mode,
            id=f"{method}-{path.removeprefix(HERE)}-{mode.value}",
            marks=[] if mode in drawn(MODES, f"{method} {path}", 1) else pytest.mark.full,
        )
        for method, path in OPERATIONS
        for mode in MODES
    ],
)
def test_every_answer_is_one_the_document_promises(
    method: str,
    path: str,
    mode: GenerationMode,
    document: Any,
    served: Village,
    known: dict[str, str],
    full: bool,
) -> None:
    operation = document[path][method]

    @settings(MEANT_WELL, max_examples=FULL_EXAMPLES if full else EXAMPLES)
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = {**(case.path_parameters or {}), **known}
            case.path_parameters = {
                name: value for name, value in case.path_parameters.items() if f"{{{name}}}" in path
            }
        # Rules beyond a schema's words (a meeting in the future, a judge named twice) also answer 422.
        case.call_and_validate(
            headers={"Authorization": f"Bearer {served.tokens['admin']}"},
            excluded_checks=[positive_data_acceptance],
        )

    ask()
