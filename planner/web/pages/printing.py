"""The sheets to hand out, as pages that print: one for the patient, one for the therapist."""

from __future__ import annotations

from starlette.responses import HTMLResponse, Response

from planner.page.dose import dose_of
from planner.page.drawing.qr import qr_svg
from planner.page.handout import Handout, handout_page
from planner.page.sentences import emergency_number, plain, say
from planner.web.page_request import PageRequest
from planner.web.pages.weeks import viewer_of


def patient(request: PageRequest) -> Response:
    """Show the patient's sheet."""
    return _sheet(request, patient=True)


def therapist(request: PageRequest) -> Response:
    """Show the therapist's sheet."""
    return _sheet(request, patient=False)


def _sheet(request: PageRequest, *, patient: bool) -> Response:
    opened, practice = request.opened, request.practice
    questions = practice.shown(opened)
    qr = ""
    if not practice.reach.local:
        secret = practice.feeds.secret(request.case_key, opened.path)
        qr = qr_svg(f"{practice.reach.origin}/feed/{secret}.ics", plain("calendar.qr"))
    handout = Handout(
        questions.plan,
        questions.task,
        viewer_of(request, questions),
        dose_of(questions.plan, questions.task),
        emergency_number(opened.case.timezone),
        qr,
    )
    other, name = ("therapist", "sheet.to_therapist") if patient else ("patient", "sheet.to_patient")
    look = {
        "alone": False,
        "back": f"{request.base}/weeks",
        "other": f"{request.base}/print/{other}",
        "other_name": say(name),
    }
    return HTMLResponse(handout_page(handout, patient=patient, therapist=not patient, **look))
