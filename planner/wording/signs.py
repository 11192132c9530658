"""Danger signs as words: what one means, what ends its ban, and what tells a bone where a name says several things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.case.model import Case
from planner.errors import one_of
from planner.limits.red_flags import Flag, advice_notes
from planner.revision.pinned import Pinned
from planner.rulebook.model import Rulebook
from planner.wording.english import day_name, listed, small

OTHER_RULEBOOK = (
    "The plan in the calendar was made by another rulebook: where workouts move or go without a change of yours, its "
    "rules are why."
)
HOW_SOON = {
    "emergency": "Emergency",
    "same_day": "See a clinician today",
    "soon": "See a clinician in the next days",
    "ask": "A question first",
    "note": "Note",
}
UNTIL_FOUND = (
    "No workouts are planned until the case says what was found: planner log CASE "
    '--cleared "ruled out" --by "my doctor", or --cleared confirmed --training-from DATE.'
)
WHOM_IT_IS_NOT_FOR = (
    "For adults who train and are otherwise well: not for under 18s, and not while pregnant, within 12 weeks of a "
    "birth or an operation, with heart disease, a recent clot or a fracture, unless the clinician who knows you has "
    "agreed."
)
"""Whom the program is not for, in one sentence (`SA-30` to `SA-35`)."""
ASKED = "that advice was sought, which ends nothing: write what was found"


def sign_alert(flag: Flag) -> str:
    """Return what a danger sign means: how soon it needs a clinician, and what to do."""
    if flag.word:
        return f'{HOW_SOON[flag.sign.level]}: I do not know "{flag.word}" ({day_name(flag.day)}). {flag.sign.advice}'
    days = None if flag.sign.closes_the_plan else flag.sign.days
    soon = HOW_SOON[flag.sign.level] if days is None else f"See a clinician within {days} days"
    return f"{soon}: {flag.sign.name[:1].lower()}{flag.sign.name[1:]} ({day_name(flag.day)}). {flag.sign.advice}"


def sign_name(flag: Flag) -> str:
    """Return what a sign is called, at the beginning of a sentence."""
    return f'"{flag.word}"' if flag.word else flag.sign.name


def sign_ending(flag: Flag, case: Case) -> str:
    """Return what ends a danger sign, and what was written instead, if anything."""
    if flag.free_from is not None:
        return f"It {_what_became_of(flag, flag.free_from)}"
    if flag.confirmed:
        return "It was confirmed. Until your clinician names a day, training_from = DATE, nothing is planned."
    until = (
        UNTIL_FOUND if flag.sign.closes_the_plan else 'Then: planner log CASE --cleared "ruled out" --by "my doctor".'
    )
    entries = [entry for number, entry in advice_notes(case) if (entry.date, number) >= (flag.day, flag.entry)]
    asked = f" Your log of {day_name(entries[0].date)} says {ASKED}." if entries else ""
    return f"Needed: {flag.sign.finding}. {until}{asked}"


def sign_standing(flag: Flag, case: Case) -> str:
    """Return how a danger sign stands: what it means and needs, or once that is known what was found of it."""
    if flag.free_from is not None:
        return f"{sign_name(flag)} ({day_name(flag.day)}) {_what_became_of(flag, flag.free_from)}"
    return f"{sign_alert(flag)} {sign_ending(flag, case)}"


def _what_became_of(flag: Flag, free_from: date) -> str:
    if flag.confirmed:
        return f"was confirmed: training may begin again on {day_name(free_from)}."
    if flag.clearance is None:
        return f"has gone: it binds nothing from {day_name(free_from)}."
    return f"was ruled out: training goes on from {day_name(free_from)}."


def not_meanwhile_alert(treatment: str, day: date, flag: Flag) -> str:
    """Return that an appointment should wait until a sign was looked at; `treatment` says what it is."""
    name = f'"{flag.word}"' if flag.word else f"{flag.sign.name[:1].lower()}{flag.sign.name[1:]}"
    return f"{treatment[:1].upper()}{treatment[1:]} on {day_name(day)}: not before it is known what {name} is."


def withdrawn_note(withdrawn: tuple[Pinned, ...], last: date, names: list[str]) -> str:
    """Return that workouts after the last planned day are cancelled, for a rule forbids them there."""
    until = max(pinned.start.date() for pinned in withdrawn)
    count = "1 workout is" if len(withdrawn) == 1 else f"{len(withdrawn)} workouts are"
    return (
        f"After {day_name(last)} {count} cancelled too, up to {day_name(until)} ({listed(names)}): what forbids "
        "them reaches that far. `planner why CASE DATE` says what it is."
    )


def clinicians_word_note(title: str, by: str, *, gone: bool, what: str = "") -> str:
    """Return that a rule which guards against harm is a clinician's now, or is taken away on their word.

    Args:
        title: the rule's title.
        by: who the clinician is.
        gone: whether the rule does not hold at all.
        what: what it is about, where not all that it says is changed; empty is all.

    """
    meant = f" for {what}" if what else ""
    return f"On the word of {by} this rule {'does not hold' if gone else 'is theirs'}{meant}: {title}."


def leave_note(what: str, by: str, titles: Sequence[str]) -> str:
    """Return that a clinician allows what some rules, by their titles, do not."""
    return f"{by[:1].upper()}{by[1:]} allows {what}, in spite of: {'; '.join(titles)}."


def not_booked_alert(treatment: str, day: date, title: str) -> str:
    """Return that an appointment should not be, for a reason in a rule's title; `treatment` says what it is."""
    what = f"{treatment[:1].upper()}{treatment[1:]} on {day_name(day)}"
    return f"{what}: {title[:1].lower()}{title[1:]}. Ask your clinician."


