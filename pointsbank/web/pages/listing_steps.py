"""The steps of one warning: letter, countersignature, put right, helper, what it bars from, its papers."""

from sqlmodel import Session

from pointsbank import approvals, boards, helping, walls
from pointsbank.labels.handed_to import HANDED_TO
from pointsbank.labels.help_form import HELP_FORM
from pointsbank.labels.help_outcome import HELP_OUTCOME
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, display, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther
from pointsbank.web.pages.listings import ANSWERED, one_listing

page = Page()


class Delivered(forms.Form):
    """Who brought the letter, when, and into whose hands."""

    on = Day(required=True)
    handed_to = Select(HANDED_TO, required=True)
    brought_by = Text(maximum=30, required=True)
    receiver = Text(maximum=30, empty=True, load_default="")
    witness = Text(maximum=30, empty=True, load_default="")


class Seen(forms.Form):
    """What was found where a household said that it put things right."""

    found = forms.Ticked(load_default=False)
    words = Text(maximum=100, required=True)


class NewHelper(forms.Form):
    """Who helps the household."""

    helper_name = Text(maximum=30, required=True)


class NewVisit(forms.Form):
    """One visit of the helper."""

    visited_on = Day(required=True)
    visit_form = Select(HELP_FORM, required=True)
    visit_words = Text(maximum=200, required=True)


class HelpEnded(forms.Form):
    """What came of it."""

    outcome = Select(HELP_OUTCOME, required=True)
    outcome_words = Text(maximum=200, required=True)


class NewBar(forms.Form):
    """What the household is barred from, until when and why."""

    bar_red = forms.Ticked(load_default=False)
    bar_titles = forms.Ticked(load_default=False)
    ends_on = Day(required=True)
    bar_reason = Text(maximum=200, required=True)


class BarLifted(forms.Form):
    """Why a bar ends before its last day."""

    lift_bar_reason = Text(maximum=200, required=True)


class NewCopy(forms.Form):
    """Where a paper hangs, and in which size."""

    copy_place = Text(maximum=60, required=True)
    size = Select(PAPER_SIZE, required=True)


class FactObjection(forms.Form):
    """Who objects to the recorded fact, and why."""

    fact_raised_by = Text(maximum=60, required=True)
    fact_reason = forms.Lines(maximum=500, required=True)


