"""Pictures of what a setting changes: a card, notice or poster as printed, the till as it would say.

A place is a code of `labels.setting_place`. Printed ones are drawn by their own sheet and handed out as a
small PNG; at the counter and on boards a scene says in the rules' own words what would happen. Writes
nothing and asks no clock.
"""

from pointsbank.pictures.drawing import PRINTED, draw
from pointsbank.pictures.month import month_picture
from pointsbank.pictures.scenes import SCENES, Scene, scene
