"""The help: its topics, and a page for each."""

from flask import render_template

from pointsbank.web import help_topics
from pointsbank.web.access import PUBLIC
from pointsbank.web.help_topics import TOPICS
from pointsbank.web.page import Page

page = Page()


@page.get("/help", PUBLIC)
def help_index() -> str:
    """List the topics."""
    return render_template("help/index.html", topics=TOPICS)


@page.get("/help/start", PUBLIC)
def help_start() -> str:
    """Say how a village begins."""
    return render_template("help/start.html", topic=help_topics.START, topics=TOPICS)


@page.get("/help/committee", PUBLIC)
def help_committee() -> str:
    """Say what the committee does in a month."""
    return render_template("help/committee.html", topic=help_topics.COMMITTEE, topics=TOPICS)


@page.get("/help/judges", PUBLIC)
def help_judges() -> str:
    """Say how judges mark."""
    return render_template("help/judges.html", topic=help_topics.JUDGES, topics=TOPICS)


@page.get("/help/inspectors", PUBLIC)
def help_inspectors() -> str:
    """Say how a round of inspection goes."""
    return render_template("help/inspectors.html", topic=help_topics.INSPECTORS, topics=TOPICS)


@page.get("/help/clerk", PUBLIC)
def help_clerk() -> str:
    """Say what a clerk does in a day."""
    return render_template("help/clerk.html", topic=help_topics.CLERK, topics=TOPICS)


@page.get("/help/supervisor", PUBLIC)
def help_supervisor() -> str:
    """Say what a supervisor looks at."""
    return render_template("help/supervisor.html", topic=help_topics.SUPERVISOR, topics=TOPICS)


@page.get("/help/administrator", PUBLIC)
def help_administrator() -> str:
    """Say what an administrator does."""
    return render_template("help/administrator.html", topic=help_topics.ADMINISTRATOR, topics=TOPICS)


@page.get("/help/files", PUBLIC)
def help_files() -> str:
    """Say what files may look like."""
    return render_template("help/files.html", topic=help_topics.FILES, topics=TOPICS)
