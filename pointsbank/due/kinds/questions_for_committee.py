"""Questions that the committee has to answer."""

from pointsbank.due.answering import answered_by
from pointsbank.staff import Role

KIND = answered_by(Role.COMMITTEE)
