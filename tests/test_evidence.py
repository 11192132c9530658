"""The rulebook against the evidence: no row is lost, every rule is reached by some case, every grade is honest."""

from __future__ import annotations

import itertools
import re
from datetime import date
from typing import get_args

import pytest

from planner import Case, shipped_rulebook
from planner.case.model import Injury, LogEntry
from planner.limits.health_windows import health_windows, person_spans
from planner.limits.in_force import rules_in_force, training_rules
from planner.limits.log_windows import log_windows
from planner.limits.progress import LogReading
from planner.limits.rule_windows import HealthReading, speaks_about_injury
from planner.page.sentences import sentences
from planner.rulebook.rule import Rule
from planner.rulebook.scales import EVIDENCE, Response, Severity, Tissue
from tests.reaching import treatments_of
from tests.readme import ROOT

pytestmark = pytest.mark.once

RULEBOOK = shipped_rulebook()
TODAY = date(2026, 11, 24)
ROWS = [
    *(f"DN-{number:02}" for number in (*range(1, 13), 20, 21, *range(23, 32), *range(40, 49))),
    *("TN-01", "AC-01", "AC-02", "MA-01", "MA-03", "MA-04", "MA-05", "MA-06", "IA-01", "CU-01", "CU-03"),
    *(f"SM-{number:02}" for number in range(1, 4)),
    *(f"SW-{number:02}" for number in range(1, 8)),
    *(f"CS-{number:02}" for number in range(1, 7)),
    *(f"PR-{number:02}" for number in range(1, 7)),
    *("HA-01", "GN-01", "GN-02", "GN-03"),
    *(f"DO-{number:02}" for number in (*range(1, 15), *range(20, 28), *range(30, 34), *range(40, 45))),
    *(f"DO-{number:02}" for number in (*range(50, 56), *range(60, 73), *range(80, 89), *range(90, 94))),
]
"""The 69 rows about treatments, and the 63 about dose, that the rulebook was made from."""
SAFETY = [f"SA-{number:02}" for number in (*range(1, 28), *range(30, 61), *range(61, 84))]
"""The rows of the safety research that rules put into practice."""
CORRECTIONS = [f"SA-C{number}" for number in range(1, 24)]
COVERAGE = {
    cells[0]: cells[1:]
    for line in (ROOT / "docs" / "evidence-coverage.md").read_text(encoding="utf-8").splitlines()
    if len(cells := [cell.strip() for cell in line.strip("|").split("|")]) > 1
    and re.fullmatch(r"[A-Z]{2}-C?\d+", cells[0])
}


def test_every_row_of_the_evidence_stands_in_the_coverage() -> None:
    """All rows are listed once, and no other."""
    assert 69 + 63 == len(ROWS)
    assert sorted([*ROWS, *SAFETY, *CORRECTIONS]) == sorted(COVERAGE)


@pytest.mark.parametrize("row", [*ROWS, *SAFETY])
def test_what_the_coverage_says_of_a_row_is_so(row: str) -> None:
    """The rules that are named exist and cover the row; a row without a rule gives the reason."""
    said = " ".join(COVERAGE[row])
    named = set(re.findall(r"`([a-z_]+\.[a-z0-9_]+)`", said))
    covering = {rule.id for rule in RULEBOOK.rules.values() if row in rule.covers}
    assert named <= set(RULEBOOK.rules)
    assert covering <= named, f"{row} is covered by {sorted(covering - named)}, which the coverage does not name"
    assert covering or len(said.split()) > 5


def test_no_rule_covers_a_row_that_does_not_exist() -> None:
    """A mistyped row in `covers` would lose it silently."""
    assert set() == {row for rule in RULEBOOK.rules.values() for row in rule.covers} - {*ROWS, *SAFETY}


def reached_by_treatments() -> set[str]:
    """Return the rules that speak about some treatment of some region."""
    rules = [rule for rule in RULEBOOK.rules.values() if rule.about == "treatment"]
    return {rule.id for rule in rules if next(treatments_of(RULEBOOK, rule), None) is not None}


def reached_by_injuries() -> set[str]:
    """Return the rules that speak about some injury."""
    injuries = [
        Injury(region=region, tissue=tissue, severity=severity)
        for region, tissue, severity in itertools.product(RULEBOOK.regions, get_args(Tissue), get_args(Severity))
    ]
    rules = [rule for rule in RULEBOOK.rules.values() if rule.about == "injury"]
    found = {rule.id for rule in rules for injury in injuries if speaks_about_injury(rule.when, injury, RULEBOOK)}
    for injury in injuries:
        case = Case(timezone="UTC", injury=(injury,))
        found |= {rule.id for rule in training_rules(case, RULEBOOK, RULEBOOK.rules.values(), TODAY).values()}
    return found


def reached_by_the_log() -> set[str]:
    """Return the rules that speak about some log entry."""
    found: set[str] = set()
    for region, tissue, response in itertools.product(RULEBOOK.regions, get_args(Tissue), get_args(Response)):
        entry = LogEntry(date=date(2026, 11, 24), did="walk", limp=True)
        case = Case(timezone="UTC", injury=(Injury(region=region, tissue=tissue),), log=(entry,))
        said = [LogReading(0, date(2026, 11, 24), region, response, HealthReading("limp"))]
        windows = log_windows(case, RULEBOOK, rules_in_force(case, RULEBOOK).values(), said, [])
        found |= {window.rule.id for window in windows}
    return found