def fever_alert(name: str, begins: date, treatment: str, day: date, advice: str) -> str:
    """Return that an illness began so soon after a treatment that it may come from it, and what to do.

    Args:
        name: what the illness is called.
        begins: its first day.
        treatment: what the treatment before it is called.
        day: the day of the treatment.
        advice: what to do.

    """
    return f"{name} from {day_name(begins)}, after {treatment} on {day_name(day)}: {advice[:1].lower()}{advice[1:]}"


def illness_advice(name: str, advice: str) -> str:
    """Return what to mind in an illness, or after it."""
    return f"{name}: {advice[:1].lower()}{advice[1:]}"


def long_illness_alert(name: str, begins: date, day: int) -> str:
    """Return that an illness has lasted so long that a doctor should see it."""
    return f"{name} since {day_name(begins)}, day {day}: let a doctor see you."


def other_readings(word: str, rulebook: Rulebook) -> str:
    """Return the other parts of the body that an ambiguous name may mean, given by its key."""
    others = rulebook.ambiguous_names[word].could_be
    return one_of(small(rulebook.regions[region].name) for region in others)


def ambiguity_sentence(word: str, rulebook: Rulebook) -> str:
    """Return what an ambiguous name was taken as, how to say otherwise, and the question that tells a bone."""
    entry = rulebook.ambiguous_names[word]
    region = rulebook.regions[entry.means]
    spoken = word.replace("_", " ")
    return (
        f'Taken for granted: "{spoken}" means {small(region.name)} ({region.tissue}). '
        f"It may also be {other_readings(word, rulebook)}: "
        f"write that as the region if you know, for it may change much. {entry.question}"
    )


def which_place(word: str, answer: str, rulebook: Rulebook) -> str:
    """Return how to ask which part of the body an ambiguous answer means."""
    entry = rulebook.ambiguous_names[word]
    taken = small(rulebook.regions[entry.means].name)
    return (
        f'"{answer}" may be {taken}, {other_readings(word, rulebook)}. {entry.question} '
        f'Write which it is, or "{answer}" again if you do not know'
    )
