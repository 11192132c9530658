"""Figures: the numbers of a rule in its texts, as people say them and as they are in force."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from pydantic import ValidationError

from planner.rulebook.figures import figure, figure_names, hours_span, on_day
from planner.rulebook.file import shipped_rulebook
from planner.rulebook.rule import Rule
from planner.rulebook.scales import Caution

RULEBOOK = shipped_rulebook()


@pytest.mark.parametrize(
    ("first", "last", "unit", "said"),
    [
        (0, 1, "hours", "1 hour"),
        (0, 24, "hours", "24 hours"),
        (12, 36, "hours", "12 to 36 hours"),
        (4, 0, "hours", "4 hours"),
        (0, 96, "hours", "96 hours"),
        (0, 97, "hours", "97 hours"),
        (0, 120, "hours", "5 days"),
        (0, 24, "days", "1 day"),
        (336, 720, "days", "14 to 30 days"),
        (0, 36, "days", "36 hours"),
        (0, 672, "weeks", "4 weeks"),
        (0, 720, "weeks", "30 days"),
        (0, 700, "weeks", "700 hours"),
    ],
)
def test_a_span_is_said_in_its_unit_where_it_is_whole_in_it(first: float, last: float, unit: str, said: str) -> None:
    """Hours that are whole days past 96 are days; what is not whole falls back to days, then hours."""
    assert hours_span(first, last, unit) == said


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("percent_of_longest_run", 110, "110 %"),
        ("max_minutes", 30, "30 minutes"),
        ("days_before_race", 1, "1 day"),
        ("hours_between_sessions", 72, "72 hours"),
        ("pain_at_most", 2, "2"),
    ],
)
def test_a_figure_has_the_unit_of_its_name(name: str, value: float, said: str) -> None:
    """Percent, minutes, days, hours, or a number alone."""
    assert figure(name, value) == said


@pytest.mark.parametrize(("hours", "said"), [(840, "day 35"), (36, "hour 36")])
def test_an_end_is_a_day_where_it_is_whole(hours: float, said: str) -> None:
    """Day 35 after a treatment; an hour and a half day is counted in hours."""
    assert on_day(hours) == said


def a_rule(**changed: object) -> Rule:
    """Return a rule of 24 hours with a strict level of 48."""
    of_it = {"id": "test.a", "why": "Because.", "evidence": "M", "hours_after": [0, 24], "max_minutes": 30}
    return Rule.model_validate({**of_it, "title": "For {hours_after}", "strict": {"hours_after": [0, 48]}, **changed})


def test_a_place_that_is_no_figure_of_the_rule_is_an_error_that_names_those_it_has() -> None:
    """`{pain_at_most}` in a rule without a check."""
    with pytest.raises(ValidationError, match=r"names {pain_at_most}, which is no figure") as error:
        a_rule(title="Pain {pain_at_most}")
    assert "{max_minutes}" in str(error.value)


def test_every_text_of_a_rule_follows_its_level() -> None:
    """Title, advice, and a reason that holds for both figures."""
    rule = a_rule(advice="{hours_after}.", why="{hours_after}!", strict={"hours_after": [0, 48], "why_holds": True})
    strict = rule.at("strict")
    assert strict is not None
    assert (rule.title, rule.advice, rule.why) == ("For 24 hours", "24 hours.", "24 hours!")
    assert (strict.title, strict.advice, strict.why) == ("For 48 hours", "48 hours.", "48 hours!")


def test_no_title_of_the_shipped_rules_has_a_figure_of_its_own() -> None:
    """Else an exception, or a level, would stand beside the old figure: each number in a title is a place for one."""
    written = {rule.id: rule.written("title") for rule in RULEBOOK.rules.values()}
    assert {key: title for key, title in written.items() if re.search(r"\d", title)} == {}
    assert sum(bool(figure_names(title)) for title in written.values()) > len(written) / 2


@pytest.mark.parametrize("caution", get_args(Caution))
def test_no_text_in_force_has_an_open_place(caution: Caution) -> None:
    """At every level every figure has its value."""
    rules = [found for rule in RULEBOOK.rules.values() if (found := rule.at(caution))]
    assert [rule.id for rule in rules if figure_names(f"{rule.title}{rule.why}{rule.advice}")] == []