def reached_by_health() -> set[str]:
    """Return the rules that speak about somebody's health, or about being ill."""
    health = {"pregnant": True, "birth": TODAY, "surgery": TODAY, "fracture": TODAY, "quinolone_until": TODAY}
    facts = dict.fromkeys(
        ("blood_thinners", "pacemaker", "epilepsy", "heart_disease", "weak_immunity", "painkiller"), True
    )
    ill = [{"kind": kind, "from": TODAY, "until": date(2026, 11, 30)} for kind in RULEBOOK.illnesses]
    injury = {"region": "achilles", "tissue": "tendon"}
    case = Case.model_validate({"timezone": "UTC", "injury": [injury], "health": {**health, **facts}, "illness": ill})
    strict = rules_in_force(case.model_copy(update={"caution": "strict"}), RULEBOOK)
    rules = (rules_in_force(case, RULEBOOK) | strict).values()
    advice = {rule.id for rule in rules if rule.about == "person" and any(person_spans(case, rule))}
    return advice | {window.rule.id for window in health_windows(case, RULEBOOK, rules)}


def test_every_rule_is_reached_by_some_case() -> None:
    """For each rule there is a treatment, an injury or a log entry that it speaks about."""
    reached = reached_by_treatments() | reached_by_injuries() | reached_by_the_log() | reached_by_health()
    # These hold for everybody: they are looked up by what they say, not by whom they speak about.
    reached |= {
        rule.id for rule in RULEBOOK.rules.values() if rule.longer_by_hours or rule.about == "training" or rule.setbacks
    }
    assert [] == sorted(set(RULEBOOK.rules) - reached)


@pytest.mark.parametrize("rule", RULEBOOK.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_is_honest_about_its_evidence(rule: Rule) -> None:
    """A graded rule has sources that are not all of low trust, and a trial is claimed only by grade A."""
    trusted = [source for source in rule.sources if not RULEBOOK.sources[source].low_trust]
    assert rule.evidence == "M" or trusted
    if rule.never_loosen:
        assert rule.permissive is None


FIGURES = (
    *("hours_after", "days_after", "weeks_after", "hours_before", "days_before", "weeks_before", "illness_days"),
    *("max_minutes", "percent_of_usual", "percent_of_usual_week", "percent_of_longest_run", "percent_of_easy_run"),
    *("hours_between_sessions", "days_between_runs", "days_between_hard", "days_between_long", "days_before_race"),
    *("after_break", "after_race", "before_race", "longest", "week_ceiling", "growth", "gap", "most_days_in_a_row"),
)
"""The fields of a rule that say how long, how far or how much."""
NUMBER = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|half|quarter|third|fifth|tenth|first|second|single)\b"
    r"|\b(a|an|the|every|rest|whole) (day|week|month|hour)|\bany pain\b|weekly|on the day|quiet day",
    re.IGNORECASE,
)
JUDGEMENT = re.compile(r"our own (judgement|choice)|from memory", re.IGNORECASE)
OPINION = re.compile(r"opinion|caution|no research|individual advice")
OBSERVED = {"training.session_cap"}
"""The figure that these are about was observed; what they call judgement are the cases beside it."""


def has_figures(rule: Rule) -> bool:
    """Return whether a rule binds somebody by a figure: a window, a length, a share, a gap."""
    binds = rule.caps or rule.check or rule.question or rule.hours_between_sessions
    return bool(binds) and bool(set(FIGURES) & set(rule.model_dump(exclude_defaults=True)))


@pytest.mark.parametrize(
    "rule", [rule for rule in RULEBOOK.rules.values() if has_figures(rule)], ids=lambda rule: rule.id
)
def test_a_reason_has_its_number_or_says_that_it_is_judgement(rule: Rule) -> None:
    """Nobody is bound by a figure whose origin is not told: the source's number, an opinion, or our own judgement."""
    assert any(told.search(rule.why) for told in (NUMBER, JUDGEMENT, OPINION)), rule.why
    if rule.evidence == "M":
        assert JUDGEMENT.search(rule.why) or re.search(r"opinion|plain sense|no source", rule.why), rule.why


@pytest.mark.parametrize("rule", RULEBOOK.rules.values(), ids=lambda rule: rule.id)
def test_judgement_is_never_dressed_up_as_evidence(rule: Rule) -> None:
    """What a reason calls our own judgement is graded so, and what it calls opinion is no finding of a study."""
    if JUDGEMENT.search(rule.why) and rule.id not in OBSERVED:
        assert "M" == rule.evidence
    if re.search(r"opinion|caution", rule.why):
        assert rule.evidence not in {"A", "B"}


def test_a_grade_is_called_the_same_everywhere() -> None:
    """The page and the terminal have the same words; those for A fit a trial, a review and a drug label."""
    assert EVIDENCE == {grade: sentences()[f"sure.{grade}"] for grade in EVIDENCE}
    assert {"trial", "review", "label"} <= set(re.findall(r"\w+", EVIDENCE["A"]))
