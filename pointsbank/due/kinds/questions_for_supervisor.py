"""Questions that the supervisor has to answer."""

from pointsbank.due.answering import answered_by
from pointsbank.staff import Role

KIND = answered_by(Role.SUPERVISOR)