@page.action(
    "/v/<village>/listings/<listing>/letter", Permission.BOARD_DECIDE, form=Delivered, on=one_listing
)
def record_delivery(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Record that the letter reached the household; its days begin."""
    made = boards.deliver(session, village=village, listing=listing, **form.data, **access.by_and_at())
    return f"已登记送达，最早{display.show_day(made.earliest_on)}可以签字和表决。"


@page.action("/v/<village>/listings/<listing>/visa", Permission.OBJECTION_DECIDE, on=one_listing)
def countersign(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Countersign a warning, as a supervisor, before people vote."""
    boards.countersign(session, village=village, listing=listing, **access.by_and_at())
    return "已签字，可以登记表决。"


@page.action("/v/<village>/listings/<listing>/put-right", Permission.OBJECTION_RAISE, on=one_listing)
def report_put_right(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down that the household says that it put things right."""
    boards.report_put_right(session, village=village, listing=listing, **access.by_and_at())
    return "已登记：请去看一看，再登记看到的情况。"


@page.action("/v/<village>/listings/<listing>/seen", Permission.BOARD_DECIDE, form=Seen, on=one_listing)
def record_seen(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down what was found; put right, it goes at once."""
    given = {"is_put_right": form.data["found"], "words": form.data["words"]}
    made = boards.record_seen(session, village=village, listing=listing, **given, **access.by_and_at())
    if made.status in ("down", "withdrawn"):
        return "已整改，已经撤下，以后不再显示。贴着的请从墙上撤下。"
    return "已登记：还没有整改，照旧。"


@page.action(
    "/v/<village>/listings/<listing>/helper", Permission.BOARD_DECIDE, form=NewHelper, on=one_listing
)
def assign_helper(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Name who helps the household."""
    given = {"name": form.data["helper_name"], **access.by_and_at()}
    helping.assign_helper(session, village=village, listing=listing, **given)
    return "已安排帮教人。"


@page.action(
    "/v/<village>/listings/<listing>/helper/visits", Permission.BOARD_DECIDE, form=NewVisit, on=one_listing
)
def record_visit(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down one visit of the helper."""
    data = form.data
    given = {"on": data["visited_on"], "form": data["visit_form"], "words": data["visit_words"]}
    made = helping.record_visit(session, village=village, listing=listing, **given, **access.by_and_at())
    return f"已登记第{made.number}次走访。"


@page.action(
    "/v/<village>/listings/<listing>/helper/outcome", Permission.BOARD_DECIDE, form=HelpEnded, on=one_listing
)
def end_help(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down what came of the helper's visits."""
    given = {"outcome": form.data["outcome"], "words": form.data["outcome_words"]}
    helping.end_help(session, village=village, listing=listing, **given, **access.by_and_at())
    return "已登记帮教结果。"


@page.action("/v/<village>/listings/<listing>/bar", Permission.BOARD_DECIDE, form=NewBar, on=one_listing)
def request_bar(session: Session, form: BoundForm, village: str, listing: str) -> SeeOther:
    """Request that the household is barred from awards until a day; a second person confirms."""
    data = form.data
    kinds = [kind for kind, name in (("red_board", "bar_red"), ("titles", "bar_titles")) if data[name]]
    asked = {"kinds": kinds, "ends_on": data["ends_on"], "reason": data["bar_reason"]}
    return requested(
        approvals.request_bar(session, village=village, listing=listing, **asked, **access.by_and_at())
    )


@page.action(
    "/v/<village>/listings/<listing>/bar/lift", Permission.BOARD_DECIDE, form=BarLifted, on=one_listing
)
def request_lift_bar(session: Session, form: BoundForm, village: str, listing: str) -> SeeOther:
    """Request that a bar ends before its last day; a second person confirms."""
    asked = {"reason": form.data["lift_bar_reason"], **access.by_and_at()}
    return requested(approvals.request_lift_bar(session, village=village, listing=listing, **asked))


@page.action("/v/<village>/listings/<listing>/copies", Permission.NOTICE_HANG, form=NewCopy, on=one_listing)
def put_up_listing(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Record that the paper of a warning hangs."""
    given = {"place": form.data["copy_place"], "size": form.data["size"], **access.by_and_at()}
    made = walls.put_up_listing(session, village=village, listing=listing, **given)
    return f"已登记张贴，最迟{display.show_day(made.take_down_on)}撤下。"


@page.action(
    "/v/<village>/listings/<listing>/fact/objections",
    Permission.OBJECTION_RAISE,
    form=FactObjection,
    on=one_listing,
)
def object_to_fact(session: Session, form: BoundForm, village: str, listing: str) -> str:
    """Write down an objection to the fact; until it is answered nothing is displayed."""
    given = {"raised_by": form.data["fact_raised_by"], "reason": form.data["fact_reason"]}
    made = boards.object_to_fact(session, village=village, listing=listing, **given, **access.by_and_at())
    return f"异议已登记，最迟{display.show_day(made.due_on)}书面答复；答复以前不在榜上显示，也不能表决。"


@page.action(
    "/v/<village>/listings/<listing>/fact/objections/<objection>/decision",
    Permission.OBJECTION_DECIDE,
    form=forms.Answer,
    on=one_listing,
)
def decide_fact_objection(
    session: Session, form: BoundForm, village: str, listing: str, objection: str
) -> str:
    """Answer an objection to the fact in writing."""
    made = boards.decide_fact_objection(
        session, village=village, objection=objection, **form.data, **access.by_and_at()
    )
    verdict = "成立，依据它的黑榜都已结束。" if made.status == "upheld" else "不成立。"
    return f"答复已记录：{verdict}{ANSWERED}"
