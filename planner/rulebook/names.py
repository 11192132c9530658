"""Everyday names: "heel" is the plantar fascia, "dry needling" is `dry_needling`; and the words of danger signs.

People write "my calf is throbbing", and the rulebook says "throbbing calf": a sign's name is taken whatever the order
of its words and their endings. A word that is not known is never waved away; names are offered beside it only where
they are near in meaning: they share a word that few signs have, or all words of a name, or are the same mistyped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from planner.errors import nearest, one_of, quoted, suggestion
from planner.rulebook.scales import SIDES, Side

_FILLERS = (
    "a an the my of in on at is are am i have has had feel feels feeling very some to and with it its from when "
    "since so really there this that was bit bad badly"
)
FILLERS = frozenset(_FILLERS.split())
"""Words that say nothing about a sign. "No" and "not" are none of them: they turn a meaning round."""
SAME = {"can't": "cannot", "cant": "cannot", "ache": "pain", "aching": "pain", "achy": "pain", "aches": "pain"}
SAME |= {"hurt": "pain", "hurts": "pain", "hurting": "pain", "painful": "pain", "pains": "pain", "sore": "sore"}
SAME |= {"swollen": "swell", "swelling": "swell", "puffy": "puffi", "belly": "tummi", "stomach": "tummi"}
SAME |= {"feet": "foot", "legs": "legs", "arms": "arms", "burning": "burn", "breathing": "breath", "breath": "breath"}
"""Words that mean the same, or that no ending tells to be the same."""
ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ed", "es", "s")
FEW = 4
"""A word that no more signs than this have says something about them."""
LOOKS_LIKE = 0.66
"""From this likeness on a part of the body or a treatment is offered for a mistyped one."""
TYPED_WRONG = 0.8
"""From this likeness on, 0 to 1, one name is taken for another mistyped."""


def word_stem(word: str) -> str:
    """Return a word without its ending, so that "throbbing", "throbs" and "throb" are one."""
    word = word.strip(".,;:!?\"()'")
    if word in SAME:
        return SAME[word]
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") else word.removesuffix("e") if len(word) > 3 else word


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name that say something, without their endings."""
    spoken = name.casefold().replace("_", " ").replace("-", " ").replace("can not", "cannot").split()
    words = [word for word in spoken if word not in FILLERS] or spoken
    return frozenset(map(word_stem, words))


@dataclass(frozen=True)
class SignWords:
    """Know the words of every name of every sign."""

    names: Mapping[str, Sequence[str]]
    """The names, and everyday names, by the signs' ids."""

    @cached_property
    def by_words(self) -> dict[frozenset[str], str]:
        """The signs by the words of their names."""
        return {words_of(name): key for key, names in self.names.items() for name in (*names, key)}

    @cached_property
    def _owners(self) -> Counter[str]:
        """In how many signs each word stands."""
        owned = {(word, key) for words, key in self.by_words.items() for word in words}
        return Counter(word for word, _ in owned)

    def find(self, name: str) -> str | None:
        """Return the sign that a person means, or None."""
        return self.by_words.get(words_of(name))

    def mistyped(self, name: str) -> list[str]:
        """Return the names of which this one may be a mistyped one, best first; none where its words are all known."""
        if all(self._owners[word] for word in words_of(name)):
            return []
        return nearest(name, (name for names in self.names.values() for name in names), likeness=TYPED_WRONG)

    def near(self, name: str, most: int = 3) -> list[str]:
        """Return names that are near in meaning, the nearest first, of each sign one; often there are none."""
        spoken = words_of(name)
        best: dict[str, tuple[float, str]] = {}
        for key, names in self.names.items():
            for everyday_name in names:
                words = words_of(everyday_name)
                shared = spoken & words
                if shared == words or any(self._owners[word] <= FEW for word in shared):
                    best[key] = max(best.get(key, (0.0, "")), (len(shared) / len(spoken | words), everyday_name))
        ranked = sorted(best.values(), key=lambda rated: (-rated[0], rated[1]))
        return list(dict.fromkeys([*self.mistyped(name)[:1], *(phrase for _, phrase in ranked)]))[:most]


_NOT_CLINICIANS = (
    "me myself i self mine my own a an the judgement nobody none no one unknown coach trainer friend mate husband "
    "wife partner mother father mum dad internet google chatgpt ai app forum runner"
)
NOT_CLINICIANS = frozenset(_NOT_CLINICIANS.split())
"""Who may advise, and is nobody to lift a ban: words of which alone no clinician's name is made."""


def is_a_clinician(name: str) -> bool:
    """Return whether a name can be a clinician's: not the person's own word, nor that of friends or of a coach."""
    return not set(name.casefold().replace(".", " ").split()) <= NOT_CLINICIANS


_MEASURE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:km|k|mi|miles|m|min|mins|minutes|h|hours)\b", re.IGNORECASE)
"""What people say of a workout besides its name: how far, or how long."""


