"""The words by which titles are read (`rules/reading.toml`), typed and checked, and how they are compared.

Titles have one kind of quotes, dashes and multiplication signs, no accents, no emoji and no case when they meet them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from planner.errors import one_of
from planner.titles.session import RunBounds
from planner.validation import mistake

_PIECE = re.compile(r"<\w+>|[\w*]+|[^\s\w\-']")
_UNDERSCORES = re.compile(r"(?<=\w)_+(?=\w)")
"""The names of files for watches have them where titles have spaces: "Easy_4mi"."""
_CUT_RANGE = re.compile(r"(?<=\d)-\s+(?=(?:to|or|bis|oder)\s+\d)")
"""The first of two compounds has lost its end: "3- to 5-mile run"."""
_EITHER = re.compile(r"\b(?:and|und|et|y)\s?/\s?(or|oder|ou|o)\b", re.IGNORECASE)
"""Who leaves one thing or both leaves a choice: "intervals and/or swim"."""
_PARTS_IN_ONE_SIGN = {"1/2": "½", "1/4": "¼", "3/4": "¾"}
_PARTS_OF_ONE = {"½": "5", "¼": "25", "¾": "75"}
_FRACTION = re.compile(r"(?:(\d{1,4})\s?)?([½¼¾])")
_WRITTEN_FRACTION = re.compile(
    r"(?<![\d/.,:])(?:(\d{1,3})[ -](?=1/[24]|3/4)|(?=1/2))(1/2|1/4|3/4)(?=[\s-]?(?:mi|km|h|marathon|stund|hora)(?!n))",
    re.IGNORECASE,
)
"""A fraction before its unit: "5 1/2 miles"; "3/4 miles" may be three or four."""
_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u2019\u2018`\u00b4\u2032\u02b9", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u2033\u02ba", '"'),
        **dict.fromkeys("\u2013\u2014\u2010\u2011\u2012\u2212", "-"),
        **dict.fromkeys("\u00d7\u2715\u2716\u2a2f", "x"),
        **dict.fromkeys("\u2022\u00b7\u25cf\u25aa\u25e6", "\u2022"),
        **dict.fromkeys("→⇒➔➜", ";"),
        "ß": "ss",
        "\u00a0": " ",
        "\u200b": "",
        "\u200d": "",
        "\ufe0f": "",
        "\r": "\n",
    }
)


def plain_title(text: str) -> str:
    """Return a title without accents and emoji, its signs made alike; case and line breaks stay."""
    # A long dash with space around it stands between parts, a short one between the ends of a range.
    parted = re.sub(r"\s(?:\u2014|--)\s", " ; ", text)
    parted = _EITHER.sub(r"\1", parted)
    parted = _CUT_RANGE.sub(" ", _UNDERSCORES.sub(" ", parted))
    parted = _WRITTEN_FRACTION.sub(lambda match: f"{match[1] or ''}{_PARTS_IN_ONE_SIGN[match[2]]}", parted)
    parted = _FRACTION.sub(lambda match: f"{match[1] or 0}.{_PARTS_OF_ONE[match[2]]}", parted)
    apart = unicodedata.normalize("NFKD", parted.translate(_ALIKE))
    kept = (sign for sign in apart if not unicodedata.combining(sign))
    return "".join(" " if unicodedata.category(sign) in {"So", "Cs", "Co", "Sk"} else sign for sign in kept)


def folded_title(text: str) -> str:
    """Return a title as its words are compared: plain, and without regard to case."""
    return plain_title(text).casefold()


def pieces_of(phrase: str) -> tuple[str, ...]:
    """Return what a phrase of the word list is made of: words, signs and places such as <time>; no hyphens."""
    return tuple(_PIECE.findall(phrase))


Meaning = Literal[
    "note",
    "rest",
    "optional",
    "race",
    "race_alone",
    "run",
    "run_walk",
    "programme",
    "walk",
    "walk_break",
    "bike",
    "swim",
    "aqua_run",
    "cross",
    "other",
    "both",
    "session",
    "strength",
    "lower_body",
    "upper_body",
    "core",
    "mobility",
    "plyometrics",
    "easy",
    "hard",
    "interval",
    "pace",
    "long",
    "strides",
    "hills",
    "around",
    "around_both",
    "named",
    "outing",
]
"""What a word can say of a session: its sport, what is asked in it, or that there is none."""
STRENGTH: tuple[Meaning, ...] = ("plyometrics", "lower_body", "strength", "upper_body", "core", "mobility")
"""Where a title names several, the one that asks the most of legs comes first."""
LANGUAGES = ("en", "de", "fr", "es")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class WordList(_Frozen):
    """List words of several languages that mean the same, and say in which company they do.

    "alone" are words that count where nothing but figures stands beside them, "repeats" those that count after repeats.
    """

    means: tuple[Meaning, ...]
    doubtful: bool = False
    only: Literal["alone", "repeats"] | None = None
    en: tuple[str, ...] = ()
    de: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()
    es: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every word and phrase, of all languages."""
        return tuple(phrase for language in LANGUAGES for phrase in getattr(self, language))

    @model_validator(mode="after")
    def _words_that_can_be_found(self) -> Self:
        for phrase in self.phrases:
            plain = phrase.replace("*", "").replace("<", "").replace(">", "").strip()
            if not plain or folded_title(phrase) != phrase:
                raise mistake(
                    f'"{phrase}" would never be found', f'write it as it is compared: "{folded_title(phrase)}"'
                )
        return self


