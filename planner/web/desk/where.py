"""Where it hurts, and what is treated: words, the drawn body, and the list; all three say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from planner.appointments.appointment import Appointment
from planner.editing.edits import Edit, add_entry, change_entry, remove_entry
from planner.page.drawing.body import Words, body_views
from planner.page.drawing.outline import VIEWS
from planner.page.drawing.places import WHOLE, Place, places_of, places_showing, places_with, undrawn_regions
from planner.page.environment import clock_words, day_words
from planner.page.sentences import plain, say
from planner.rulebook.model import Rulebook
from planner.web.cases.outside import mark_of, number_of
from planner.web.desk.booking.appointments import appointment_form
from planner.web.page_request import PageRequest
from planner.web.words.meaning import meaning_of, region_choices
from planner.web.words.names import everyday_names, not_known, side_in

BEHIND = timedelta(weeks=1)
"""What was treated longer ago is no longer shown."""
OFTEN = (
    *("calf", "plantar_fascia", "achilles", "shin", "knee", "patellar_tendon"),
    *("itb", "upper_hamstring", "gluteal_tendon", "groin"),
)
"""The regions that runners name most."""


def where(request: PageRequest) -> Response:
    """Show what hurts and what is treated; add a place, or take one out."""
    book, opened = request.practice.rulebook, request.opened
    wrong = ""
    which: list[dict[str, str]] = []
    if request.http.method == "POST":
        treated = _treated(request)
        if treated is not None:
            part, region = treated
            return appointment_form(request, part, region)
        edit, wrong, which = _edit(request)
        if edit is not None:
            request.practice.change(opened, edit, request.text("base"))
            return request.redirect("/where")
    places = places_of(book.regions)
    whole = [key for key, region in book.regions.items() if region.whole]
    return request.page(
        "where.html",
        plain("where.page"),
        here="where",
        status=422 if wrong else 200,
        body=body_shown(book, _marks(request, places)),
        often=[row for region in OFTEN if region in book.regions for row in _row(region, places, book)],
        groups=_groups(places, book),
        elsewhere=region_choices(tuple(key for key in undrawn_regions(book.regions) if key not in whole), book),
        so_far=list(_so_far(request)),
        names=everyday_names(book, "regions"),
        sides=[{"value": side, "name": say(f"sides.{side}"), "hint": ""} for side in ("left", "right", "both")],
        side=request.text("side", "left"),
        words=request.text("words"),
        wrong=wrong,
        problems=[wrong] if wrong else [],
        which=which,
        severities=[
            {"value": severity, "name": say(f"severity.{severity}"), "hint": ""}
            for severity in ("mild", "moderate", "severe")
        ],
    )


def body_shown(book: Rulebook, marks: Mapping[tuple[int, str], frozenset[str]]) -> dict[str, Any]:
    """Return the drawn body with its places, the question that each of them asks, and the link of the whole body."""
    places, whole = places_of(book.regions), [key for key, region in book.regions.items() if region.whole]
    names = {
        (place.number, side): _name(place, side, marks.get((place.number, side), frozenset()))
        for place in places
        for side in place.sides
    }
    words = Words({view.name: plain(f"where.{view.name}") for view in VIEWS}, names)
    return {
        "figures": [
            {
                "name": drawn.view.name,
                "svg": Markup(drawn.svg),  # noqa: S704 (our own drawing, its names escaped)
                "left": say("where.your_right" if drawn.view.right_is_left else "where.your_left"),
                "right": say("where.your_left" if drawn.view.right_is_left else "where.your_right"),
            }
            for drawn in body_views(places, marks, words)
        ],
        "panels": [*_panels(places, names, book), *_panel_of_whole(whole, book)],
        "whole": WHOLE if whole else "",
    }


def _treated(request: PageRequest) -> tuple[str, str] | None:
    """Return the words for what the form says is treated, and the region where one was chosen; else None."""
    book = request.practice.rulebook
    region, _, side = request.text("treated").partition(".")
    if region in book.regions:
        return f"{side} {book.regions[region].name.lower()}".strip(), region
    if request.text("do") != "treated":
        return None
    side, words = side_in(request.text("words"))
    if not meaning_of(words, book).regions:
        return None
    return f"{side or request.text('side', 'left')} {words}", request.text("region")


def _edit(request: PageRequest) -> tuple[Edit | None, str, list[dict[str, str]]]:
    """Return what the form changes in the case, what is wrong with it, or which regions it may mean."""
    book, case = request.practice.rulebook, request.opened.case
    mark = request.text("gone") or request.text("worse") or request.text("healed")
    if mark:
        number = number_of(case.injury, mark)
        edit, wrong = (None, plain("entries.other_by_now")) if number is None else _of_injury(request, number)
        return edit, wrong, []
    region, _, side = request.text("hurts").partition(".")
    if region not in book.regions:
        side_said, words = side_in(request.text("words"))
        side = side_said or request.text("side", "left")
        meaning = meaning_of(words, book)
        meant = meaning.regions
        region = request.text("region") if request.text("region") in meant else ""
        if not meant:
            return None, not_known(book, "regions", words), []
        if not region and meaning.asks:
            return None, "", region_choices(meant, book)
        region = region or meant[0]
    values: dict[str, Any] = {"region": region}
    if side in {"left", "right", "both"}:
        values["side"] = side
    if any(injury.region == region and injury.side == values.get("side") for injury in case.injury):
        return None, plain("where.there_already"), []
    return add_entry("injury", values), "", []


def _of_injury(request: PageRequest, number: int) -> tuple[Edit | None, str]:
    """Return what the form changes of an injury that is there: it is gone, or healed, or as severe as is said now."""
    if request.text("gone"):
        return remove_entry("injury", number), ""
    if request.text("healed"):
        try:
            healed = date.fromisoformat(request.text("healed_on"))
        except ValueError:
            return None, plain("book.no_date")
        return change_entry("injury", number, {"healed": healed, "by": request.text("by") or None}), ""
    severity = request.text("severity")
    if severity not in {"mild", "moderate", "severe"}:
        return None, plain("entries.needed")
    return change_entry("injury", number, {"severity": severity}), ""


def _marks(request: PageRequest, places: dict[Place, tuple[str, ...]]) -> dict[tuple[int, str], frozenset[str]]:
    """Return what is so at each place: what hurts, and what is or was lately treated; of the whole body, at all."""
    marks_by_place: dict[tuple[int, str], set[str]] = {}
    if request.private:
        return {}
    # Where nobody says on which side it is treated, it is the one that hurts.
    side_of = next((injury.side for injury in request.opened.case.injury if injury.side), None)
    there = [("hurts", injury.region, injury.side) for injury in request.opened.case.injury if injury.healed is None]
    there += [("treated", treatment.region, treatment.side or side_of) for treatment in _treatments(request)]
    for mark, region, region_side in there:
        whole = request.practice.rulebook.regions[region].whole
        everywhere = ((place, side) for place in places for side in place.sides)
        for place, side in everywhere if whole else places_showing(region, region_side, places):
            marks_by_place.setdefault((place.number, side), set()).add(mark)
    return {key: frozenset(marks) for key, marks in marks_by_place.items()}


def _treatments(request: PageRequest) -> list[Appointment]:
    """Return the treatments that the page speaks of: those of the last days, and those ahead."""
    opened = request.opened
    return [
        treatment
        for treatment in request.practice.questions(opened).task.treatments
        if treatment.end > opened.moment.now - BEHIND and treatment.entry < len(opened.case.treatments)
    ]


def _name(place: Place, side: str, marks: frozenset[str]) -> str:
    name = plain(f"places.{place.key}")
    if side:
        name = plain("where.sided", side=plain(f"sides.{side}").capitalize(), place=name[:1].lower() + name[1:])
    if marks:
        name += ", " + plain("where.and").join(plain(f"where.{mark}") for mark in sorted(marks))
    return name


def _panels(
    places: dict[Place, tuple[str, ...]], names: dict[tuple[int, str], str], book: Rulebook
) -> Iterator[dict[str, Any]]:
    """Yield the question of each place and side: which of its regions is meant."""
    for place, regions in places.items():
        for side in place.sides:
            yield {
                "anchor": place.anchor(side),
                "name": names[place.number, side],
                "regions": [{"value": f"{region}.{side}", "name": book.regions[region].name} for region in regions],
            }


def _panel_of_whole(whole: list[str], book: Rulebook) -> Iterator[dict[str, Any]]:
    """Yield the question of the link beside the drawing: what is no place is of no side either."""
    if whole:
        regions = [{"value": f"{region}.", "name": book.regions[region].name} for region in whole]
        yield {"anchor": WHOLE, "name": say("where.whole"), "regions": regions}


def _row(region: str, places: dict[Place, tuple[str, ...]], book: Rulebook) -> Iterator[dict[str, Any]]:
    """Yield a line of the list: it leads to the place where the region is drawn."""
    for place, side in places_with(region, "left", places):
        entry = book.regions[region]
        yield {
            "anchor": place.anchor(side),
            "name": entry.name,
            "also": ", ".join(entry.everyday_names[:3]),
            "asks": len(places[place]) > 1,
        }
        return


def _groups(places: dict[Place, tuple[str, ...]], book: Rulebook) -> list[dict[str, Any]]:
    return [
        {
            "name": say(f"groups.{group}"),
            "rows": [
                row for key, region in book.regions.items() if region.group == group for row in _row(key, places, book)
            ],
        }
        for group in ("leg", "trunk", "arm")
    ]


def _so_far(request: PageRequest) -> Iterator[dict[str, Any]]:
    book = request.practice.rulebook
    for number, injury in enumerate(request.opened.case.injury):
        side = "" if injury.side is None else plain(f"sides.{injury.side}")
        yield {
            "look": "hurts",
            "text": say("where.hurts_there", region=book.regions[injury.region].name, side=side)
            if injury.healed is None
            else say(
                "where.healed_there",
                region=book.regions[injury.region].name,
                side=side,
                day=day_words(injury.healed),
            ),
            "today": request.opened.moment.today.isoformat(),
            "number": number,
            "mark": mark_of(injury),
            "severity": injury.severity,
        }
    for treatment in _treatments(request):
        when = day_words(treatment.start) if treatment.whole_day else clock_words(treatment.start)
        past = treatment.end <= request.opened.moment.now
        yield {
            "look": "treated",
            "text": say(
                "where.was_treated" if past else "where.treated_there",
                region=book.regions[treatment.region].name,
                kind=book.treatments[treatment.kind].name.lower(),
                when=when,
            ),
            "number": None,
            "severity": "",
        }
