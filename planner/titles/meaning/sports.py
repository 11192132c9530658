"""Which sport a title names, and strength beside a run: what asks the most of legs goes before the rest."""

from __future__ import annotations

from collections.abc import Sequence

from planner.titles.figures.repeats import repeats_a_distance
from planner.titles.figures.tokens import Token
from planner.titles.lexicon import Match, TitleWords
from planner.titles.meaning.efforts import Efforts
from planner.titles.meaning.races import HEADING_ENDS, OTHER_SPORTS
from planner.titles.words import STRENGTH, Meaning, ReadingWords

Sport = tuple[Meaning, tuple[str, ...], bool]
"""A sport, the words that name it, and whether these are doubtful."""
SHORTEST_RUN_METRES = 1_000
PARTING = frozenset("/,;|.")
WALK_APART = frozenset(",;+|")
UPPER_WITHIN = 3
"""So many tokens after a word for strength it is said to be of the upper body: "strength B - upper"."""


class Sports:
    """Tell which sport the words of a title name."""

    def __init__(self, words: ReadingWords, efforts: Efforts) -> None:
        self.words = words
        self.efforts = efforts

    def of(self, words: TitleWords, *, of_the_text: bool = False) -> Sport | None:
        """Return the sport that is named, by which words, and whether these are doubtful."""
        runs, walks = words.of("run", "run_walk"), words.of("walk")
        turns = bool(walks or words.of("walk_break")) and words.says("run") and not words.says("pace")
        in_turn = turns and self._alternates(words) and not repeats_a_distance(words.tokens)
        in_turn = in_turn and not self._is_either(words)  # "25 min walk or jog"
        fast = any("interval" not in match.means for match in words.of("hard"))
        by_name = words.says("run_walk") and not (fast or self._runs_on(words) or self._rests_between(words))
        if by_name or (in_turn and not words.says("hard")):
            return "run_walk", tuple(match.words for match in [*runs, *walks]), False
        if words.says("run_walk"):
            return "run", tuple(match.words for match in runs), False
        if self._run_is_the_other_choice(words):
            return "run", (), True
        if (several := self._several_in_brackets(words)) is not None:
            return "other", (several.words,), True
        if (cross := next(iter(words.of("cross")), None)) is not None and self._is_explained(words, cross):
            return "bike", (cross.words,), True  # "cross-training (bike, swim, elliptical)"
        order: tuple[Meaning, ...] = ("swim", "aqua_run", "bike", "run", "walk")
        if self._chooses_a_sport(words):  # of several the one that asks the most of legs
            order = ("run", "bike", "aqua_run", "walk", "swim")
        for meaning in order:
            named = words.of(meaning)
            walked = bool(named) and meaning == "walk"
            if walked and (self._walks_between(words, named[0]) or self._is_after_a_distance(words, named[0])):
                return "run", (), True
            if walked and of_the_text and self.leaves_a_choice(words) and not self._begins(words, named[0]):
                return "run", (), True  # "30 min easy, or a walk": of two the one that asks more
            if named and not (meaning == "bike" and self._first_is_a_run(words)):
                return meaning, (named[0].words,), of_the_text or named[0].doubtful
        return None if of_the_text else self._beside_sports(words)

    def _begins(self, words: TitleWords, named: Match) -> bool:
        """Whether nothing that may be a run stands before what is named."""
        return not any(token.sort in {"time", "distance"} for token in words.tokens[: named.first]) or not any(
            match.end <= named.first and {"easy", "run", "hard"} & set(match.means) for match in words.matches
        )

    def _several_in_brackets(self, words: TitleWords) -> Match | None:
        """Return a sport of several whose parts stand in brackets: "duathlon (1 km run / 6 km ride / 1 km run)"."""
        first = next(iter(words.of("other")), None)
        if first is None or words.matches[0] is not first or words.says("both"):
            return None
        return first if any(token.text in {"(", "["} for token in words.tokens[first.end : first.end + 1]) else None

    def _is_explained(self, words: TitleWords, cross: Match) -> bool:
        """Whether several sports stand in a bracket right after a word for any of them."""
        named = {meaning for meaning in OTHER_SPORTS for match in words.of(meaning) if match.first > cross.end}
        after = [token.text for token in words.tokens[cross.end :] if token.sort != "time"]
        return len(named) > 1 and after[:1] == ["("]

    def _chooses_a_sport(self, words: TitleWords) -> bool:
        """Whether one sport or another may be done: "swim or bike", and not "pool run, weights/core"."""
        named = words.of("swim", "aqua_run", "bike", "run", "walk")
        for place, token in enumerate(words.tokens):
            before = [match for match in named if match.end <= place]
            listed = token.text != "/" and len(before) > 1  # "bike, swim or weights"
            if token.text in self.words.joining.either and before and (listed or named[-1].first > place):
                return True
        return False

    def leaves_a_choice(self, title: TitleWords) -> bool:
        """Whether a title leaves a choice: "swim or bike"."""
        return any(token.text in self.words.joining.either for token in title.tokens)

    def _is_either(self, words: TitleWords) -> bool:
        """Whether a word leaves the choice between walking and running."""
        places = [match.first for match in words.of("run", "walk")]
        choices = [n for n, token in enumerate(words.tokens) if token.text in self.words.joining.either]
        return any(min(places) < n < max(places) and words.tokens[n].text != "/" for n in choices)

    def _run_is_the_other_choice(self, words: TitleWords) -> bool:
        """Whether a run that is not named may be done instead: "intervals or swim", "40 min < 75 % or bike"."""
        places = [n for n, token in enumerate(words.tokens) if token.text in self.words.joining.either]
        if not places or words.tokens[places[0]].text == "/":
            return False
        before = TitleWords(words.tokens[: places[0]], [match for match in words.matches if match.end <= places[0]])
        after = next((match for match in words.matches if match.first > places[0]), None)
        sport = after is not None and bool(set(after.means) & {"swim", "aqua_run", "bike", "cross"})
        apart = {*OTHER_SPORTS, *STRENGTH, "cross"}
        named = any(set(match.means) & apart for match in before.matches)
        counted = any(token.sort in {"time", "distance"} for token in before.tokens)
        if sport and not named and (counted or self.efforts.hard(before) is not None):
            return True
        behind = [match for match in words.matches if match.first > places[0]]
        other = any(set(match.means) & apart for match in behind)
        worked = any("hard" in match.means and not match.doubtful for match in behind)
        return named and not other and (worked or repeats_a_distance(words.tokens[places[0] :]))  # "pool or track"

    def _walks_between(self, words: TitleWords, walk: Match) -> bool:
        """Whether what is walked stands between hard parts: "4 x 200 m at Z5 with 2 min walk"."""
        # "brisk walking" is how it is walked
        own = [match for match in words.matches if match.end < walk.first or match.end == walk.first == 0]
        return self.efforts.hard(TitleWords(words.tokens[: walk.first], own)) is not None

    def _is_after_a_distance(self, words: TitleWords, walk: Match) -> bool:
        """Whether a distance of its own stands in a part before a walk: "3 miles; 1 mile walk"."""
        parts = [number for number, token in enumerate(words.tokens[: walk.first]) if token.text in WALK_APART]
        before = words.tokens[: parts[-1]] if parts else ()
        return any(token.sort == "distance" and token.low >= SHORTEST_RUN_METRES for token in before)

    def _rests_between(self, words: TitleWords) -> bool:
        """Whether running and walking is what is between repeats of a distance: "8 x 800 m with 3 min walk/jog"."""
        first = next((number for number, token in enumerate(words.tokens) if token.sort == "repeat"), None)
        if first is None or not any(token.sort in {"distance", "percent"} for token in words.tokens):
            return False
        named = words.of("run_walk")
        return all(m.first > first and words.tokens[m.first - 1].sort in {"time", "distance"} for m in named)

    def _runs_on(self, words: TitleWords) -> bool:
        """Whether a day of a beginners' programme is a run without a break: "C25K week 5 day 3: 20 min run"."""
        programme = [match for match in words.of("run_walk") if "programme" in match.means]
        broken = words.says("walk") or len(words.of("run_walk")) > len(programme)
        runs = bool(words.of("run")) and any(token.sort in {"time", "distance"} for token in words.tokens)
        return runs and not broken and not any(token.sort == "repeat" for token in words.tokens)

    def _beside_sports(self, words: TitleWords) -> Sport | None:
        """Return strength and its neighbours, and sports that the catalogue does not know."""
        cross, other = words.of("cross"), words.of("other")
        beside = [match for match in words.matches if set(match.means) & set(STRENGTH)]
        if (placed := self._at_a_place(words, beside)) is not None:
            return placed
        if beside and (joined := self._other_beside(words, beside[0])) is not None:
            return joined
        for meaning in STRENGTH:
            named = words.of(meaning)
            if named and self._comes_before_a_run(words, named[0]):
                return "run", (), False
            if named and meaning in {"strength", "lower_body"} and self._is_beside_hard_running(words, named[0]):
                return "run", (named[0].words,), True
            if named and self._is_beside_a_distance(words, named[0]):
                return "run", (named[0].words,), True
            if named and meaning != "plyometrics" and self._is_before_hard_work(words, named[0]):
                return "run", (named[0].words,), True
            if meaning == "strength" and named and (part := self._of_a_part(words, named[0])) is not None:
                return part
            if named and meaning in {"lower_body", "upper_body"} and (stretched := self._stretches(words, named[0])):
                return "mobility", (stretched.words,), False
            if named and not (words.says("hard", "pace") and any(token.sort == "distance" for token in words.tokens)):
                return meaning, (named[0].words,), named[0].doubtful
        if cross and not (self._names_a_run(words) or self._heads_hard_work(words, cross[0])):
            return "bike", (cross[0].words,), True
        if other:
            return "other", (other[0].words,), True
        return None

    def _at_a_place(self, words: TitleWords, beside: Sequence[Match]) -> Sport | None:
        """Return what is done where strength is only the place, or any sport that may be done instead of it."""
        cross = words.of("cross")
        placed = bool(beside) and all(self._is_a_place(words, match) for match in beside)
        if cross and (placed or (self.leaves_a_choice(words) and words.matches[0] in cross)):
            return "bike", (cross[0].words,), True
        far = any(token.sort == "distance" and token.low >= SHORTEST_RUN_METRES for token in words.tokens)
        return ("run", (beside[0].words,), True) if placed and far else None  # "4 miles at the gym"

    def _is_a_place(self, words: TitleWords, gym: Match) -> bool:
        """Whether a word says only where: "elliptical at the gym"."""
        before = words.tokens[max(0, gym.first - 2) : gym.first]
        return any(token.text in self.words.joining.at for token in before)

    def _other_beside(self, words: TitleWords, strength: Match) -> Sport | None:
        """Return what asks more than the strength beside it: "shoulders, boxing", "60' + weights"."""
        other = words.of("other")
        between = words.tokens[strength.end : other[-1].first] if other else ()
        if any(self.joins(token) or token.text in PARTING for token in between):
            return "other", (other[-1].words,), True
        return ("run", (), False) if self._comes_after_a_run(words, strength) else None

    def _stretches(self, words: TitleWords, part: Match) -> Match | None:
        """Return what says that a part of the body is only stretched: "stretch legs"."""
        moved = next((match for match in words.of("mobility") if match.end == part.first), None)
        return None if words.says("strength", "plyometrics") else moved

    def _of_a_part(self, words: TitleWords, strength: Match) -> Sport | None:
        """Return the part of the body that strength is of: "core stability circuit", "gym: pull"."""
        parts: tuple[Meaning, ...] = ("core", "upper_body")
        right_before = [(part, match) for part in parts for match in words.of(part) if match.end == strength.first]
        if right_before:
            part, match = right_before[0]
            return part, (match.words, strength.words), False
        upper = self._only_upper(words, strength)
        return None if upper is None else ("upper_body", (strength.words, upper.words), False)

    def _only_upper(self, words: TitleWords, strength: Match) -> Match | None:
        """Return what says that strength is that of the upper body alone: "gym: pull", and not "gym + arms"."""
        upper = next((match for match in words.of("upper_body") if match.first >= strength.end), None)
        if upper is not None and any(token.text in self.words.joining.only for token in words.tokens[upper.end :][:1]):
            return upper  # "resistance training, upper body only"
        if upper is None or words.says("core") or any(self.joins(token) for token in words.tokens[strength.end :]):
            return None
        return upper if upper.first - strength.end <= UPPER_WITHIN else None

    def _comes_after_a_run(self, words: TitleWords, named: Match) -> bool:
        """Whether strength is what follows a session that is not named, for it is a run: "60' + weights"."""
        before = words.tokens[: named.first]
        apart = {*STRENGTH, *OTHER_SPORTS, "cross", "other"}
        if any(match.first < named.first and set(match.means) & apart for match in words.matches):
            return False  # what comes before is named: "15 min stretching + 15 min strength"
        if self._is_a_sentence_on(words, named):
            return True
        joined = any(self.joins(token) or token.text == "," for token in before)
        asking: tuple[Meaning, ...] = ("hard", "long")
        asking = asking if "mobility" in named.means else (*asking, "easy")
        asking = (*asking, "strides") if "core" in named.means else asking
        asked = any(match.first < named.first for meaning in asking for match in words.of(meaning))
        long = any(token.sort in {"time", "distance"} for token in before)
        if not any(self.joins(token) for token in before):  # "7 steady, sauna", but "30 min, core"
            return joined and asked and (long or any(token.sort == "number" for token in before))
        return asked or long

    def _is_a_sentence_on(self, words: TitleWords, named: Match) -> bool:
        """Whether strength is in a sentence after that of a session: "30 min easy. Core work."."""
        ends = [number for number, token in enumerate(words.tokens[: named.first]) if token.text == "."]
        first = words.tokens[: ends[0]] if ends else ()
        asked = any(match.end <= ends[0] for match in words.of("easy", "hard", "long")) if ends else False
        return asked and any(token.sort in {"time", "distance"} for token in first)

    def start_of_strength(self, words: TitleWords) -> int | None:
        """Return where strength begins that follows a run: at the word that joins them, "45 min easy + 15 min core"."""
        named = [match for match in words.matches if set(match.means) & set(STRENGTH)]
        joins = [number for number, token in enumerate(words.tokens) if named and self.joins(token)]
        at = max((number for number in joins if number < named[0].first), default=None)
        after = words.tokens[at:] if at is not None else []
        timed = any(token.sort in {"time", "distance"} for token in words.tokens[:at]) if at else False
        figures = [token.sort for token in after if token.sort in {"time", "distance", "repeat"}]
        return at if timed and figures == ["time"] else None

    def _is_beside_hard_running(self, words: TitleWords, named: Match) -> bool:
        """Whether strength stands beside a hard session that is not named: "6 x 400 m + gym", "VMA/Force"."""
        hard = [match for match in words.of("hard") if not match.doubtful and match.first < named.first]
        return repeats_a_distance(words.tokens) or bool(hard)

    def _is_beside_a_distance(self, words: TitleWords, named: Match) -> bool:
        """Whether a distance stands apart from strength: "gym / 5 km" holds a run, "10 km strength plan" none."""
        for number, token in enumerate(words.tokens):
            if token.sort == "distance" and token.low >= SHORTEST_RUN_METRES:
                first, last = (number, named.first) if number < named.first else (named.end, number)
                if any(self.joins(between) or between.text in PARTING for between in words.tokens[first:last]):
                    return True
        return False

    def _is_before_hard_work(self, words: TitleWords, named: Match) -> bool:
        """Whether hard work that is not named is joined to strength: "core + hill sprints"; it may well be run."""
        joins = next((n for n in range(named.end, len(words.tokens)) if self.joins(words.tokens[n])), None)
        if joins is None:
            return False
        after = [match for match in words.matches if match.first > joins]
        other = any(set(match.means) & {*STRENGTH, *OTHER_SPORTS, "cross", "other"} for match in after)
        hard = any("hard" in match.means and not match.doubtful for match in after)
        part = TitleWords(words.tokens[joins:], [])
        return not other and (hard or self.efforts.is_structured(part) or self.efforts.is_ladder(part))

    def _comes_before_a_run(self, words: TitleWords, named: Match) -> bool:
        """Whether strength comes before an easy run that is not named: "weights + 30' recovery (Z1)"."""
        joining = [number for number in range(named.end, len(words.tokens)) if self.joins(words.tokens[number])]
        after = words.tokens[joining[0] :] if joining else []
        easy = any(match.first > joining[0] for match in words.of("easy")) if joining else False
        zoned = any(token.sort == "zone" for token in after)
        counted = {"time", "distance", "number"} if easy else {"time", "distance"}  # "lift + 4 easy"
        return (easy or zoned) and any(token.sort in counted for token in after)

    def joins(self, token: Token) -> bool:
        """Whether a word or sign joins two things to do: "run + core"."""
        return token.text in self.words.joining.plus

    def _first_is_a_run(self, words: TitleWords) -> bool:
        sports = words.of("run", "bike")
        # "Abendrunde mit dem Rad", "sortie à vélo": a word for being out is of the sport that is named.
        return bool(sports) and "run" in sports[0].means and not {"outing", "bike"} & set(sports[0].means)

    def _names_a_run(self, words: TitleWords) -> bool:
        return words.says("hard", "pace", "long", "easy") and any(token.sort == "distance" for token in words.tokens)

    def _heads_hard_work(self, words: TitleWords, cross: Match) -> bool:
        """Whether a word for any sport heads what may well be run: "Cardio - Fractionné", "Cardio: hills"."""
        headed = words.tokens[cross.end].text in HEADING_ENDS if cross.end < len(words.tokens) else False
        return cross.first == 0 and headed and any(not match.doubtful for match in words.of("hard"))

    def _alternates(self, words: TitleWords) -> bool:
        return any(token.sort in {"time", "repeat"} for token in words.tokens)
