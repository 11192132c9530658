"""The sheets to hand out, as pages that print: one for the patient, one for the therapist."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from planner.page.drawing.qr import qr_svg
from planner.page.emergency import emergency_number
from planner.page.handout import Handout, handout_page
from planner.page.sentences import plain, say
from planner.web.page_request import Asked
from planner.web.pages.weeks import dose, viewer_of


def patient(asked: Asked) -> Response:
    """Show the patient's sheet."""
    return _sheet(asked, patient=True)


def therapist(asked: Asked) -> Response:
    """Show the therapist's sheet."""
    return _sheet(asked, patient=False)


def _sheet(asked: Asked, *, patient: bool) -> Response:
    opened, practice = asked.opened, asked.practice
    questions = practice.questions(opened, practice.first_shown(opened), practice.weeks_shown(opened))
    qr = ""
    if not practice.reach.local:
        secret = practice.feeds.secret(asked.key, opened.path)
        qr = qr_svg(f"{practice.reach.origin}/feed/{secret}.ics", plain("calendar.qr"))
    handout = Handout(
        questions.plan,
        questions.task,
        viewer_of(asked, questions),
        dose(opened, questions),
        emergency_number(opened.case.timezone),
        qr,
    )
    other, name = ("therapist", "sheet.to_therapist") if patient else ("patient", "sheet.to_patient")
    look = {
        "alone": False,
        "back": f"{asked.base}/weeks",
        "other": f"{asked.base}/print/{other}",
        "other_name": say(name),
    }
    return HTMLResponse(handout_page(handout, patient=patient, therapist=not patient, **look))
