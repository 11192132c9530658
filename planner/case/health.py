"""What else is so with a person: `[health]`, being ill (`[[illness]]`), the names of danger signs."""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator

from planner.case.entries import PlainDate, known_name, plain_date, rulebook_of
from planner.errors import one_of, quoted
from planner.models import Frozen
from planner.rulebook.model import Rulebook
from planner.rulebook.scales import HealthFact
from planner.validation import mistake

YOUNGEST = 18
"""Years: the evidence is from adults (`SA-32`)."""


class Cleared(Frozen):
    """Say that something is so, and from when on a clinician agreed."""

    cleared: PlainDate


class Happened(Frozen):
    """Say when something happened, and from when on a clinician agreed to go on."""

    date: PlainDate
    cleared: PlainDate | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.cleared is not None and self.cleared < self.date:
            raise mistake(f"cleared = {self.cleared} lies before it happened", f"give {self.date} or a later day")
        return self


def _a_fact(value: Any) -> Any:
    right = "write true, or { cleared = 2026-11-20 } once a clinician agreed"
    if isinstance(value, dict) and isinstance(value.get("cleared"), bool | None):
        raise mistake("a table that does not say since when a clinician agrees", right)
    if isinstance(value, dict | Cleared | bool):
        return value
    raise mistake(f"{str(value) if isinstance(value, date) else repr(value)} is neither true nor false", right)


def _an_event(value: Any, info: ValidationInfo) -> Any:
    if isinstance(value, dict):
        if "date" not in value:
            right = "write { date = 2026-09-01 }, and cleared = 2026-12-01 in it once a clinician agreed"
            raise mistake("a table that does not say when it was", right)
        return value
    if isinstance(value, Happened):
        return value
    return {"date": plain_date(value, info)} if value is not None else None


def _an_adult(age: int | None) -> int | None:
    if age is not None and age < YOUNGEST:
        wrong = f"{age} is under {YOUNGEST}: this program is made from adults' evidence and plans nothing"
        raise mistake(wrong, "ask the clinician who treats you")
    return age


def _a_sign(name: str, info: ValidationInfo) -> str:
    """Return a sign by the rulebook's own name; what is not known stays as it is written, if it is not mistyped."""
    rulebook = rulebook_of(info)
    if rulebook is None:
        return name
    canonical = rulebook.names.find("signs", name)
    if canonical is None and (sentence := refused_sign(rulebook, name)) is not None:
        wrong, right = sentence
        raise mistake(wrong, right)
    return name if canonical is None else canonical


def refused_sign(rulebook: Rulebook, name: str) -> tuple[str, str] | None:
    """Return why a word that is no danger sign is not taken for one, and what would be right; None where it is kept."""
    illness = rulebook.names.find("illnesses", name)
    if illness is not None:
        wrong = f"{quoted(name)} is an illness, and has its own way back"
        return (
            wrong,
            f'write it as an [[illness]], kind = "{illness}" and from = DATE; what is severe or sudden is for a doctor',
        )
    if rulebook.names.sign_words.mistyped(name) or "unknown" not in rulebook.signs:
        return unknown_sign(rulebook, name)
    return None


def unknown_sign(rulebook: Rulebook, name: str) -> tuple[str, str]:
    """Return what to say of a word for a danger sign that is not known, and what to do: it is never called harmless."""
    near = rulebook.names.sign_words.near(name)
    meant = f" Did you mean {one_of(quoted(sign) for sign in near)}?" if near else ""
    advice = rulebook.signs["unknown"].advice if "unknown" in rulebook.signs else "Ask a clinician before you train."
    return f"I do not know {quoted(name)}", f"{advice[:1].lower()}{advice[1:]}{meant}"


SignName = Annotated[str, AfterValidator(_a_sign)]
Fact = Annotated[bool | Cleared, BeforeValidator(_a_fact)]
Event = Annotated[Happened | None, BeforeValidator(_an_event)]


class Health(Frozen):
    """Say what else changes the rules; what a clinician agreed to says so with a date."""

    age: Annotated[int | None, AfterValidator(_an_adult)] = Field(default=None, strict=True, ge=0, le=120)
    pregnant: Fact = False
    birth: Event = None
    """When a child was born."""
    blood_thinners: bool = Field(default=False, strict=True)
    diabetes: bool = Field(default=False, strict=True)
    pacemaker: bool = Field(default=False, strict=True)
    epilepsy: bool = Field(default=False, strict=True)
    heart_disease: Fact = False
    weak_immunity: Fact = False
    surgery: Event = None
    fracture: Event = None
    """A broken bone, a cast or a boot."""
    quinolone_until: PlainDate | None = None
    """The last day of an antibiotic of the quinolones (ciprofloxacin and the like)."""
    painkiller: bool = Field(default=False, strict=True)
    """A painkiller is taken before training."""

    @property
    def facts(self) -> frozenset[HealthFact]:
        """What is so, by the names that rules use."""
        return frozenset(fact for fact, field in FIELDS.items() if getattr(self, field))

    def begins(self, fact: HealthFact) -> date | None:
        """Return the day from which a rule about a fact counts, None for what has no day."""
        value = getattr(self, FIELDS[fact])
        return value.date if isinstance(value, Happened) else value if isinstance(value, date) else None

    def cleared(self, fact: HealthFact) -> date | None:
        """Return from when on a clinician agreed, None where nobody has."""
        value = getattr(self, FIELDS[fact])
        return value.cleared if isinstance(value, Cleared | Happened) else None

    def clearing(self, fact: HealthFact) -> str:
        """Return what to write once a clinician agreed: `birth = { date = 2026-09-01, cleared = DATE }`."""
        begins = self.begins(fact)
        return f"{FIELDS[fact]} = {{ {'' if begins is None else f'date = {begins}, '}cleared = DATE }}"


FIELDS: dict[HealthFact, str] = {
    "blood_thinners": "blood_thinners",
    "diabetes": "diabetes",
    "pacemaker": "pacemaker",
    "epilepsy": "epilepsy",
    "heart_disease": "heart_disease",
    "weak_immunity": "weak_immunity",
    "pregnant": "pregnant",
    "birth": "birth",
    "surgery": "surgery",
    "fracture": "fracture",
    "quinolone": "quinolone_until",
    "painkiller": "painkiller",
}
"""The key of `[health]` that says each fact."""


class Illness(Frozen):
    """Say that the person is or was ill: from a first day to a last, both included; without a last one still."""

    kind: Annotated[str, known_name("illnesses", "illness")]
    from_: PlainDate = Field(alias="from")
    until: PlainDate | None = None
    fever_days: int | None = Field(default=None, strict=True, ge=0, le=60)
    cleared: PlainDate | None = None
    """From when on a doctor lets training begin again, where a rule waits for it."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until < self.from_:
            raise mistake(
                f"until = {self.until} lies before from = {self.from_}", "give the last day on which you were ill"
            )
        if self.until is not None and (self.fever_days or 0) > (self.until - self.from_).days + 1:
            raise mistake(f"fever_days = {self.fever_days} is more than the illness lasted", "count its days again")
        return self
