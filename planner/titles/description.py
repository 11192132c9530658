"""What of an event's description is the session: remarks about other days, limits, purposes and things are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from planner.titles.lexicon import Lexicon, TitleWords
from planner.titles.meaning.efforts import Efforts
from planner.titles.words import STRENGTH, ReadingWords, folded_title

_SENTENCE = re.compile(r"(\n|[!?](?=\s|$)|(?<=[^\W\d_]{3})\.(?=\s|$)|\.(?=\s+[^\W\d_a-z]))")
"""Where a sentence ends: after a word, not after "min." or a figure; or before a capital."""
_NEVER = re.compile(r"(?!)")
_FIGURES = frozenset({"time", "distance", "zone", "percent", "pace", "number"})
OF_A_RUN = frozenset({"run", "run_walk", "easy", "hard", "long", "strides"})
WEEKDAY_LETTERS = 4
"""Names of weekdays have more letters than their abbreviations, which may be other words: "sat", "mar"."""


class Descriptions:
    """Leave the remarks out of descriptions."""

    def __init__(self, words: ReadingWords, lexicon: Lexicon, efforts: Efforts) -> None:
        remarks = words.remarks
        self.words, self.lexicon, self.efforts = words, lexicon, efforts
        self._longest = remarks.longest_text
        days = [day for day in words.weeks.day if day.endswith(("day", "tag", "di", "woch", "che", "es", "ado", "ngo"))]
        self._days = "|".join(re.escape(day) for day in days if len(day) > WEEKDAY_LETTERS)
        apart = "|".join(re.escape(word) for word in words.joining.only if word not in {"only", "just"})
        self._part = re.compile(
            rf"((?<!\d)[,:](?!\d)|,(?=\s)|:(?=\s)|[;•()\[\]|]|\s-\s|\b(?:{apart or '(?!)'})\b)", re.IGNORECASE
        )
        after = "|".join(
            re.escape(word) for word in words.joining.plus if len(word) > 1 and word not in words.joining.and_
        )
        self._apart = re.compile(rf"({_SENTENCE.pattern[1:-1]}|[,;+]\s|(?i:\b(?:{after or '(?!)'})(?=\s+\d)))")
        self._other_days, self._no_other_days = self._any(remarks.other_days), self._any(remarks.not_other_days)
        self._behind, self._leading = self._any(remarks.behind), self._any(remarks.leading)
        self._conditions, self._favourable = self._any(remarks.conditions), self._any(remarks.favourable)
        self._refused = self._any((*remarks.denials, *remarks.slower))
        self._besides = self._any((*remarks.purposes, *remarks.belongings))
        self._speeds, self._on_foot = self._any(remarks.speeds), self._any(remarks.on_foot)

    def kept(self, text: str) -> str:
        """Return a description without its remarks, as far as it is looked at; what is kept stays as it is written."""
        pieces = _SENTENCE.split(text[: self._longest])
        return "".join(self._sentence(piece) if number % 2 == 0 else piece for number, piece in enumerate(pieces))

    def of_a_run(self, text: str) -> str:
        """Return what is kept of a description without the parts that are of strength alone: "core afterwards"."""
        pieces = self._apart.split(text)
        kept = "".join(piece for number, piece in enumerate(pieces) if number % 2 or not self._is_strength(piece))
        return kept if any(sign.isdigit() for sign in kept) else text

    def _is_strength(self, part: str) -> bool:
        words = self._words(part)
        meanings = {meaning for match in words.matches for meaning in match.means}
        far = any(token.sort == "distance" for token in words.tokens)
        return bool(meanings & set(STRENGTH)) and not (far or meanings & OF_A_RUN)

    def _sentence(self, sentence: str) -> str:
        folded = folded_title(sentence).strip(" -*>")
        condition = self._conditions.match(folded)
        if condition is not None and not self._favourable.search(folded):
            return ""
        kept: list[str] = []
        for number, piece in enumerate(self._part.split(sentence)):
            if number % 2 == 0:
                kept.append(self._clause(piece))
            elif piece.strip() == ":" and kept == [""] and self._other_days.fullmatch(folded.partition(":")[0].strip()):
                return ""  # "Tomorrow: 8 x 400 m", and not "Race tomorrow: 15 min easy"
            else:
                kept.append(piece)
        return "".join(kept)

    def _clause(self, clause: str) -> str:
        """Return a part of a sentence up to where a remark begins in it."""
        folded = folded_title(clause)
        if not folded.strip():
            return clause
        end = min((*self._about_other_days(folded), *self._from(folded)), default=len(folded))
        kept = folded[:end]
        if not kept.strip() or self._says_how_slow(kept):
            return ""
        return clause if end == len(folded) else kept

    def _about_other_days(self, folded: str) -> Iterable[int]:
        """Yield from where a part speaks of another day, or of what is left out: "40 min easy after …"."""
        plain = self._no_other_days.sub("", folded)
        spoken_of = self._other_days.search(plain) or self._behind.search(plain)
        if spoken_of is None:
            return
        led = self._leading.search(folded[: spoken_of.start() + 1])
        yield led.start() if led is not None else 0

    def _from(self, folded: str) -> Iterable[int]:
        """Yield from where a part is a condition, a denial, a limit, a purpose or a thing to bring."""
        condition = self._conditions.search(folded)
        if condition is not None and not self._favourable.search(folded):
            yield condition.start()
        refused = self._refused.search(folded)
        if refused is not None:
            yield refused.start()
        beside = self._besides.search(folded)
        if beside is not None and not self._is_work(folded):
            yield beside.start()

    def _words(self, folded: str) -> TitleWords:
        tokens = self.lexicon.scanner.tokens(folded)
        return TitleWords(tokens, self.lexicon.matches(tokens))

    def _is_work(self, folded: str) -> bool:
        """Whether a part asks for repeats, or how much of something hard: "20 min at threshold in race shoes"."""
        words = self._words(folded)
        figures = any(token.sort in _FIGURES for token in words.tokens)
        return self.efforts.is_structured(words) or (figures and words.says("hard", "pace", "long"))

    def _says_how_slow(self, folded: str) -> bool:
        """Whether a part is only a pace that is no fast one, "Tempo 6:00-6:15", or hills that are walked."""
        stripped = folded.strip()
        if (speed := self._speeds.match(stripped)) is not None:
            clock = re.match(r"\s*:?\s*(?:ca\.?\s*)?(\d{1,2})[:'.](\d{2})", stripped[speed.end() :])
            seconds = int(clock[1]) * 60 + int(clock[2]) if clock is not None else 0
            return seconds >= self.words.hard_below_seconds_per_km > 0
        if self._on_foot.search(folded) is None:
            return False
        words = self._words(folded)
        figured = any(token.sort in _FIGURES or token.sort == "repeat" for token in words.tokens)
        return not figured and words.says("hard", "hills")

    def _any(self, phrases: Iterable[str]) -> re.Pattern[str]:
        """Return what finds any of some phrases, as whole words."""
        pattern = "|".join(self._found_by(phrase) for phrase in sorted(phrases, key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{pattern})") if pattern else _NEVER

    def _found_by(self, phrase: str) -> str:
        pattern = re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
        pattern = pattern.replace("<day>", f"(?:{self._days or '(?!)'})").replace("<number>", r"\d+")
        return pattern if phrase.endswith(("'", "*")) or not phrase[-1].isalnum() else rf"{pattern}(?!\w)"
