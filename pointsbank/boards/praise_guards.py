"""What the database itself refuses of praise by deed: a kind that is none, more names than it takes."""

from pointsbank.guards import Guard, append_only

_HERE = "k.village_id = NEW.village_id"

KIND_IN_FORCE = (
    f"EXISTS (SELECT 1 FROM praise_kind k WHERE {_HERE} AND k.name = NEW.rule AND k.ended_on IS NULL)"
)
"""A red listing's rule is the name of a kind of praise in force."""

PLACE_LEFT = (
    "NOT EXISTS (SELECT 1 FROM listing_praise p"
    " JOIN listing l ON l.village_id = p.village_id AND l.id = p.listing_id"
    " JOIN praise_kind k ON k.village_id = p.village_id AND k.id = p.kind_id"
    " WHERE p.village_id = NEW.village_id AND p.listing_id = NEW.listing_id"
    " AND (k.ended_on IS NOT NULL OR k.places <= (SELECT count(*) FROM listing_praise o"
    " JOIN listing m ON m.village_id = o.village_id AND m.id = o.listing_id"
    " JOIN listing_decision d ON d.village_id = o.village_id AND d.listing_id = o.listing_id"
    " WHERE o.village_id = p.village_id AND o.kind_id = p.kind_id AND d.votes_for > d.votes_against"
    " AND (k.span = 'standing' OR m.month = l.month)"
    " AND NOT EXISTS (SELECT 1 FROM listing_end e WHERE e.village_id = o.village_id"
    " AND e.listing_id = o.listing_id))))"
)
"""The kind of the listing that is decided on takes one more; true of all that is of no kind."""

_SAME_KIND = (
    "EXISTS (SELECT 1 FROM listing l JOIN praise_kind k ON k.village_id = l.village_id AND k.name = l.rule"
    " WHERE l.village_id = NEW.village_id AND l.id = NEW.listing_id AND l.board = 'red'"
    " AND k.id = NEW.kind_id AND k.ended_on IS NULL)"
)

PRAISE_GUARDS = (
    Guard("listing_praise", "INSERT", unless=_SAME_KIND),
    *append_only("listing_praise"),
    Guard(
        "praise_kind",
        "UPDATE",
        unless="OLD.ended_on IS NULL AND NEW.name = OLD.name AND NEW.places = OLD.places",
    ),
    Guard("praise_kind", "DELETE"),
)