_BEFORE_A_NAME = re.compile(r"^(?:(?:in|on|at|of|the|my|a|an|some)\s+)+", re.IGNORECASE)
_PLACE = re.compile(r",|\s(?:in|on|of|at|for)\s", re.IGNORECASE)


def plain_name(name: str) -> str:
    """Return a name without the small words before it: `my heel` is a heel."""
    return _BEFORE_A_NAME.sub("", name.strip())


def kind_and_place(text: str) -> tuple[str, str]:
    """Return the treatment and the place of what people say, the latter empty: `needling in my calf`."""
    kind, *where = _PLACE.split(text, maxsplit=1)
    return plain_name(kind), plain_name(where[0]) if where else ""


def split_side(name: str) -> tuple[str, Side | None]:
    """Return a part of the body without the side that its name says, and that side: `left knee` is a knee."""
    words = name.replace("(", " ").replace(")", " ").replace(",", " ").split()
    for side in SIDES:
        for number in {0, len(words) - 1}:
            if len(words) > 1 and words[number].casefold() == side:
                return " ".join([*words[:number], *words[number + 1 :]]), side
    return name, None


def folded(name: str) -> str:
    """Return a name without regard to case, spaces, hyphens and underscores."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


@dataclass(frozen=True)
class Names:
    """Know the canonical and the everyday names of regions, treatments, workouts and danger signs."""

    regions: Mapping[str, Sequence[str]]
    treatments: Mapping[str, Sequence[str]]
    workouts: Mapping[str, Sequence[str]]
    signs: Mapping[str, Sequence[str]]
    illnesses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ambiguous: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words that may mean several regions, by their key in the rulebook."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """The region that each of them is taken as."""

    @cached_property
    def _canonical(self) -> dict[str, dict[str, str]]:
        tables: dict[str, dict[str, str]] = {}
        for what in ("regions", "treatments", "workouts", "signs", "illnesses"):
            table = tables[what] = {}
            for key, everyday in getattr(self, what).items():
                for name in (*everyday, key):
                    table[folded(name)] = key
        for word, spellings in self.ambiguous.items():
            tables["regions"].update(dict.fromkeys(map(folded, spellings), self.meanings[word]))
        return tables

    @cached_property
    def sign_words(self) -> SignWords:
        """The words of danger signs: they are known in any order."""
        return SignWords(self.signs)

    def name_within(self, what: str, name: str) -> str:
        """Return the name in what people say: `my heel, plantar fasciitis`; what is said where it is not certain.

        It is certain where all that stands between commas or brackets means the same; of that the part which means
        nothing else besides.
        """
        table = self._canonical[what]
        if folded(name) in table:
            return name
        parts = [plain_name(part) for part in re.split(r"[,;()]", name) if part.strip()]
        meanings = {table.get(folded(part)) for part in parts}
        if len(meanings) != 1 or None in meanings:
            return name
        return next((part for part in parts if what != "regions" or folded(part) not in self._words), parts[0])

    def find(self, what: str, name: str) -> str | None:
        """Return the canonical name among `regions`, `treatments`, `workouts`, `signs` or `illnesses`, or None."""
        key = self._canonical[what].get(folded(self.name_within(what, name)))
        if key is None and what == "workouts":
            key = self._canonical[what].get(folded(_MEASURE.sub(" ", name.partition(" · ")[0])))
        return key if key is not None or what != "signs" else self.sign_words.find(name)

    @cached_property
    def _words(self) -> dict[str, str]:
        return {folded(spelling): word for word, spellings in self.ambiguous.items() for spelling in spellings}

    def ambiguity(self, name: str) -> str | None:
        """Return the key of the ambiguous word that a name is, or None where it says what it means."""
        return self._words.get(folded(self.name_within("regions", name)))

    def nearest(self, what: str, name: str) -> str:
        """Return what would be right for a name that is not known: of parts and treatments only what is near."""
        if what in {"regions", "treatments"}:
            near = self._near(what, name)
            if near:
                return f"did you mean {one_of(map(quoted, near))}?"
            return f"use one of the {len(getattr(self, what))} that `planner rules` shows: nothing is near it"
        return suggestion(name, (*getattr(self, what), *self._canonical[what]))

    def _near(self, what: str, name: str) -> list[str]:
        """Return up to three names that are this one mistyped, or share a word with it that says something."""
        spellings = (*getattr(self, what), *self._canonical[what])
        mistyped = nearest(name, spellings, likeness=TYPED_WRONG)
        meant = SignWords(getattr(self, what)).near(name)
        if not set(map(folded, meant)) - set(map(folded, mistyped)):
            # Whoever mistypes a word hardly ever mistypes how it begins: "hokas" are no shockwaves.
            begins = folded(name)[:1]
            alike = (spelling for spelling in spellings if folded(spelling).startswith(begins))
            meant = nearest(name, alike, likeness=LOOKS_LIKE)
        return list({folded(suggestion): suggestion for suggestion in reversed([*mistyped, *meant])}.values())[::-1][:3]
