"""The commented case file that a few answers make."""

from __future__ import annotations

from datetime import date, timedelta

REMARKS = 35
"""The column of the remarks in a new case file."""


def case_text(answers: dict[str, str]) -> str:
    """Return a commented case file for some answers, `id` among them."""
    runs, bikes, upper_body = answers["goals"].split()
    longest, soon = answers.get("longest", ""), answers.get("soon", "2027-01-12")
    fitness = f"[fitness]\nlongest_run_minutes = {longest}  # the longest of the last 30 days"
    text = answers.get("schema", "") + _TEMPLATE.format(
        fitness=fitness if longest else _FITNESS,
        race=date.fromisoformat(soon) + timedelta(days=28),
        **answers,
        quoted_name=_toml_text(answers["name"]),
        treatments=_treatment(answers),
        runs=runs,
        bikes=bikes,
        upper_body=upper_body,
    )
    return "\n".join(_aligned(line) for line in text.splitlines()) + "\n"


def _aligned(line: str) -> str:
    """Return a line with its remark in the same column as the others."""
    content, mark, remark = line.partition("  # ")
    return f"{content.rstrip():<{REMARKS}}# {remark.strip()}" if mark and content.strip() else line


def _treatment(answers: dict[str, str]) -> str:
    if not answers["treatment"]:
        return _NO_TREATMENT.format(soon=answers.get("soon", "2027-01-12"))
    kind, region = answers["treatment"].split(",")
    return (
        "[[treatments]]                     # one block for each appointment\n"
        f'kind = "{kind}"\n'
        f'region = "{region or answers["region"]}"\n'
        f"start = {answers['start']:<28}# a date alone where the time is not known\n"
        "# minutes = 45\n"
        '# dose = "heavy"                   # light, normal, or heavy: deep, many insertions, very sore\n'
        '# repeat = { every = "1 week", count = 4 }\n'
    )


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_NO_TREATMENT = """\
# [[treatments]]                   # one block for each appointment, when one is booked
# kind = "dry_needling"
# region = "calf"
# start = {soon}T09:30:00      # a date alone where the time is not known
"""

_FITNESS = """\
# [fitness]                        # minutes, from before the injury changed things
# easy_run_minutes = 40
# longest_run_minutes = 60         # the longest of the last 30 days
# bike_minutes = 45"""

_TEMPLATE = """\
# A case for planner: what hurts, what is booked, what you would like to train.
# Lines that begin with # are remarks: take the # away to use what they show.

name = {quoted_name}
id = "{id}"          # keeps this plan's workouts apart from those of other plans
timezone = "{timezone}"            # all times here are local to it
caution = "standard"               # permissive, standard or strict

[injury]
region = "{region}"
severity = "{severity}"            # mild, moderate or severe
# side = "left"

{treatments}
[goals]                            # a week holds these, the most important first
runs = {runs}
bikes = {bikes}
upper_body = {upper_body}
# swims = 1                        # also: lower_body, core, mobility, walks, hard_runs, hard_bikes, long_rides, hikes,
                                   # elliptical, rowing, yoga, climbing: a wrong word is answered with the right one
# long_run = "sunday"
rest_days = 1                      # at least so many days without a workout

[availability]                     # when a workout may start
default = "{window}"
# saturday = "09:00-12:00"
# wednesday = ["06:30-07:30", "18:00-19:30"]
# friday = []                      # no time on Fridays

{fitness}

# [[races]]
# date = {race}
# name = "Winter 10K"
# minutes = 55
"""
