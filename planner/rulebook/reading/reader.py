"""Read folders of a rulebook, one on top of the other, entry by entry: every mistake is kept with its place."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal, TypeVar

import tomli
from pydantic import BaseModel, ValidationError

from planner.errors import InputError, Problem, nearest, one_of, quoted
from planner.files import NO_FILE, may_never_end
from planner.rulebook.bending import ChangeCost
from planner.rulebook.kinds import AmbiguousName, IllnessKind, Region, Sign, TreatmentKind, Workout, WorkoutKind
from planner.rulebook.model import Band, Preference, ReturnToRunning, Rulebook, Source, Stage
from planner.rulebook.reading.check import check
from planner.rulebook.reading.check_rules import cited_sources, unused_sources
from planner.rulebook.reading.loads import complete_loads
from planner.rulebook.reading.origin import Origin, Unfinished
from planner.rulebook.rule import Rule
from planner.validation import problems

Entry = TypeVar("Entry", bound=BaseModel)


TABLES: dict[str, type[BaseModel]] = {
    "regions.toml": Region,
    "workouts.toml": Workout,
    "preferences.toml": Preference,
    "sources.toml": Source,
    "red_flags.toml": Sign,
    "ambiguous_names.toml": AmbiguousName,
    "kinds.toml": WorkoutKind,
    "bending.toml": ChangeCost,
}
"""The files that hold one table an entry."""
NEWER = ("after_a_break.toml", "races.toml")
"""Files of rules that a whole rulebook may leave out."""
PROGRESSION = "progression.toml"
PEOPLE, ILLNESS = "people.toml", "illness.toml"
OPTIONAL = ("ambiguous_names.toml", "bending.toml", PEOPLE, ILLNESS)
"""The files that a whole rulebook may leave out."""
WORDS = "reading.toml"
"""The words by which titles are read: `planner.titles` reads them, where somebody has a plan."""
About = Literal["treatment", "injury", "log", "training", "person", "illness"]
RULES: dict[str, About] = {"general.toml": "treatment", **dict.fromkeys(("training.toml", *NEWER), "training")}
"""The files that hold nothing but rules, and what those speak about."""


class RulebookReader:
    """Read folders, one on top of the other: what a later one says stands in place of what an earlier one said."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.origins: dict[str, Origin] = {}
        self.tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
        self.treatments: dict[str, TreatmentKind] = {}
        self.rules: dict[str, Rule] = {}
        self.bands: dict[str, Band] = {}
        self.illnesses: dict[str, IllnessKind] = {}
        self.stages: tuple[Stage, ...] = ()
        self.return_to_running: ReturnToRunning | None = None
        self.unreadable: set[str] = set()
        """The tables, and `treatments`, of which something could not be read."""

    def read(self, folder: Path, label: str, *, additions: bool = False) -> None:
        """Read a folder; messages call it by its label. Additions need not have every file."""
        self.folder, self.label, self.additions = folder, label, additions
        self.rule_ids: set[str] = set()
        self._labels: dict[Path, str] = {}
        if not folder.is_dir():
            self.problems.append(Problem(str(folder), "", "is no folder", "give the folder of a rulebook"))
            return
        self._strangers()
        for name, model in TABLES.items():
            self._tables(name, model)
        for name, about in RULES.items():
            if name not in NEWER or (folder / name).is_file():
                self._rules(folder / name, self._toml(folder / name), about=about)
        for path in sorted((folder / "treatments").glob("*.toml")):
            self._treatment(path)
        for path in sorted((folder / "injuries").glob("*.toml")):
            self._rules(path, self._toml(path), about="injury")
        self._progression(folder / PROGRESSION)
        self._rules(folder / PEOPLE, self._toml(folder / PEOPLE), about="person")
        self._illness(folder / ILLNESS)

    def checked(self) -> Rulebook:
        """Return what was read as one rulebook; raise `InputError` with every mistake in it."""
        read = Rulebook.model_construct(
            regions=self._whole("regions.toml", self.tables["regions.toml"]),
            workouts=self._whole(
                "workouts.toml",
                complete_loads(self.tables["workouts.toml"], self.tables["regions.toml"], cautious=self.additions),
            ),
            treatments=self._whole("treatments", self.treatments),
            rules=dict(sorted(self.rules.items())),
            preferences=self._whole("preferences.toml", self.tables["preferences.toml"]),
            bands=self.bands,
            stages=self.stages,
            return_to_running=self.return_to_running,
            signs=self.tables["red_flags.toml"],
            illnesses=self.illnesses,
            ambiguous_names=self.tables["ambiguous_names.toml"],
            workout_kinds=self._whole("kinds.toml", self.tables["kinds.toml"]),
            sources=self._whole("sources.toml", self.tables["sources.toml"]),
            bending=self._whole("bending.toml", self.tables["bending.toml"]),
        )
        problems = [*self.problems, *check(read, self.origins)]
        if not self.problems:
            problems += unused_sources(read, self.origins)
        if problems:
            raise InputError(problems)
        return read

    def _whole(self, name: str, table: dict[str, Any]) -> dict[str, Any]:
        """Return a table as the check is to see it: where an entry could not be read, any name may be right."""
        return Unfinished(table) if name in self.unreadable else table

    def leave_out_unused(self, shipped: Collection[Origin]) -> None:
        """Leave out shipped sources that nothing cites any more: whoever replaced a rule cannot take them out."""
        regions = self.tables["regions.toml"].values()
        entries = [*self.rules.values(), *self.bands.values(), *self.tables["red_flags.toml"].values()]
        entries += self.tables["ambiguous_names.toml"].values()
        cited = cited_sources(regions, [*entries, self.return_to_running])
        sources = self.tables["sources.toml"]
        for key in set(sources) - cited:
            if self.origins[f"sources.toml:{key}"] in shipped:
                del sources[key]

    def _strangers(self) -> None:
        """Find files that would be read by nobody: most are misspelled."""
        file_names = {*TABLES, *RULES, PROGRESSION, PEOPLE, ILLNESS, WORDS}
        paths = sorted([*self.folder.glob("*.toml"), *self.folder.glob("*/*.toml")])
        for path in paths:
            place = path.relative_to(self.folder)
            if str(place) in file_names or (len(place.parts) == 2 and place.parts[0] in {"treatments", "injuries"}):
                continue
            near = nearest(path.name, file_names, most=1)
            if len(place.parts) == 2:
                near = [f"{name}/{path.name}" for name in nearest(place.parts[0], ("treatments", "injuries"))]
            right = (
                f"did you mean {one_of(map(quoted, near))}?" if near else "rules/README.md says which files there are"
            )
            self.problems.append(Problem(self._label(path), "", "is no file of a rulebook", right))
        if self.additions and not paths:
            self.problems.append(
                Problem(str(self.folder), "", "holds no rules", "give a folder with TOML files of rules")
            )

    def _label(self, path: Path) -> str:
        # Asked for with every entry, and paths are slow: a fifth of the time of reading (measured).
        if path not in self._labels:
            self._labels[path] = f"{self.label}/{path.relative_to(self.folder).as_posix()}"
        return self._labels[path]

    def _toml(self, path: Path) -> dict[str, Any]:
        if may_never_end(path):
            self.problems.append(Problem(self._label(path), "", NO_FILE, "give a file"))
            return {}
        try:
            return tomli.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            if not self.additions and path.name not in OPTIONAL:
                self.problems.append(Problem(self._label(path), "", "is missing", "every rulebook has this file"))
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(Problem(self._label(path), "", f"cannot be read ({error})", "save it as UTF-8 text"))
        except tomli.TOMLDecodeError as error:
            self.problems.append(Problem(self._label(path), "", f"is not TOML: {error}", "mend that line"))
        except RecursionError:
            self.problems.append(Problem(self._label(path), "", "is nested too deeply", "mend its brackets"))
        return {}

    def _tables(self, name: str, model: type[BaseModel]) -> None:
        path, before = self.folder / name, len(self.problems)
        for key, data in self._toml(path).items():
            entry = self._entry(path, key, data, model)
            if entry is not None:
                self.tables[name][key] = entry
                self._stands(f"{name}:{key}", path, key)
        if len(self.problems) > before:
            self.unreadable.add(name)

    def _stands(self, key: str, path: Path, field: str) -> None:
        """Note where an entry stands; what was said last comes last."""
        self.origins.pop(key, None)
        self.origins[key] = Origin(self._label(path), field)

    def _entry(self, path: Path, key: str, data: Any, model: type[Entry]) -> Entry | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            # "calf.group", but "rule massage.deep: max_load": the id of a rule has a dot of its own.
            joint = ": " if " " in key else "."
            for problem in problems(self._label(path), error, model):
                place = joint.join(part for part in (key, problem.field) if part)
                self.problems.append(Problem(problem.file, place, problem.wrong, problem.right))
            return None

    def _entries(self, path: Path, data: dict[str, Any], name: str) -> list[tuple[str, Any]]:
        """Return what stands under `[[name]]`, each with what messages call it, and take it out of the data."""
        entries = data.pop(name, [])
        if not isinstance(entries, list):
            self.problems.append(
                Problem(self._label(path), name, "is not a list of tables", f"write [[{name}]] above each")
            )
            return []
        keys = (entry.get("id") if isinstance(entry, dict) else None for entry in entries)
        return [
            (f"{name} {key or f'number {number}'}", entry)
            for number, (key, entry) in enumerate(zip(keys, entries, strict=True), start=1)
        ]

    def _treatment(self, path: Path) -> None:
        before = len(self.problems)
        data = self._toml(path)
        if not data:
            self.unreadable.update(["treatments"] if len(self.problems) > before else [])
            return
        kind = self.treatments.get(path.stem) if self.additions else None
        if "treatment" in data:
            kind = self._entry(path, "treatment", data.pop("treatment"), TreatmentKind)
            if kind is None:
                self.unreadable.add("treatments")
            else:
                self.treatments[kind.id] = kind
                self._stands(f"treatments:{kind.id}", path, "treatment")
                if kind.id != path.stem:
                    wrong = f"{quoted(kind.id)} is not the file's name"
                    self.problems.append(Problem(self._label(path), "treatment.id", wrong, f'write id = "{path.stem}"'))
        elif kind is None:
            near = nearest(path.stem, self.treatments)
            right = f"call the file {one_of(quoted(f'{name}.toml') for name in near)}, or " if near else ""
            right += "say under [treatment] what kind this is"
            self.problems.append(Problem(self._label(path), "treatment", "is missing", right))
        self._rules(path, data, kind)

    def _progression(self, path: Path) -> None:
        data = self._toml(path)
        bands: dict[str, Band] = {}
        for key, entry in self._entries(path, data, "band"):
            band = self._entry(path, key, entry, Band)
            if band is not None:
                bands[band.id] = band
                self._stands(f"bands:{band.id}", path, key)
        # The first band that fits is taken: new ones stand before those that were there, or they would never speak.
        new = {key: band for key, band in bands.items() if key not in self.bands}
        self.bands = {**new, **{key: bands.get(key, band) for key, band in self.bands.items()}}
        stages = [self._entry(path, key, entry, Stage) for key, entry in self._entries(path, data, "stage")]
        self.stages = tuple(stage for stage in stages if stage is not None) or self.stages
        if "return_to_running" in data:
            returning = self._entry(path, "return_to_running", data.pop("return_to_running"), ReturnToRunning)
            self.return_to_running = returning
            self._stands("return_to_running", path, "return_to_running")
        elif not self.additions and path.is_file():
            wrong, right = "is missing", "say how the stages are passed"
            self.problems.append(Problem(self._label(path), "return_to_running", wrong, right))
        self._rules(path, data, about="log")

    def _illness(self, path: Path) -> None:
        data = self._toml(path)
        for key, entry in self._entries(path, data, "illness"):
            kind = self._entry(path, key, entry, IllnessKind)
            if kind is not None:
                self.illnesses[kind.id] = kind
                self._stands(f"illness.toml:{kind.id}", path, key)
        self._rules(path, data, about="illness")

    def _rules(
        self, path: Path, data: dict[str, Any], kind: TreatmentKind | None = None, about: About = "treatment"
    ) -> None:
        entries = self._entries(path, data, "rule")
        for key in data:
            self.problems.append(Problem(self._label(path), key, "is not known here", "rules stand under [[rule]]"))
        for name, entry in entries:
            rule = self._entry(path, name, entry, Rule)
            if rule is None:
                continue
            if kind is not None and rule.when.treatments is None:
                when = rule.when.model_copy(update={"treatments": (kind.id,)})
                rule = rule.model_copy(update={"when": when})
            for key in sorted({"about", "by", "level"} & rule.model_fields_set):
                wrong = "is nothing that a rulebook says"
                self.problems.append(Problem(self._label(path), f"rule {rule.id}: {key}", wrong, "take it out"))
            rule = rule.model_copy(update={"about": about})
            if rule.id in self.rule_ids:
                other = self.origins[f"rules:{rule.id}"].file
                wrong = f"this id stands twice (also in {other})"
                self.problems.append(
                    Problem(self._label(path), f"rule {rule.id}", wrong, "give one of them another id")
                )
            self.rule_ids.add(rule.id)
            self.rules[rule.id] = rule
            self._stands(f"rules:{rule.id}", path, name)
