"""A village's first day: one register of steps, asked by home, by the guide and by each step's own page.

A step is a module of `steps` that declares `STEP`; whether it is done it says itself, of facts that are read
once. Adding one is adding its file.
"""

from pointsbank.web.first_day.register import Course, course, every, step_on
from pointsbank.web.first_day.showing import of_village, register, step_href
from pointsbank.web.first_day.step import Facts, Step
