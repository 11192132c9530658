"""What to do where there is a danger sign: the steps first; then what a clinician found, or a tick by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from starlette.responses import Response

from planner.editing.edits import Edit, change_entry, remove_entry
from planner.editing.log_entry import add_log_entry
from planner.limits.red_flags import LEVELS, Flag
from planner.page.environment import day_words
from planner.page.sentences import emergency_number, in_page_words, plain, say
from planner.web.cases.outside import mark_of, number_of
from planner.web.page_request import PageRequest
from planner.wording.signs import sign_name


def danger(request: PageRequest) -> Response:
    """Show what to do now; write down what a clinician found, or that a sign was ticked by mistake."""
    if request.http.method == "POST":
        edit = _clearing(request)
        if edit is not None:
            request.practice.change(request.opened, edit, request.opened.base, words=_thanks(request))
            del request.opened
        return request.redirect("/danger" if request.practice.questions(request.opened).cleared else "/weeks")
    today, task = request.opened.moment.today, request.practice.questions(request.opened).task
    flags = [flag for flag in task.flags if flag.sign.level in LEVELS[:3] and flag.stands_on(today)]
    urgent = any(flag.sign.level == "emergency" for flag in flags)
    case = request.opened.case
    names = list(dict.fromkeys(sign_name(flag) for flag in flags))
    return request.page(
        "danger.html",
        plain("danger.title"),
        here="none",
        ticked="; ".join(name.lower() for name in names),
        heading=say(f"danger.{flags[0].sign.level}") if flags else "",
        number=emergency_number(case.timezone) if urgent else "",
        steps=_steps(flags, urgent=urgent) + _to_say(request, names),
        cleared=say(
            "danger.plan_cleared" if any(flag.sign.closes_the_plan for flag in flags) else "danger.plan_limited"
        ),
        today=request.opened.moment.today,
        standing=[
            {"name": sign_name(flag).lower(), "entry": mark_of(case.log[flag.entry]), "key": flag.word or flag.key}
            for flag in flags
        ],
        why=list(dict.fromkeys(in_page_words(flag.sign.why) for flag in flags)),
    )


def _steps(flags: Iterable[Flag], *, urgent: bool) -> list[Any]:
    """Return what the rulebook advises, sentence by sentence, each once."""
    sentences: list[Any] = []
    for flag in flags:
        if urgent and flag.sign.level != "emergency":
            continue
        advice = in_page_words(flag.sign.advice)
        sentences += [text.strip() for text in re.split(r"(?<=[.!])\s+", advice) if text.strip()]
    steps = list(dict.fromkeys(sentences))
    return [*steps, say("danger.elsewhere")] if urgent else [*steps, say("danger.line")]


def _to_say(request: PageRequest, names: Sequence[str]) -> list[Any]:
    """Return the sentence to say on the telephone: what was treated last, and what is felt."""
    opened, book = request.opened, request.practice.rulebook
    task = request.practice.questions(opened).task
    before = [appointment for appointment in task.treatments if appointment.start <= opened.moment.now]
    if not before:
        return [say("danger.say", signs=" and ".join(name.lower() for name in names))]
    last = before[-1]
    return [
        say(
            "danger.say_treated",
            region=book.regions[last.region].name.lower(),
            kind=book.treatments[last.kind].name.lower(),
            day=day_words(last.start),
            signs=" and ".join(name.lower() for name in names),
        )
    ]


def _thanks(request: PageRequest) -> str:
    """Return what the next page says where a clinician's finding was written down."""
    thanks = {"ruled out": "danger.thanks_ruled_out", "confirmed": "danger.thanks_confirmed"}.get(request.text("do"))
    day = day_words(_seen_on(request))
    return "" if thanks is None else say(thanks, day=day, by=request.text("by"))


def _seen_on(request: PageRequest) -> date:
    """Return the day on which a clinician looked, today where the form says none that can be."""
    today = request.opened.moment.today
    with suppress(ValueError):
        return min(date.fromisoformat(request.text("date")), today)
    return today


def _clearing(request: PageRequest) -> Edit | None:
    """Return the edit that a clinician's finding makes, or that of a sign that was ticked by mistake."""
    case = request.opened.case
    do, by = request.text("do"), request.text("by")
    if do == "mistake":
        number, sign = number_of(case.log, request.text("entry")), request.text("sign")
        if number is None:
            return None
        entry = case.log[number]
        left = [other for other in entry.signs if other != sign]
        if not left and entry.model_fields_set <= {"date", "signs"}:
            return remove_entry("log", number)
        return change_entry("log", number, {"signs": left or None})
    if do not in {"ruled out", "confirmed"} or not by:
        return None
    fields: dict[str, Any] = {"date": _seen_on(request), "cleared": do, "by": by[:200]}
    if do == "confirmed" and request.text("training_from"):
        try:
            fields["training_from"] = date.fromisoformat(request.text("training_from"))
        except ValueError:
            return None
    return lambda text: add_log_entry(text, None, fields)
