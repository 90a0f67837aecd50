"""What no SQL may do to the rows of titles either."""

from pointsbank import objections
from pointsbank.guards import Guard, append_only, erased_only
from pointsbank.objections import no_open_objection
from pointsbank.titles.states import OVER, SEATED, WITH_HOUSEHOLD, steps_in_sql


def _words(states: tuple[str, ...]) -> str:
    """Return SQL for a list of words."""
    return ", ".join(f"'{state}'" for state in states)


_STEPS = "FROM title_step s WHERE s.village_id = NEW.village_id AND s.title_id = NEW.title_id"
_LAST = f"SELECT s.state {_STEPS} AND s.number = NEW.number - 1"
_NEXT = f"NEW.number = 1 + (SELECT count(*) {_STEPS})"
_OUTCOME = "CASE WHEN NEW.met IS NULL THEN '-' WHEN NEW.met THEN 'y' ELSE 'n' END"
_ENDED_WITH = (
    f"NEW.kind = 'withdrawn' AND NEW.state = 'withdrawn' AND ({_LAST}) IN ({_words(WITH_HOUSEHOLD)})"
    " AND EXISTS (SELECT 1 FROM participant p JOIN title t ON t.village_id = p.village_id"
    " AND t.participant_id = p.id WHERE t.village_id = NEW.village_id AND t.id = NEW.title_id"
    " AND p.status = 'closed')"
)
_FOLLOWS = (
    f"({_ENDED_WITH}) OR"
    f" coalesce(({_LAST}), 'nominated') || '/' || NEW.kind || '/' || {_OUTCOME} || '/' || NEW.state"
    f" IN ({steps_in_sql()})"
)
_LATER = f"NOT EXISTS (SELECT 1 {_STEPS} AND s.day > NEW.day)"
_NOMINATED = "FROM title t WHERE t.village_id = NEW.village_id AND t.id = NEW.title_id"

# Of the criteria of its kind each one was looked at, and it is met where none was not.
_CHECKS = (
    "FROM title_check c WHERE c.village_id = NEW.village_id AND c.title_id = NEW.title_id"
    " AND c.number = NEW.number"
)
_CRITERIA = (
    "SELECT count(*) FROM title_criterion r JOIN title t ON t.village_id = r.village_id"
    " AND t.kind_id = r.kind_id WHERE t.village_id = NEW.village_id AND t.id = NEW.title_id"
)
_ALL_CHECKED = (
    f"NEW.kind <> 'checked' OR ((SELECT count(*) {_CHECKS}) = ({_CRITERIA})"
    f" AND (CASE WHEN NEW.met THEN 1 ELSE 0 END)"
    f" = (CASE WHEN EXISTS (SELECT 1 {_CHECKS} AND NOT c.met) THEN 0 ELSE 1 END))"
)

# Titles of the same kind, by its name, whatever adoption they were nominated under.
_ALIKE = (
    "FROM title t JOIN title_kind k ON k.village_id = t.village_id AND k.id = t.kind_id"
    " JOIN title_kind own ON own.village_id = t.village_id AND own.name = k.name"
)
_OWN_KIND = f"SELECT t.kind_id {_NOMINATED}"
_SEATED = (
    f"SELECT count(*) {_ALIKE} JOIN title_step l ON l.village_id = t.village_id AND l.title_id = t.id"
    f" WHERE t.village_id = NEW.village_id AND own.id = ({_OWN_KIND}) AND l.state IN ({_words(SEATED)})"
    " AND NOT EXISTS (SELECT 1 FROM title_step m WHERE m.village_id = l.village_id"
    " AND m.title_id = l.title_id AND m.number > l.number)"
)
_QUOTA = f"SELECT k.quota FROM title_kind k WHERE k.village_id = NEW.village_id AND k.id = ({_OWN_KIND})"
_WITHIN = f"NEW.state <> 'voted' OR coalesce(({_SEATED}) < ({_QUOTA}), true)"

_HUNG = f"EXISTS (SELECT 1 {_STEPS} AND s.kind = 'hung' AND s.until_on < NEW.day)"
_UNRESTRICTED = (
    "NOT EXISTS (SELECT 1 FROM restriction r JOIN title t ON t.village_id = r.village_id"
    " AND t.participant_id = r.participant_id WHERE t.village_id = NEW.village_id AND t.id = NEW.title_id"
    " AND r.kind IN ('titles', 'participation') AND r.ended_at IS NULL AND r.begins_on <= NEW.day"
    " AND coalesce(r.ends_on >= NEW.day, true))"
)
_UNBARRED = (
    "NOT EXISTS (SELECT 1 FROM award_bar b JOIN title t ON t.village_id = b.village_id"
    " AND t.participant_id = b.participant_id WHERE t.village_id = NEW.village_id AND t.id = NEW.title_id"
    " AND b.kind = 'titles' AND b.ended_at IS NULL AND NEW.day BETWEEN b.begins_on AND b.ends_on)"
)
_GIVEN = (
    f"NEW.kind <> 'given' OR ({_HUNG} AND {no_open_objection('title_objection', 'NEW.title_id')}"
    f" AND {_UNRESTRICTED} AND {_UNBARRED})"
)
_DEADLINE = f"SELECT max(s.until_on) {_STEPS} AND s.kind = 'taken_off'"
_LOST = (
    f"NEW.kind <> 'lost' OR EXISTS (SELECT 1 {_STEPS} AND s.number = NEW.number - 1 AND s.kind = 'checked'"
    f" AND s.recorded_by <> NEW.recorded_by AND s.day >= ({_DEADLINE}))"
)

