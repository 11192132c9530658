"""Read the rulebook from its folder, and check it: every mistake names its file, its rule and what would be right."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from planner.errors import InputError, Problem, quoted
from planner.rulebook import (
    Band,
    Preference,
    Region,
    ReturnToRunning,
    Rule,
    Rulebook,
    Sign,
    Source,
    Stage,
    TreatmentKind,
    Workout,
)
from planner.rulebook_check import Origin, check
from planner.validation import problems

Entry = TypeVar("Entry", bound=BaseModel)


@cache
def shipped_rulebook() -> Rulebook:
    """Return the rulebook that comes with the program."""
    return read_rulebook(_shipped_folder())


def _shipped_folder() -> Path:
    packaged = Path(str(files("planner") / "rules"))
    if packaged.is_dir():
        return packaged
    checkout = Path(str(files("planner"))).parent
    # A package called `rules` exists elsewhere: only a checkout's own folder is meant, with its pyproject.toml.
    if (checkout / "pyproject.toml").is_file() and (checkout / "rules").is_dir():
        return checkout / "rules"
    raise InputError([Problem(str(packaged), "", "the rulebook is missing", "install the program again")])


def read_rulebook(folder: Path) -> Rulebook:
    """Return the rulebook of a folder, checked.

    Raises `InputError` with every mistake of all its files.
    """
    reader = _Reader(folder)
    rulebook = reader.read()
    if rulebook is not None:
        reader.found += check(rulebook, reader.origins)
    if reader.found or rulebook is None:
        raise InputError(reader.found)
    return rulebook


class Progression(NamedTuple):
    """Hold what `progression.toml` says besides its rules."""

    bands: dict[str, Band]
    stages: tuple[Stage, ...]
    return_to_running: ReturnToRunning | None


class _Reader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: list[Problem] = []
        self.origins: dict[str, Origin] = {}
        self.treatments: dict[str, TreatmentKind] = {}
        self.rules: dict[str, Rule] = {}

    def read(self) -> Rulebook | None:
        if not self.folder.is_dir():
            self.found.append(Problem(str(self.folder), "", "is no folder", "give the folder of a rulebook"))
            return None
        regions = self._tables("regions.toml", Region)
        workouts = self._tables("workouts.toml", Workout)
        preferences = self._tables("preferences.toml", Preference)
        sources = self._tables("sources.toml", Source)
        for name in ("general.toml", "training.toml"):
            self._rules(self.folder / name, self._toml(self.folder / name))
        for path in sorted((self.folder / "treatments").glob("*.toml")):
            self._treatment(path)
        for path in sorted((self.folder / "injuries").glob("*.toml")):
            self._rules(path, self._toml(path), about="injury")
        signs = self._tables("red_flags.toml", Sign)
        progression = self._progression(self.folder / "progression.toml")
        if self.found:
            return None
        return Rulebook.model_construct(
            regions=regions,
            workouts=workouts,
            treatments=self.treatments,
            rules=dict(sorted(self.rules.items())),
            preferences=preferences,
            bands=progression.bands,
            stages=progression.stages,
            return_to_running=progression.return_to_running,
            signs=signs,
            sources=sources,
        )

    def _label(self, path: Path) -> str:
        return f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}"

    def _toml(self, path: Path) -> dict[str, Any]:
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.found.append(Problem(self._label(path), "", "is missing", "every rulebook has this file"))
        except (OSError, UnicodeDecodeError) as error:
            self.found.append(Problem(self._label(path), "", f"cannot be read ({error})", "save it as UTF-8 text"))
        except tomllib.TOMLDecodeError as error:
            self.found.append(Problem(self._label(path), "", f"is not TOML: {error}", "mend that line"))
        return {}

    def _tables(self, name: str, model: type[Entry]) -> dict[str, Entry]:
        path = self.folder / name
        entries = {}
        for key, data in self._toml(path).items():
            entry = self._entry(path, key, data, model)
            if entry is not None:
                entries[key] = entry
                self.origins[f"{name}:{key}"] = Origin(self._label(path), key)
        return entries

    def _entry(self, path: Path, key: str, data: Any, model: type[Entry]) -> Entry | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self.found += problems(self._label(path), error, model, prefix=key)
            return None

    def _treatment(self, path: Path) -> None:
        data = self._toml(path)
        kind = self._entry(path, "treatment", data.pop("treatment", None), TreatmentKind) if data else None
        if kind is not None:
            self.treatments[kind.id] = kind
            self.origins[f"treatments:{kind.id}"] = Origin(self._label(path), "treatment")
            if kind.id != path.stem:
                wrong = f"{quoted(kind.id)} is not the file's name"
                self.found.append(Problem(self._label(path), "treatment.id", wrong, f'write id = "{path.stem}"'))
        self._rules(path, data, kind)

    def _progression(self, path: Path) -> Progression:
        data = self._toml(path)
        bands = {}
        for number, entry in enumerate(data.pop("band", [])):
            key = entry.get("id", f"number {number + 1}") if isinstance(entry, dict) else f"number {number + 1}"
            band = self._entry(path, f"band {key}", entry, Band)
            if band is not None:
                bands[band.id] = band
                self.origins[f"bands:{band.id}"] = Origin(self._label(path), f"band {key}")
        stages = [
            self._entry(path, f"stage {number + 1}", entry, Stage) for number, entry in enumerate(data.pop("stage", []))
        ]
        returning = self._entry(path, "return_to_running", data.pop("return_to_running", None), ReturnToRunning)
        self.origins["return_to_running"] = Origin(self._label(path), "return_to_running")
        self._rules(path, data, about="log")
        return Progression(bands, tuple(stage for stage in stages if stage is not None), returning)

    def _rules(
        self,
        path: Path,
        data: dict[str, Any],
        kind: TreatmentKind | None = None,
        about: Literal["treatment", "injury", "log"] = "treatment",
    ) -> None:
        entries = data.pop("rule", [])
        for key in data:
            self.found.append(Problem(self._label(path), key, "is not known here", "rules stand under [[rule]]"))
        for number, entry in enumerate(entries):
            name = entry.get("id", f"number {number + 1}") if isinstance(entry, dict) else f"number {number + 1}"
            rule = self._entry(path, f"rule {name}", entry, Rule)
            if rule is None:
                continue
            if kind is not None and rule.when.treatments is None:
                when = rule.when.model_copy(update={"treatments": (kind.id,)})
                rule = rule.model_copy(update={"when": when})
            for key in {"about", "by"} & rule.model_fields_set:
                wrong = "is nothing that a rulebook says"
                self.found.append(Problem(self._label(path), f"rule {rule.id}: {key}", wrong, "take it out"))
            rule = rule.model_copy(update={"about": about})
            if rule.id in self.rules:
                other = self.origins[f"rules:{rule.id}"].file
                wrong = f"this id stands twice (also in {other})"
                self.found.append(Problem(self._label(path), f"rule {rule.id}", wrong, "give one of them another id"))
            self.rules[rule.id] = rule
            self.origins[f"rules:{rule.id}"] = Origin(self._label(path), f"rule {rule.id}")
