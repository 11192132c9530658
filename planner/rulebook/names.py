"""Everyday names: "heel" is the plantar fascia, "dry needling" is `dry_needling`; and the words of danger signs.

People write "my calf is throbbing", and the rulebook says "throbbing calf": a sign's name is taken whatever the order
of its words and their endings. A word that is not known is never waved away. Names are offered beside it only where
they are near in meaning: they share words that say something, one is the beginning of the other, or they are the same
with a slip of the finger. What only looks alike is something else: surfing is no rowing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from planner.errors import list_names, one_of, quoted
from planner.rulebook.scales import SIDES, Side

_FILLERS = (
    "a an the my of in on at is are am i have has had feel feels feeling very some to and with it its from when "
    "since so really there this that was bit bad badly odd strange weird funny"
)
FILLERS = frozenset(_FILLERS.split())
"""Words that say nothing about a sign. "No" and "not" are none of them: they turn a meaning round."""
SAME = {"can't": "cannot", "cant": "cannot", "ache": "pain", "aching": "pain", "achy": "pain", "aches": "pain"}
SAME |= {"hurt": "pain", "hurts": "pain", "hurting": "pain", "painful": "pain", "pains": "pain", "sore": "sore"}
SAME |= {"swollen": "swell", "swelling": "swell", "puffy": "puffi", "belly": "tummi", "stomach": "tummi"}
SAME |= {"feet": "foot", "legs": "legs", "arms": "arms", "burning": "burn", "breathing": "breath", "breath": "breath"}
"""Words that mean the same, or that no ending tells to be the same."""
WRITTEN_OUT = {"\u2019": "'", "can't": "cannot", "can not": "cannot", "won't": "will not", "n't": " not"}
"""What is written short or apart: "doesn't ease" is "does not ease"."""
ENDINGS = ("nesses", "ness", "ings", "ing", "ies", "ed", "es", "s")
FEW = 4
"""A word that no more signs than this have says something about them."""
SHARED = 0.4
"""Names are near where at least this share of the words of both, 0 to 1, is the same."""
BEGINS = 4
"""So many letters, or more, at the beginning of a name say which is meant."""


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
    text = name.casefold().replace("_", " ").replace("-", " ")
    for short, full in WRITTEN_OUT.items():
        text = text.replace(short, full)
    spoken = text.split()
    words = [word for word in spoken if word not in FILLERS] or spoken
    return frozenset(map(word_stem, words))


def slip_between(word: str, meant: str) -> int | None:
    """Return how many slips of the finger lie between two words, 1 or 2, or None where they are other words.

    A letter too many, one too few and two that changed places are one slip; another letter in the place of one is two.
    Short words have room for one, and whoever mistypes a word hardly ever mistypes how it begins.
    """
    shorter, longer = sorted((len(word), len(meant)))
    if word[:1] != meant[:1] or shorter < 3 or longer < 4:
        return None
    most = 1 if longer < 6 else 2
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for number, letter in enumerate(word, start=1):
        two_before, before, row = before, row, [number]
        for place, right in enumerate(meant, start=1):
            slips = min(before[place] + 1, row[-1] + 1, before[place - 1] + (0 if letter == right else 2))
            if number > 1 and place > 1 and letter == meant[place - 2] and word[number - 2] == right:
                slips = min(slips, two_before[place - 2] + 1)
            row.append(slips)
        if min(row) > most:
            return None
    return row[-1] if 0 < row[-1] <= most else None


def slips_between(name: str, meant: str) -> int | None:
    """Return how many slips lie between two names, word by word; None where they are not the same mistyped."""
    pairs = list(zip(name.split(), meant.split(), strict=False))
    if len(name.split()) != len(meant.split()):
        pairs = [(name.replace(" ", ""), meant.replace(" ", ""))]
        if pairs[0][0] == pairs[0][1]:
            return 1  # a space too many, or too few
    slips = [0 if word == right else slip_between(word, right) for word, right in pairs]
    counted = [count for count in slips if count is not None]
    return sum(counted) if len(counted) == len(slips) and any(counted) else None


@dataclass(frozen=True)
class NameWords:
    """Know the words of every name of every sign, or of whatever else people name."""

    names: Mapping[str, Sequence[str]]
    """The names, and everyday names, by what they name."""

    @cached_property
    def by_words(self) -> dict[frozenset[str], str]:
        """What is named, by the words of its names."""
        return {words_of(name): key for key, names in self.names.items() for name in (*names, key)}

    @cached_property
    def _owners(self) -> Counter[str]:
        """In the names of how many each word stands."""
        owned = {(word, key) for words, key in self.by_words.items() for word in words}
        return Counter(word for word, _ in owned)

    def find(self, name: str) -> str | None:
        """Return what a person means, or None."""
        return self.by_words.get(words_of(name))

    def mistyped(self, name: str) -> list[str]:
        """Return the names of which this one may be a mistyped one, best first; none where its words are all known."""
        if all(self._owners[word] for word in words_of(name)):
            return []
        spoken = folded(name)
        slips = {meant: slips_between(spoken, folded(meant)) for names in self.names.values() for meant in names}
        return [meant for meant, count in sorted(slips.items(), key=lambda slip: slip[1] or 0) if count is not None]

    def near(self, name: str, most: int = 3) -> list[str]:
        """Return names that are near in meaning, the nearest first, of each thing one; often there are none."""
        spoken = words_of(name)
        best: dict[str, tuple[float, str]] = {}
        for key, names in self.names.items():
            nearest = max(((self._nearness(spoken, folded(name), meant), meant) for meant in names), key=itemgetter(0))
            if nearest[0]:
                best[key] = nearest
        ranked = sorted(best.values(), key=lambda rated: (-rated[0], rated[1]))
        return list(dict.fromkeys([*self.mistyped(name)[:1], *(phrase for _, phrase in ranked)]))[:most]

    def _nearness(self, spoken: frozenset[str], text: str, name: str) -> float:
        """Return how near a name is to what was said, 0 to 1: by the words that both have, or as its beginning."""
        words = words_of(name)
        shared = spoken & words
        share = len(shared) / len(spoken | words)
        says_something = any(self._owners[word] <= FEW for word in shared)
        contained = set(text.split()) - FILLERS <= set(folded(name).split())
        if shared == words or (says_something and (contained or (len(spoken) > 1 and share >= SHARED))):
            return share
        return SHARED / 2 if len(text) >= BEGINS and folded(name).startswith(text) else 0


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
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The kinds of workout, with what people call one and several, and their goals."""
    ambiguous: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The words that may mean several regions, by their key in the rulebook."""
    meanings: Mapping[str, str] = field(default_factory=dict)
    """The region that each of them is taken as."""
    elsewhere: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    """What `regions`, `treatments` and `ambiguous` words are called in other languages: known, and never proposed."""

    @cached_property
    def _canonical(self) -> dict[str, dict[str, str]]:
        tables: dict[str, dict[str, str]] = {}
        for what in ("regions", "treatments", "workouts", "signs", "illnesses", "kinds"):
            table = tables[what] = {}
            for key, everyday in getattr(self, what).items():
                for name in (*everyday, key):
                    table[folded(name)] = key
        for word, spellings in self.ambiguous.items():
            tables["regions"].update(dict.fromkeys(map(folded, spellings), self.meanings[word]))
        for what, names in self.elsewhere.items():
            for key, spellings in names.items():
                for spelling in spellings:
                    meant = self.meanings[key] if what == "ambiguous" else key
                    tables["regions" if what == "ambiguous" else what].setdefault(folded(spelling.strip("*")), meant)
        return tables

    @cached_property
    def sign_words(self) -> NameWords:
        """The words of danger signs: they are known in any order."""
        return NameWords(self.signs)

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
        tables = (self.ambiguous, self.elsewhere.get("ambiguous", {}))
        return {
            folded(spelling.strip("*")): word
            for table in tables
            for word, spellings in table.items()
            for spelling in spellings
        }

    def ambiguity(self, name: str) -> str | None:
        """Return the key of the ambiguous word that a name is, or None where it says what it means."""
        return self._words.get(folded(self.name_within("regions", name)))

    def nearest(self, what: str, name: str) -> str:
        """Return what would be right for a name that is not known."""
        if near := self.near(what, name):
            return f"did you mean {one_of(map(quoted, near))}?"
        if what == "kinds":
            return list_names([names[0] for names in self.kinds.values()])
        return f"use one of the {len(getattr(self, what))} that `planner rules` shows: nothing is near it"

    def near(self, what: str, name: str) -> list[str]:
        """Return up to three names that are near to one that is not known; often there are none."""
        spellings = {key: (*names, key) for key, names in getattr(self, what).items()}
        for word, names in self.ambiguous.items() if what == "regions" else ():
            spellings[self.meanings[word]] += tuple(names)
        words = NameWords(spellings)
        return list(dict.fromkeys(map(folded, [*words.mistyped(name), *words.near(name)])))[:3]