_MINE = f"{_ALIKE} WHERE t.village_id = NEW.village_id AND own.id = NEW.kind_id"
_OF_HOUSEHOLD = f"{_MINE} AND t.participant_id = NEW.participant_id"
_ENDED = (
    "EXISTS (SELECT 1 FROM title_step s WHERE s.village_id = t.village_id AND s.title_id = t.id"
    f" AND s.state IN ({_words(OVER)}))"
)
_BARS = (
    "EXISTS (SELECT 1 FROM title_step s WHERE s.village_id = t.village_id AND s.title_id = t.id"
    " AND s.kind = 'lost' AND s.until_on > NEW.nominated_on)"
)
_ONE_AT_A_TIME = f"NOT EXISTS (SELECT 1 {_OF_HOUSEHOLD} AND t.person = NEW.person AND NOT {_ENDED})"
_NOT_BARRED = f"NOT EXISTS (SELECT 1 {_OF_HOUSEHOLD} AND {_BARS})"

_TITLE_KEPT = (
    *("id", "number", "kind_id", "participant_id", "agreed_on", "nominated_by", "nominated_on"),
    *("recorded_at", "recorded_by"),
)
_STEP_KEPT = (
    *("title_id", "number", "kind", "state", "met", "day", "until_on", "votes_for", "votes_against"),
    *("place", "recorded_at", "recorded_by"),
)
_NOTE_KEPT = ("title_id", "benefit", "number", "given", "day", "until_on", "recorded_at", "recorded_by")
_NOTE_NEXT = (
    "NEW.number = 1 + (SELECT count(*) FROM title_benefit_note n WHERE n.village_id = NEW.village_id"
    " AND n.title_id = NEW.title_id AND n.benefit = NEW.benefit)"
)
_STANDS = (
    f"EXISTS (SELECT 1 {_STEPS} AND s.state = 'standing' AND NOT EXISTS (SELECT 1 FROM title_step m"
    " WHERE m.village_id = s.village_id AND m.title_id = s.title_id AND m.number > s.number))"
)
# Each word says something else than the one before; the first one stands in the nomination.
_AGREEMENTS = "FROM title_agreement a WHERE a.village_id = NEW.village_id AND a.title_id = NEW.title_id"
_AGREED_BEFORE = (
    f"coalesce((SELECT a.agreed {_AGREEMENTS} AND a.number = NEW.number - 1),"
    f" (SELECT t.agreed_on IS NOT NULL {_NOMINATED}))"
)
_SAYS_OTHERWISE = (
    f"NEW.number = 1 + (SELECT count(*) {_AGREEMENTS}) AND (CASE WHEN NEW.agreed THEN 1 ELSE 0 END)"
    f" <> (CASE WHEN {_AGREED_BEFORE} THEN 1 ELSE 0 END)"
    f" AND NOT EXISTS (SELECT 1 {_AGREEMENTS} AND a.day > NEW.day)"
    f" AND EXISTS (SELECT 1 {_NOMINATED} AND t.person <> '' AND coalesce(t.agreed_on <= NEW.day, true))"
)
_WRITTEN = ("id", "number", "kind", "participant_id", "written_on", "written_at", "written_by")
_BROUGHT = "OLD.brought_on IS NULL OR (NEW.brought_on = OLD.brought_on AND NEW.brought_by = OLD.brought_by)"

GUARDS = (
    *append_only("title_kind", "title_criterion", "title_benefit", "title_check", "title_agreement"),
    Guard("title_agreement", "INSERT", unless=_SAYS_OTHERWISE),
    Guard("title", "INSERT", unless=f"{_ONE_AT_A_TIME} AND {_NOT_BARRED}"),
    Guard("title", "UPDATE", unless=erased_only(["person", "nominator", "reason"], _TITLE_KEPT)),
    Guard("title", "DELETE"),
    Guard("title_check", "INSERT", unless=_NEXT),
    Guard(
        "title_step",
        "INSERT",
        unless=f"{_NEXT} AND ({_FOLLOWS}) AND {_LATER} AND ({_ALL_CHECKED}) AND ({_WITHIN})"
        f" AND ({_GIVEN}) AND ({_LOST})",
    ),
    Guard("title_step", "UPDATE", unless=erased_only(["words", "seen_by"], _STEP_KEPT)),
    Guard("title_step", "DELETE"),
    Guard("title_benefit_note", "INSERT", unless=f"{_NOTE_NEXT} AND {_STANDS}"),
    Guard("title_benefit_note", "UPDATE", unless=erased_only(["words"], _NOTE_KEPT)),
    Guard("title_benefit_note", "DELETE"),
    Guard("title_letter", "INSERT", unless="NEW.brought_on IS NULL"),
    Guard(
        "title_letter",
        "UPDATE",
        unless=f"{erased_only(['person', 'addressee', 'deed'], _WRITTEN)} AND ({_BROUGHT})",
    ),
    Guard("title_letter", "DELETE"),
    *objections.guards("title_objection"),
)
