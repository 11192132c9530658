"""The figures in a title: how long, how far, how often, how hard. Everything between them stays a word.

"8 x 400 m with 1 min jog" gives a repeat, a distance, a word, a time and a word. What a figure is for (the whole
session, a repeat, a rest, a pace) is said where it can be told without knowing what session it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from planner.titles.figures.paces import offset_token, pace_range, pace_token
from planner.titles.figures.tokens import (
    MILE,
    YARD,
    Sort,
    Token,
    clock_token,
    counts_the_next,
    is_the_whole,
    metres_token,
    repeated_token,
    span_of,
)
from planner.titles.words import ReadingWords, plain_title

_SPANS: dict[str, Sort] = {"repeat": "repeat", "times": "repeat", "pulse": "pulse", "beats": "pulse"}
SERIES = frozenset({200, 300, 400, 500, 600, 800, 1000, 1200, 1600})
_PLAIN: dict[str, Sort] = {"climb": "climb", "word": "word", "round": "word"}
SHORTEST_PART = 1_000
LONGEST = 600
"""Letters of a title or a line that are looked at: nobody writes a longer one, and a feed could."""
SPANNED = frozenset({"time", "distance", "percent", "number", "pulse"})
_WORDED_PACE = re.compile(r"\b(\d{1,2})[\s-]?min(?:ute)?s?[\s-]miles?(?=\s+pace\b)", re.IGNORECASE)
_LETTERED = re.compile(r"^\s*([ETMI])(?=\d{1,3}(?:\W|$))")
"""Daniels' letter at the head of a title, and how much of it: "E35"."""
_OF_TEN = "harte|intensitat|anstrengung|belastung|difficulty|intensity|intensite|difficulte|esfuerzo|intensidad|dureza"
"""What has so many of ten in the languages of the plans: "Härte 3/10"."""
_CAPITALISED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+$")
_ABOUT = re.compile(r"(?<=\d)[\s-]?ish\b", re.IGNORECASE)
"""What says that a number is none to keep to: "14ish miles"."""
SIGNS = "+/,;|•()[]:&-\n!."


