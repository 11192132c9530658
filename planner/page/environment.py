"""The templates, and what they may ask for: sentences, dates as people say them, icons."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from planner.page.drawing.hours import HATCH
from planner.page.sentences import plain, say

NARROW = "\N{NO-BREAK SPACE}"
"""Between a number and its unit, so that they never part."""


@cache
def environment() -> Environment:
    """Return the environment of the templates; every value is escaped, and a missing one is an error."""
    made = Environment(
        loader=PackageLoader("planner.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals |= {"say": say, "plain": plain, "icon": icon, "static_text": static_text, "patterns": Markup(HATCH)}  # noqa: S704 (our own drawing)
    made.filters |= {"day": day_words, "long_day": long_day, "clock": clock_words, "minutes": minutes_words}
    return made


def render(template: str, **values: object) -> str:
    """Return a template as HTML."""
    return environment().get_template(template).render(values)


def day_words(moment: date) -> str:
    """Return a day as a person says it: `Wed 25 Nov`."""
    return f"{moment:%a}{NARROW}{moment.day}{NARROW}{moment:%b}"


def long_day(moment: date) -> str:
    """Return a day in full: `Wednesday 25 November`."""
    return f"{moment:%A} {moment.day}{NARROW}{moment:%B}"


def clock_words(moment: datetime) -> str:
    """Return a local moment: `Wed 25 Nov, 10:15`."""
    return f"{day_words(moment)}, {moment:%H:%M}"


def rule_key(rule: str) -> str:
    """Return by what addresses know a rule: its id tells the treatment."""
    return sha256(rule.encode()).hexdigest()[:8]


def minutes_words(minutes: int) -> str:
    """Return a length: `40 min`."""
    return f"{minutes}{NARROW}min"


ICONS = {
    "run": "M3 8v8h18c0-2.500-2-3.500-5-4-2-.500-3-1.500-4.500-4l-2 1.50"
    "0C7.500 10.500 5 10 3 8zM3 16v2.500h18V16M11 10.500l-1.500 1M13 12.500l-1.500 1",
    "bike": "M2 16.500a3.500 3.500 0 1 0 7 0 3.500 3.500 0 1 0-7 0M15 16.500a3.500 3.500 0 1 0 7 0 3.50"
    "0 3.500 0 1 0-7 0M5.500 16.500L9 9h6.500l3 7.500M9 9l3.500 7.500L15.500 9 14 6h3M7.500 9h3",
    "strength": "M4 9v6M7 7v10M17 7v10M20 9v6M7 12h10",
    "swim": "M3 17c2-1.500 4-1.500 6 0s4 1.500 6 0 4-1.500 6 0M4 13l6-4 4 3M17 8a1.500 1.500 0 1 0 0-.01",
    "walk": "M13 5a1.500 1.500 0 1 0 0-.01M9 21l3-6-2-3 1-4 3 3 3 1M12 15l3 6",
    "stretch": "M12 5a1.500 1.500 0 1 0 0-.01M4 20h16M7 20l5-8 5 2M12 12V8",
    "workout": "M12 4a8 8 0 1 0 .01 0M12 8v4l3 2",
    "rest": "M19 14.500A7.500 7.500 0 1 1 9.500 5a6 6 0 0 0 9.500 9.500z",
    "treatment": "M4 20l6-6M9 9l6 6M12 6l6 6-3 3-6-6zM16 8l4-4",
    "out": "M12 4a8 8 0 1 0 .01 0M6.500 6.500l11 11",
    "danger": "M12 4l9 16H3zM12 10v4M12 17v.2",
    "call": "M6 4l3 0 1.500 4-2 1.500c1 2.500 3 4.500 5.500 5.500l1.500-2 4 1.500v3c-8 2-16-6-13.500-13.500z",
    "moved": "M4 9l-2 3 2 3M20 9l2 3-2 3M3 12h18",
    "done": "M5 12l4.500 5L19 7",
    "file": "M6 3h8l4 4v14H6zM14 3v4h4",
    "back": "M8 6l-5 5 5 5M3 11h11a6 6 0 0 1 0 9",
}
KIND_ICONS = {
    "run": "run",
    "bike": "bike",
    "upper_body": "strength",
    "lower_body": "strength",
    "core": "strength",
    "swim": "swim",
    "aqua_run": "swim",
    "walk": "walk",
    "mobility": "stretch",
    "plyometrics": "run",
}


def icon(name: str) -> Markup:
    """Return an icon; the words beside it say the same, so it is silent."""
    path = ICONS[KIND_ICONS.get(name, name if name in ICONS else "strength")]
    return Markup('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>').format(path)


def static_text(name: str) -> Markup:
    """Return one of our own style sheets, for a page that must stand alone."""
    text = resources.files("planner.page").joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 (our own)
