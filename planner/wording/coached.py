"""Sentences about somebody else's plan: how a title was read, and what to write where that is wrong."""

from __future__ import annotations

from planner.errors import quoted
from planner.results.coached import ListedSession, ReadSession
from planner.rulebook.model import Rulebook
from planner.wording.english import spoken, with_article

MANY = 5
"""So many letters of a title tell it from others."""
ORIGINS = {
    "person": "your word",
    "feed": "as its calendar expects",
    "event": "as long as the event",
    "text": "from its text",
    "title": "from its title",
    "distance": "its distance at your easy pace",
    "race": "its distance at your easy pace",
    "usual": "as long as usual: nothing says how long",
}


def reading_sentence(read: ReadSession, rulebook: Rulebook) -> str:
    """Return how a title was read: `read as a hard run, 48 min (its distance at your easy pace; by "pace")`."""
    name = with_article(spoken(read.workout, rulebook.workouts[read.workout].name))
    by = f"; by {', '.join(map(quoted, read.by))}" if read.by else ""
    marks = "".join(
        f", {mark}" for mark, holds in (("with strides", read.strides), ("optional", read.optional)) if holds
    )
    return f"read as {name}{marks}, {read.minutes} min ({ORIGINS[read.minutes_from]}{by})"


def doubt_sentence(listed: ListedSession) -> str:
    """Return why a reading is not sure, and the line that settles it."""
    doubts = "; ".join(listed.read_as.doubts)
    return f"{doubts[:1].upper()}{doubts[1:]}. If it is something else: {read_line(listed.title)}"


def read_line(title: str, workout: str = "easy run") -> str:
    """Return the line to paste into the case that says what a title means."""
    words = " ".join(title.replace("\\", " ").replace('"', " ").split())
    head = words.partition(",")[0]
    return f'read = [{{ title = "{(head if len(head) > MANY else words)[:60].strip()}", as = "{workout}" }}]'