class Scanner:
    """Find the figures and words of titles, by the names of units in the rulebook."""

    def __init__(self, words: ReadingWords) -> None:
        self.words = words
        self._tokens: dict[str, tuple[Token, ...]] = {}

    def tokens(self, text: str) -> tuple[Token, ...]:
        """Return the figures, words and signs of a text, in order, as far as it is looked at."""
        text = text[:LONGEST]
        if text not in self._tokens:
            plain = self._in_digits(plain_title(self._head_in_words(text)))
            self._tokens[text] = tuple(self._totals(self._ranges(list(self._scanned(plain)))))
        return self._tokens[text]

    def _head_in_words(self, text: str) -> str:
        """Return a text with the emoji at its head as the sport that it stands for: "🚴 Endurance 1h"."""
        head = text.lstrip()[:1]
        return f"{self.words.emoji[head]} {text.lstrip()[1:]}" if head in self.words.emoji else text

    def _in_digits(self, text: str) -> str:
        """Return a text with the numbers before its units in digits: "five miles" is 5 miles."""
        numbers = self.words.numbers
        text = _WORDED_PACE.sub(r"\1:00/mile", text)
        text = _LETTERED.sub(r"\1 ", _ABOUT.sub("", self._at_least.sub("", text)))
        text = self._worded.sub(lambda match: f"{numbers[match[1].casefold()]:g} ", text) if numbers else text
        return self._parted.sub(r"\1 \3 \2", text)

    @cached_property
    def _parted(self) -> re.Pattern[str]:
        """A number and its unit with what is to be done between them: "4 very easy miles"."""
        units, weeks = self.words.units, self.words.weeks
        names = _any_of(name for name in (*units.miles, *units.kilometres, *units.minutes) if len(name) > 1)
        small = {name for names in vars(self.words.joining).values() for name in names if re.fullmatch(r"\w+", name)}
        small -= set(self.words.joining.slightly)
        others = _any_of({*small, *self.words.numbers, *(name for names in vars(units).values() for name in names)})
        headings = "".join(rf"(?<!\b{re.escape(name)}\s)" for name in (*weeks.week, *weeks.day))
        figure = r"\d{1,2}(?:[.,]\d+)?(?:\s?-\s?\d{1,2}(?:[.,]\d+)?)?"
        word = rf"(?!(?:{others})\b)[^\W\d_]{{3,}}"
        words = rf"{word}(?:\s+{word}){{0,2}}"
        return re.compile(rf"{headings}(?<![\w.,:/])({figure})\s+({words})\s+({names})\b", re.IGNORECASE)

    @cached_property
    def _at_least(self) -> re.Pattern[str]:
        """The sign between a number and its unit: "10+M", "60+ min"."""
        names = _any_of(name for names in vars(self.words.units).values() for name in names)
        return re.compile(rf"(?<=\d)\+(?=\s?(?:{names})(?!\w))", re.IGNORECASE)

    @cached_property
    def _worded(self) -> re.Pattern[str]:
        units = [*vars(self.words.units).values(), self.words.joining.repeat]  # "four times"
        names = [name for names in units for name in names if len(name) > 1]
        return re.compile(rf"\b({_any_of(self.words.numbers)})[\s-]+(?=(?:{_any_of(names)})\b)", re.IGNORECASE)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        unit_names = [name for names in (*vars(self.words.units).values(),) for name in names]
        units, number = self.words.units, r"\d+(?:[.,]\d+)?"
        hours, minutes, seconds = (
            _any_of(units_of_time) for units_of_time in (units.hours, units.minutes, units.seconds)
        )
        half = _any_of(units.and_a_half)
        pace = r"\s*(?:m(?:in\w*)?\s*)?(?:/|per|pro|por|par)\s*(?:km|mi|mile|k|meile|milla)\b"
        per = rf"\.?\s*(?:/|(?:per|pro|por|par|am|au|al)\b)\s*(?:{_any_of((*units.kilometres, *units.miles))})\b"
        repeat = "|".join(re.escape(word) for word in self.words.joining.repeat)
        repeat_of = _any_of(self.words.joining.repeat_of) or r"(?!)"
        pulse, beats = _any_of(self.words.joining.pulse) or r"(?!)", r"(?:9\d|1\d\d|2[01]\d)"
        no_share = rf"(?!\d|\s*(?:-\s*\d|%|{_any_of(units.percent)}))"
        no_unit = rf"(?!\d|\s*(?:{repeat}|{_any_of(unit_names)})(?![a-z]))"  # "race effort 8 km"
        return re.compile(
            "|".join(
                (
                    rf"(?P<paced>\d{{1,2}}[:'.]\d{{2}}(?:\"|'')?(?:\s*-\s*\d{{1,2}}(?:[:'.]\d{{2}})?(?:\"|'')?)?{pace})",
                    rf"(?P<speed>{number}(?:\s*-\s*{number})?\s*(?:km\s*/\s*(?:h|std)|kmh|kph|mph)\b)",
                    rf"(?P<offset>(?:(?:\+|\b(?:plus|mas)\b)\s*{number}(?:\s*-\s*\d{{1,3}})?\s*(?:{seconds})?|\d{{1,3}}(?:\s*-\s*\d{{1,3}})?\s*(?:{seconds})){per})",
                    r"(?P<daytime>\d{1,2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?(?!\w)|uhr\b))",
                    r"(?P<clock>\d{1,3}:\d{2}(?::\d{2})?(?:\s*h(?:r|rs|ours?)?\b)?)",
                    rf"(?P<halved>(?:{number})\s*(?:{hours})\.?\s+(?:{half})\b)",
                    rf"(?P<hours>(?:{number})\s*(?:{hours})(?:\d{{2}}(?:\s*(?:{minutes}|m)(?![a-z]))?(?![\d%]|[.,]\d)|\.?\s*(?:\d{{1,2}}(?:\s*(?:{minutes}|m)|(?!\d|[.,]\d|\s*(?:[%'\"]|{repeat}|{_any_of(unit_names)})(?![a-z]))))?))(?![a-z])",
                    r"(?P<mixed>\d{1,3}\s*(?:'|min|mn|m)\s*\d{2}(?:''|\"|s(?:ec)?\b|(?!\d|\s*[a-z/])))",
                    r"(?P<zone>\b(?:zone|zona|z)\s?\d(?:\s?[-/]\s?(?:zone|zona|z)?\s?\d)?\b)",
                    rf"(?P<effort>\b(?:rpe|effort|(?:{_OF_TEN})(?=\s*:?\s*\d{{1,2}}(?:\s*-\s*\d+)?\s*/\s*10\b))\s*:?\s*\d{{1,2}}(?:\s*-\s*(?:10|\d)(?!\d))?(?:\s*/\s*10)?{no_unit})",
                    rf"(?P<pulse>\b(?:{pulse})\s*:?\s*{beats}(?:\s*-\s*\d{{2,3}})?{no_share})",
                    rf"(?P<beats>\d{{2,3}}\s*(?:{_any_of(units.beats)})(?!\w))",
                    r"(?P<climb>\bd\+\s*\d*\s*m?\b|\d+\s*m?\s*d\+|\+\s?\d{2,4}\s?m\b(?=\s*(?:d|$))|\d{2,4}\s*(?:hm|hohenmeter)\b)",
                    rf"(?P<repeat>\d+(?:\s*-\s*\d+)?\s*(?:-?(?:{repeat})\s*(?=[\d(\[a-z'\"])|(?:{repeat_of})\s+(?=\d)))",
                    rf"(?P<times>\bx\s*\d{{1,2}}\b(?!\s*[\d.]*\s*(?:km|k|m|mi|min)\b)|\d{{1,2}}\s*(?:{repeat})(?=[\s.)\]]*$))",
                    r"(?P<pair>\b\d{2}(?:\"|s|sec)?\s*(?:/|-)\s*\d{2}(?:\"|s|sec)?(?=\s*(?:$|[,;+)]|x|vma|z\d|s\b|sec|\"|'')))",
                    r"(?P<ordinal>\d{1,3}(?:st|nd|rd|th)\b)",
                    r"(?P<round>\d{1,4}'?er\b)",  # German for what has so many metres or kilometres: "400er", "35er"
                    rf"(?P<seconds>{number}\s*-?(?:{seconds})(?![a-z0-9]))",
                    rf"(?P<minutes>{number}\s*-?(?:{minutes})(?![a-z0-9]))",
                    rf"(?P<kilometres>{number}\s*-?(?:{_any_of(units.kilometres)})(?![a-z0-9]))",
                    rf"(?P<miles>{number}\s*-?(?:{_any_of(units.miles)})(?![a-z0-9]))",
                    rf"(?P<metres>\d{{1,2}}[.,]\d{{3}}\s*m(?:et\w+)?\b|{number}\s*-?(?:{_any_of(units.metres)})(?![a-z0-9]))",
                    rf"(?P<yards>{number}\s*-?(?:{_any_of(units.yards)})(?![a-z0-9]))",
                    rf"(?P<percent>{number}\s*(?:%|{_any_of(units.percent)}\b))",
                    rf"(?P<number>{number})",
                    r"(?P<word>\br(?=\d)|\b[ap]\.m\b\.?|[^\W\d_]\w*)",
                    r"(?P<hyphen>(?<=[^\s-])-(?=[^\W\d_]))",
                    rf"(?P<sign>[{re.escape(SIGNS)}@])",
                )
            ),
            re.IGNORECASE,
        )

    def _scanned(self, text: str) -> Iterable[Token]:
        companions = frozenset(self.words.joining.companions)
        small_letters = any(word not in companions for word in re.findall(r"\b[a-z]{3,}\b", text))
        before = Token("sign", "")
        for match in self._pattern.finditer(text):
            if match.lastgroup in {"hyphen", "ordinal"}:  # "Tempo-Lauf" is two words, as "Tempo Lauf" is
                continue
            token = self._token(str(match.lastgroup), match.group())
            # Where words are not all written with a capital, one that is after "with" is somebody's name.
            beside = small_letters and (before.text in companions or before.sort == "name")
            if beside and token.sort == "word" and _CAPITALISED.match(match.group()):
                token = token._replace(sort="name")
            yield token
            before = token

    def _token(self, sort: str, raw: str) -> Token:
        text = raw.casefold().strip()
        figures = [float(digits.replace(",", ".")) for digits in re.findall(r"\d+(?:[.,]\d+)?", text)]
        if sort == "clock":
            return clock_token(text)
        if sort in {"hours", "halved", "mixed"}:
            more = 30 if sort == "halved" else sum(figures[1:2])
            minutes = figures[0] + more / 60 if sort == "mixed" else figures[0] * 60 + more
            return Token("time", text, minutes, minutes)
        if sort in _SPANS:
            return Token(_SPANS[sort], text, figures[0], figures[-1])
        if sort in {"paced", "speed"}:
            return pace_token(text)
        if sort == "offset":  # "+30-45 s/km": how much slower than a pace
            return offset_token(text)
        if sort == "pair":
            return _pair(text, figures)
        if sort == "seconds" and figures[0] in SERIES:
            return Token("repeat", text, 1, 1)  # "400s" and "yasso 800s" are repeats of so many metres
        if sort in {"minutes", "seconds"}:
            minutes = figures[0] / (1 if sort == "minutes" else 60)
            return Token("time", text, minutes, minutes)
        if sort == "metres":
            return metres_token(raw, figures[0])
        if sort in {"kilometres", "miles", "yards"}:
            metres = figures[0] * {"kilometres": 1000, "miles": MILE, "yards": YARD}[sort]
            return Token("distance", text, metres, metres)
        if sort in {"zone", "effort"}:
            figures = figures[:2] if sort == "zone" else [figure for figure in figures if figure <= 10][:1] or [0]
            return Token("zone" if sort == "zone" else "effort", text, min(figures), max(figures))
        if sort in {"percent", "number"}:
            return Token("percent" if sort == "percent" else "number", text, figures[0], figures[0])
        text = text.replace("'", "") if sort == "round" else text
        return Token(_PLAIN.get(sort, "sign"), text or raw)  # a line break is a sign

    def _joins(self, tokens: Sequence[Token], number: int) -> bool:
        joining, between = self.words.joining, tokens[number + 1].text
        before = tokens[number - 1].text if number else ""
        if before in self.words.weeks.week:
            return False  # "wk 2 - 3 min run": which week it is, and no end of a range
        return between in joining.range or (between in joining.and_ and before in joining.from_to)

    def _ranges(self, tokens: list[Token]) -> list[Token]:
        """Join the two ends of a range, where the second one is the larger and of the same unit."""
        joined: list[Token] = []
        number = 0
        while number < len(tokens):
            token = tokens[number]
            if token.sort == "time" and joined and (joined[-1].sort == "repeat" or counts_the_next(joined)):
                token = repeated_token(token)
            if number + 2 < len(tokens) and self._joins(tokens, number):
                last = tokens[number + 2]
                if (paces := pace_range(token, last)) is not None:
                    joined.append(paces)
                    number += 3
                    continue
                spans = token.sort in {"number", last.sort} and last.sort in SPANNED
                if spans and (span := span_of(token, last)) is not None:
                    joined.append(span)
                    number += 3
                    continue
            joined.append(token)
            number += 1
        return joined

    def _totals(self, tokens: list[Token]) -> list[Token]:
        """Give the whole without a unit that of its parts: "tempo 3 mi, total 6", "5 mile tempo in the middle of 9"."""
        parts = [token for token in tokens if token.sort == "distance" and token.high >= SHORTEST_PART]
        if not parts:
            return tokens
        mile = any(token.text.rstrip("s").endswith(("mi", "mile", "m")) for token in parts)
        unit, name = (MILE, "mi") if mile else (1000.0, "km")
        whole = []
        for number, token in enumerate(tokens):
            named = token.sort == "number" and is_the_whole(tokens, number, self.words.joining)
            far = Token("distance", f"{token.text} {name}", token.low * unit, token.high * unit)
            whole.append(far if named and far.high >= max(part.high for part in parts) else token)
        return whole


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _pair(text: str, figures: Sequence[float]) -> Token:
    """Return what two figures are: "45-50" a range, "15-20s" one of seconds, "30-30" and "45/15" repeats."""
    if figures[0] < figures[-1] and "-" in text and text[-1].isdigit():
        return Token("number", text, figures[0], figures[-1])
    if figures[0] < figures[-1] and re.match(r"\d+\s*-", text):
        return Token("time", text, figures[0] / 60, figures[-1] / 60)
    return Token("repeat", text, 1, 1)