class Units(_Frozen):
    """Say what each unit is called."""

    hours: tuple[str, ...]
    and_a_half: tuple[str, ...]
    minutes: tuple[str, ...]
    seconds: tuple[str, ...]
    kilometres: tuple[str, ...]
    miles: tuple[str, ...]
    metres: tuple[str, ...]
    yards: tuple[str, ...]
    percent: tuple[str, ...] = ("percent",)
    beats: tuple[str, ...] = ("bpm",)


class Joining(_Frozen):
    """List the small words by which amounts and sessions hang together."""

    range: tuple[str, ...]
    repeat: tuple[str, ...]
    repeat_of: tuple[str, ...] = ()
    either: tuple[str, ...] = Field(alias="or")
    morning: tuple[str, ...]
    evening: tuple[str, ...]
    at: tuple[str, ...]
    part_of: tuple[str, ...]
    total: tuple[str, ...]
    goal: tuple[str, ...]
    pulse: tuple[str, ...] = ()
    between: tuple[str, ...]
    every: tuple[str, ...]
    pace: tuple[str, ...]
    pace_before: tuple[str, ...]
    specific: tuple[str, ...] = ()
    plus: tuple[str, ...]
    lasting: tuple[str, ...] = ()
    denying: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    slightly: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    before_places: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    errands: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    purchases: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    of_place: tuple[str, ...] = ()
    from_to: tuple[str, ...]
    and_: tuple[str, ...] = Field(alias="and")


class WeekWords(_Frozen):
    """List the words by which the heading of a week is told from a day of it."""

    week: tuple[str, ...]
    day: tuple[str, ...]


class Fields(_Frozen):
    """Say what a feed calls the fields in the text of an event, and how it marks a session that was done."""

    duration: tuple[str, ...]
    distance: tuple[str, ...]
    done_uid: tuple[str, ...]
    done_text: tuple[str, ...]


class RemarkWords(_Frozen):
    """List by which words a part of a description is told from the session: a remark about it, or about another one."""

    longest_text: int = Field(default=2000, strict=True, gt=0)
    other_days: tuple[str, ...] = ()
    not_other_days: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    favourable: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    slower: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    belongings: tuple[str, ...] = ()
    speeds: tuple[str, ...] = ()
    on_foot: tuple[str, ...] = ()
    marathon: tuple[str, ...] = ()
    """Names of the pace of a marathon: the slowest of those that are hard."""


class ClinicWords(_Frozen):
    """List what titles in a clinic's calendar say besides treatments; a * stands for the rest of a word."""

    classes: tuple[str, ...] = ()
    """A class or a group: no treatment."""
    practices: tuple[str, ...] = ()
    """With whom one is, or that it is an appointment: not what is done there."""


class ReadingWords(_Frozen):
    """Hold `rules/reading.toml`: the words, and the figures from which a reading is believed."""

    why: str
    evidence: Literal["M"]
    long_from_minutes: int = Field(strict=True, gt=0)
    shortest_run_minutes: int = Field(strict=True, gt=0)
    longest_run_minutes: int = Field(strict=True, gt=0)
    shortest_event_minutes: int = Field(strict=True, gt=0)
    longest_event_minutes: int = Field(strict=True, gt=0)
    strides_up_to_metres: int = Field(strict=True, gt=0)
    strides_up_to_seconds: int = Field(strict=True, gt=0)
    most_strides: int = Field(strict=True, gt=0)
    longest_abbreviation_letters: int = Field(strict=True, ge=0)
    hard_from_zone: int = Field(strict=True, ge=1, le=6)
    hard_from_rpe: int = Field(strict=True, ge=1, le=10)
    hard_from_percent: int = Field(strict=True, ge=50, le=100)
    hard_from_pulse: int = Field(default=150, strict=True, ge=100, le=220)
    hard_though_easy_from_pulse: int = Field(default=165, strict=True, ge=100, le=220)
    hard_below_seconds_per_km: int = Field(default=0, strict=True, ge=0)
    slower_than_marathon_seconds_per_km: int = Field(default=30, strict=True, gt=0)
    slower_than_race_seconds_per_km: int = Field(default=60, strict=True, gt=0)
    longest_pace_seconds_per_km: int = Field(strict=True, gt=0)
    shortest_pace_seconds_per_km: int = Field(strict=True, gt=0)
    units: Units
    joining: Joining
    weeks: WeekWords
    fields: Fields
    races: dict[str, float]
    emoji: dict[str, str] = {}
    """The words that emoji stand for at the head of a title."""
    numbers: dict[str, float] = {}
    """Numbers in words, as they stand before a unit: "five miles"."""
    filler: tuple[str, ...]
    """WordList that say nothing of a session; any other that is not known makes a reading doubtful."""
    words: tuple[WordList, ...]
    clinics: ClinicWords = ClinicWords()
    remarks: RemarkWords = RemarkWords()

    @property
    def bounds(self) -> RunBounds:
        """How long a run may be, and from when on it is a long one."""
        return RunBounds(self.long_from_minutes, self.shortest_run_minutes, self.longest_run_minutes)

    @model_validator(mode="after")
    def _each_says_what_it_means(self) -> Self:
        by_words: dict[tuple[str, ...], WordList] = {}
        for word_list in self.words:
            for phrase in word_list.phrases:
                other = by_words.setdefault((word_list.only or "", *pieces_of(phrase)), word_list)
                if (other.means, other.doubtful) != (word_list.means, word_list.doubtful):
                    wrong = f'"{phrase}" means both {one_of(other.means)}, and {one_of(word_list.means)}'
                    raise mistake(wrong, "take it out in one of the two places")
        return self
