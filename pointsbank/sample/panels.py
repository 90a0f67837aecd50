"""Lets people of 茶源村 sit on panels: the village's own, and the elders of its first group."""

from collections.abc import Sequence
from datetime import date
from random import Random

from pointsbank import panels, villages
from pointsbank.labels.seat_kind import ELDERS
from pointsbank.roster import Participant
from pointsbank.sample.names import household_name
from pointsbank.sample.stage import CODE, SEED, Stage, moment

_VILLAGE = (
    ("龙凤泉", "worthy", "01001", ""),
    ("郝田发", "old_party_member", "01002", ""),
    ("石传英", "representative", "01009", ""),
    ("周文书", "cadre", "", "zhou"),
    ("李主任", "cadre", "", "li"),
)
_RELATIONS = ("child", "sibling", "parent", "in_law")
_AT = moment(date(2026, 7, 22), 15)


def seat_panels(stage: Stage) -> str:
    """Make both panels, with near relatives drawn by the seed; return the village's own (id)."""
    draw = Random(f"{SEED} panels")
    households = [one for one in stage.everyone if one.kind == "household"]
    made = {"kind": panels.VILLAGE, "name": "村评议小组", "rule": "trimmed"}
    own = stage.act(panels.make_panel, by="li", at=_AT, **made).id
    for number, (name, seat, household, login) in enumerate(_VILLAGE, start=1):
        facts = {"name": name, "seat": seat, "household": household, "login": login}
        stage.act(panels.add_member, by="li", at=_AT, panel_id=own, **facts)
        if household:
            _relate(stage, own, number, _without(households, household), draw)
    _seat_elders(stage, households, draw)
    return own


def _seat_elders(stage: Stage, households: Sequence[Participant], draw: Random) -> None:
    """Make the panel of the first group, one elder of each kind."""
    with stage.database.reading() as session:
        group = villages.groups(session, village=CODE)[0]
    made = {"kind": panels.GROUP, "name": f"{group.name}评议小组", "rule": "mean", "groups": [group.id]}
    theirs = stage.act(panels.make_panel, by="li", at=_AT, **made).id
    near = [one for one in households if one.group_id == group.id]
    homes = draw.sample(near, len(ELDERS))
    for number, (seat, home) in enumerate(zip(ELDERS, homes, strict=True), start=1):
        facts = {"name": household_name(draw), "seat": seat, "household": home.code}
        stage.act(panels.add_member, by="li", at=_AT, panel_id=theirs, **facts)
        _relate(stage, theirs, number, _without(near, home.code), draw)


def _relate(stage: Stage, panel: str, number: int, households: Sequence[Participant], draw: Random) -> None:
    """Give a member near relatives in one or two households."""
    for other in draw.sample(households, draw.randint(1, 2)):
        facts = {"household": other.code, "relation": draw.choice(_RELATIONS)}
        stage.act(panels.name_relative, by="li", at=_AT, panel_id=panel, number=number, **facts)


def _without(households: Sequence[Participant], code: str) -> list[Participant]:
    """Return the households but this one."""
    return [one for one in households if one.code != code]
