"""A rulebook of one's own: whole, or additions on top of the shipped one; and every mistake in it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from planner.cli import main
from planner.errors import InputError
from planner.rulebook.file import own_rulebook, read_rulebook, rulebook, shipped_rulebook
from tests.own_rules import PAPER, additions, hills, rule, whole
from tests.readme import ROOT

HENRY = str(ROOT / "examples" / "plantar_fascia_calf_needled.toml")
WEEK = """
when = { groups = ["leg"] }
hours_after = [0, 168]
rules_out = ["run"]
"""
WALK = """
[[stage]]
walk_minutes = 9
run_minutes = 1
repeats = 3
"""
RUNNING = """
[[stage]]
walk_minutes = 0
run_minutes = 30
repeats = 1
"""
WALKING = WALK + RUNNING


def mistakes(folder: Path) -> list[str]:
    """Return every mistake in a folder of rules, as lines without the folder before the rulebook's own."""
    with pytest.raises(InputError) as raised:
        rulebook(folder)
    return [str(one).replace(f"{folder.parent}/", "") for one in raised.value.problems]


def test_no_folder_is_the_shipped_rulebook() -> None:
    """Where nobody asks for other rules, the shipped ones are taken, and read once."""
    assert shipped_rulebook() is rulebook(None)


def test_additions_stand_beside_the_shipped_rules(tmp_path: Path) -> None:
    """A new rule and its source are added, and everything shipped stays."""
    own, shipped = own_rulebook(hills(tmp_path)), shipped_rulebook()
    assert not own.whole
    assert own.rulebook == read_rulebook(tmp_path / "clinic")
    assert ("dry_needling.shin_no_hills",) == own.rules
    assert {"dry_needling.shin_no_hills"} == set(own.rulebook.rules) - set(shipped.rules)
    assert {"HILLS"} == set(own.rulebook.sources) - set(shipped.sources)
    assert shipped.rules == {key: own.rulebook.rules[key] for key in shipped.rules}
    assert shipped.workouts == own.rulebook.workouts


def test_rules_of_a_treatment_need_not_say_of_which(tmp_path: Path) -> None:
    """In `treatments/dry_needling.toml` a rule is about dry needling, also where `[treatment]` is left out."""
    found = rulebook(hills(tmp_path)).rules["dry_needling.shin_no_hills"]
    assert (("dry_needling",), "treatment") == (found.when.treatments, found.about)


def test_what_a_rule_is_about_is_said_by_its_file(tmp_path: Path) -> None:
    """Rules under `injuries/` are about injuries, those in `progression.toml` about the log."""
    log = rule("log.own", 'when = { responses = ["hold"] }\ndays_after = [0, 1]\nmax_minutes = 30')
    found = rulebook(additions(tmp_path, injuries__shin=rule("shin.own"), progression=log)).rules
    assert ("injury", "log") == (found["shin.own"].about, found["log.own"].about)


def test_a_rule_of_the_same_id_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    """Nothing of the shipped rule is left."""
    own = rule("dry_needling.first_day", WEEK)
    found = rulebook(additions(tmp_path, treatments__dry_needling=own))
    one = found.rules["dry_needling.first_day"]
    assert ("Our own", (0, 168), None, ("run",)) == (one.title, one.hours_after, one.max_load, one.rules_out)
    assert set(shipped_rulebook().rules) == set(found.rules)


def test_a_table_of_the_same_key_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    """Preferences, sources and regions are replaced one by one, and keep their place in the order."""
    own = '[spread_runs]\nsentence = "Spread the runs."\nwhy = "So we say."\npoints = 7\n'
    found = rulebook(additions(tmp_path, preferences=own))
    assert 7 == found.preferences["spread_runs"].points
    assert list(shipped_rulebook().preferences) == list(found.preferences)


def test_a_new_pain_band_comes_before_the_shipped_ones(tmp_path: Path) -> None:
    """The first band that fits is taken, so a new one speaks first; one with a shipped id keeps its place."""
    band = '[[band]]\nid = "{}"\ntitle = "Ours"\nwhen = {{}}\nprogress_at_most = 1\nwhy = "So."\nevidence = "M"\n'
    shipped = list(shipped_rulebook().bands)
    found = rulebook(additions(tmp_path, progression=band.format("ours") + band.format(shipped[1]))).bands
    assert ["ours", *shipped] == list(found)
    assert ("Ours", "Ours") == (found["ours"].title, found[shipped[1]].title)


def test_stages_replace_all_stages(tmp_path: Path) -> None:
    """Stages have no names, so those of one's own take the place of all; the way they are passed is kept or given."""
    returning = "[return_to_running]\n" + "".join(
        f"{key} = {value}\n"
        for key, value in {
            "walk_first_minutes": 5,
            "good_sessions_per_stage": 1,
            "strict_good_sessions_per_stage": 1,
            "repeat_at_rise": 1,
            "back_at_rise": 2,
            "setbacks_for_two_stages": 2,
            "setbacks_for_clinician": 3,
            "days_without_running": 14,
            "restart_stage": 1,
        }.items()
    )
    found = rulebook(additions(tmp_path, progression=f'{returning}why = "So."\nevidence = "M"\n{WALKING}'))
    assert [(9, 1, 3), (0, 30, 1)] == [(one.walk_minutes, one.run_minutes, one.repeats) for one in found.stages]
    assert found.return_to_running is not None
    assert 1 == found.return_to_running.good_sessions_per_stage
    assert shipped_rulebook().bands == found.bands


def test_a_shipped_source_that_is_cited_no_more_is_left_out(tmp_path: Path) -> None:
    """Whoever replaces the only rule that cites a source is not told to mend a file that is not theirs."""
    book = shipped_rulebook()
    entries = [*book.rules.values(), *book.bands.values(), *book.signs.values(), book.return_to_running]
    cited = Counter(source for one in entries if one is not None for source in one.sources)
    cited.update(source for region in book.regions.values() for source in region.load_sources)
    key, source = next((one.id, key) for one in book.rules.values() for key in one.sources if cited[key] == 1)
    found = rulebook(additions(tmp_path, general=rule(key)))
    assert source in book.sources
    assert source not in found.sources


def test_a_whole_rulebook_stands_by_itself(tmp_path: Path) -> None:
    """A folder with regions and workouts is read alone: what it leaves out is not there."""
    folder = whole(tmp_path)
    (folder / "training.toml").write_text(rule("training.own", "days_between_runs = 3"), encoding="utf-8")
    sources = (folder / "sources.toml").read_text(encoding="utf-8")
    unused = [line.split(": ")[1] for line in mistakes(folder)]
    assert all(line.endswith(": is cited nowhere; cite it, or take it out") for line in mistakes(folder))
    kept = [part for part in sources.split("\n[") if part.partition("]")[0] not in unused]
    (folder / "sources.toml").write_text("\n[".join(kept), encoding="utf-8")
    own = own_rulebook(folder)
    assert own.whole
    assert ["training.own"] == [key for key in own.rulebook.rules if key.startswith("training.")]
    assert set(own.rules) == set(own.rulebook.rules)


def test_additions_change_a_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a rule of a week without running, the runs after the needling on Tuesday are gone."""
    folder = additions(tmp_path, treatments__dry_needling=rule("dry_needling.own", WEEK))
    runs = {}
    for options in ((), ("--rules", str(folder))):
        assert 0 == main(["plan", HENRY, "--from", "2026-11-23", "--format", "json", *options])
        days = json.loads(capsys.readouterr().out)["days"]
        runs[options] = [day["date"] for day in days for one in day["workouts"] if one["kind"] == "run"]
    without, own = ([day for day in found if day > "2026-11-24"] for found in runs.values())
    assert without
    assert [] == own


def test_why_names_the_rule_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`planner why --rules DIR` answers with the rule that binds, and with its source."""
    own = rule("dry_needling.own", WEEK).replace('"M"', '"B"\nsources = ["HILLS"]')
    folder = additions(tmp_path, treatments__dry_needling=own, sources=PAPER)
    assert 0 == main(["why", HENRY, "2026-11-26T07:00", "run_easy", "--rules", str(folder)])
    out = capsys.readouterr().out
    assert "Rule: dry_needling.own." in out
    assert "Uphill running and the shin, Journal of Examples 2026 <https://example.org/hills>" in out


def test_new_plans_by_the_rules_of_ones_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`planner new --rules DIR` knows its names, and says how to go on with it."""
    folder = additions(tmp_path, treatments__leeches=KIND.format("leeches", "Leeches") + rule("leeches.own"))
    answers = iter(
        [
            "Me",
            "plantar fascia",
            "moderate",
            "leeches, calf",
            "2026-11-24 09:30",
            "3 2 2",
            "07:00-08:30",
            "Europe/Berlin",
        ]
    )
    monkeypatch.setattr("builtins.input", lambda _="": next(answers))
    file = tmp_path / "me.toml"
    assert 0 == main(["new", str(file), "--today", "2026-11-23", "--rules", str(folder)])
    out, err = capsys.readouterr()
    assert "leeches" in out
    assert err.endswith(f"then: planner plan {file} -o week.ics --rules {folder}\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("hours_after = [24, 0]", ": [24, 0] is the wrong way round or empty; write hours_after = [0, 24]"),
        ("hours_after = [0, inf]", "[1]: inf has no end; write a number that has one"),
        ("weeks_after = [0, 262]", ": [0, 262] reaches further than five years; give a nearer end"),
        ("max_load = 4", ": max_load: 4 is not one of the choices; use 0, 1, 2 or 3"),
        ("max_lod = 1", ': max_lod: "max_lod" is not a key that is known here; did you mean "max_load"?'),
        ("max_load = 1", ": says no time; give it a window such as hours_after = [0, 24]"),
        ("", ": caps nothing and advises nothing; give it a cap, a check, or an advice"),
        (
            'advice = "Rest."\nwhen = { regions = ["claf"] }',
            ': when.regions: "claf" is no region; did you mean "calf"?',
        ),
        (
            'hours_after = [0, 4]\nrules_out = ["runs"]',
            ': rules_out: "runs" is no kind of workout; did you mean "run"?',
        ),
        ('advice = "Rest."\nsources = ["XXXX"]', ': sources: "XXXX" is no source; use one of the '),
        ('advice = "Rest."\nby = "us"', ": by: is nothing that a rulebook says; take it out"),
        ('advice = "Rest."\nabout = "log"', ": about: is nothing that a rulebook says; take it out"),
        ('advice = "Rest."\nlevel = "strict"', ": level: is nothing that a rulebook says; take it out"),
        (
            'advice = "Rest."\nnever_loosen = true\npermissive = { away = true }',
            ": permissive: is given for a rule that is never loosened; take it out",
        ),
    ],
)
def test_mistakes_in_a_rule(tmp_path: Path, body: str, expected: str) -> None:
    """Each mistake in a rule names its file, the rule, the field, what is wrong and what would be right."""
    (found,) = mistakes(additions(tmp_path, general=rule("own.rule", body)))
    rest = found.removeprefix("clinic/general.toml: rule own.rule")
    assert expected in rest
    assert rest.removeprefix(": hours_after").removeprefix(": weeks_after").startswith(expected)


def test_evidence_without_a_source(tmp_path: Path) -> None:
    """Evidence other than our own judgement needs a source."""
    expected = (
        "clinic/general.toml: rule own.rule: sources: are missing; "
        'name at least one, or grade it "M" (our own judgement)'
    )
    assert [expected] == mistakes(additions(tmp_path, general=rule("own.rule").replace('"M"', '"B"')))


def test_several_mistakes_in_a_rule(tmp_path: Path) -> None:
    """All mistakes of one rule are said at once, and a strange id is one of them."""
    own = rule("first day").replace('"M"', '"E"')
    evidence = 'evidence: "E" is not one of the choices; use "A", "B", "C", "D" or "M"'
    name = 'id: "first day" is no id; write the subject, a dot and a short name: dry_needling.first_day'
    expected = {f"clinic/general.toml: rule first day: {one}" for one in (evidence, name)}
    assert expected == set(mistakes(additions(tmp_path, general=own)))


KIND = '[treatment]\nid = "{}"\nname = "{}"\nminutes = 20\n'


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("sources", PAPER, "HILLS: is cited nowhere; cite it, or take it out"),
        (
            "sources",
            PAPER.replace("https://", ""),
            'HILLS.url: "example.org/hills" is no address; write one that begins with https://',
        ),
        ("regions", "calf = 3", "calf: 3 is not a table; write it as a TOML table"),
        (
            "preferences",
            '[spread_rums]\nsentence = "So."\nwhy = "So."\npoints = 7\n',
            'spread_rums: "spread_rums" is no preference; did you mean "spread_runs"?',
        ),
        ("general", "rule = 3", "rule: is not a list of tables; write [[rule]] above each"),
        ("general", "rule = [3]", "rule number 1: 3 is not a table; write it as a TOML table"),
        ("general", "[rules]", "rules: is not known here; rules stand under [[rule]]"),
        ("general", "[[rule]", "is not TOML: "),
        ("general", f"a = {'[' * 5000}", "is "),
        ("progression", "band = 3", "band: is not a list of tables; write [[band]] above each"),
        ("progression", "stage = 4", "stage: is not a list of tables; write [[stage]] above each"),
        ("genral", rule("own.rule"), 'is no file of a rulebook; did you mean "general.toml"?'),
        ("treatment/massage", rule("a.b"), 'is no file of a rulebook; did you mean "treatments/massage.toml"?'),
        ("qqqqqqqq", rule("own.rule"), "is no file of a rulebook; rules/README.md says which files there are"),
        (
            "treatments/masage",
            rule("massage.own"),
            'treatment: is missing; call the file "massage.toml", or say under [treatment] what kind this is',
        ),
        ("treatments/leeches", rule("a.b"), "treatment: is missing; say under [treatment] what kind this is"),
        (
            "treatments/leeches",
            KIND.format("leech", "Leeches"),
            'treatment.id: "leech" is not the file\'s name; write id = "leeches"',
        ),
        (
            "treatments/leeches",
            KIND.format("leeches", "Massage"),
            'treatment: everyday_names: "Massage" already means massage; keep it in one place',
        ),
    ],
)
def test_mistakes_in_a_file(tmp_path: Path, file: str, text: str, expected: str) -> None:
    """Each mistake in a file names it, the part of it, what is wrong and what would be right."""
    (found,) = mistakes(additions(tmp_path, **{file.replace("/", "__"): text}))
    assert f"clinic/{file}.toml: {expected}" == found[: len(f"clinic/{file}.toml: {expected}")]


def test_an_id_that_stands_twice(tmp_path: Path) -> None:
    """Two rules of one's own with one id are a mistake, for only one of them could hold."""
    expected = (
        "clinic/training.toml: rule own.rule: this id stands twice (also in clinic/general.toml); "
        "give one of them another id"
    )
    assert [expected] == mistakes(additions(tmp_path, general=rule("own.rule"), training=rule("own.rule")))


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (WALKING, "restart_stage: 4 is no stage: there are 2; use 1 to 2"),
        (RUNNING, "has no stage with walking; give the stages under [[stage]], the first with walks"),
    ],
)
def test_stages_that_break_the_return_to_running(tmp_path: Path, stages: str, expected: str) -> None:
    """Stages and the way they are passed are held against each other."""
    found = mistakes(additions(tmp_path, progression=stages))
    assert [f"rules/progression.toml: return_to_running: {expected}"] == found


def test_what_an_addition_breaks_is_named_where_it_stands(tmp_path: Path) -> None:
    """Kinds that lost a trait leaves shipped rules without one: they are named with their own file."""
    kinds = [key for key, one in shipped_rulebook().treatments.items() if "needling" in one.traits]
    folder = additions(tmp_path, **{f"treatments__{key}": KIND.format(key, key) for key in kinds})
    found = mistakes(folder)
    assert found
    assert {"rules/"} == {line[:6] for line in found}
    assert all('"needling" is no trait of a treatment' in line for line in found)


def test_mistakes_of_all_files_are_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command refuses a bad rulebook with all its mistakes, and writes nothing."""
    folder = additions(tmp_path, general=rule("own.rule", "max_lod = 1"), sources="[A]\ntitle = 3\n")
    week, me, case = tmp_path / "week.ics", tmp_path / "me.toml", tmp_path / "case.toml"
    case.write_text(Path(HENRY).read_text(encoding="utf-8"), encoding="utf-8")
    right = 'did you mean "max_load"?'
    expected = [
        f"{folder}/sources.toml: A.title: 3 is not text; write it in quotes",
        f"{folder}/sources.toml: A.url: is missing; it is required",
        f"{folder}/sources.toml: A.trust: is missing; it is required",
        f'{folder}/general.toml: rule own.rule: max_lod: "max_lod" is not a key that is known here; {right}',
    ]
    for command in (
        ["plan", str(case), "-o", str(week)],
        ["why", str(case), "2026-11-25"],
        ["new", str(me)],
        ["log", str(case), "--pain", "2"],
        ["rules"],
    ):
        assert 2 == main([*command, "--rules", str(folder)])
        assert ("", expected) == ((found := capsys.readouterr()).out, found.err.splitlines())
    assert 2 == main(["rules", "--check", str(folder)])
    assert expected == capsys.readouterr().err.splitlines()
    assert not week.exists()
    assert not me.exists()
    assert Path(HENRY).read_text(encoding="utf-8") == case.read_text(encoding="utf-8")


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A folder that is missing, a file, and an empty folder are said so."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert ["missing: is no folder; give the folder of a rulebook"] == mistakes(tmp_path / "missing")
    assert ["file: is no folder; give the folder of a rulebook"] == mistakes(tmp_path / "file")
    assert ["empty: holds no rules; give a folder with TOML files of rules"] == mistakes(tmp_path / "empty")


def test_a_whole_rulebook_needs_what_the_planner_asks_for_by_name(tmp_path: Path) -> None:
    """Without any swim, a plan for who asks for swims would break: that is said beforehand."""
    folder = whole(tmp_path)
    workouts = (folder / "workouts.toml").read_text(encoding="utf-8")
    parts = [part for part in workouts.split("\n[") if not part.startswith(("swim", "run_easy"))]
    (folder / "workouts.toml").write_text("\n[".join(parts), encoding="utf-8")
    expected = {"book/kinds.toml: swim: is the kind of no workout; give a workout of it, or take it out"}
    assert expected <= set(mistakes(folder))


@pytest.mark.parametrize("region", ["plantar_fascia", "achilles", "shin", "knee", "quadriceps"])
def test_a_region_that_cannot_be_read_is_the_only_mistake(region: str, tmp_path: Path) -> None:
    """Others are loaded like it: what it would have said of that is not known, and no mistake of theirs."""
    folder = whole(tmp_path)
    text = (folder / "regions.toml").read_text(encoding="utf-8")
    assert f'"{region}"' in "".join(line for line in text.splitlines() if line.startswith("load_like"))
    (folder / "regions.toml").write_text(text.replace(f"\n[{region}]\n", f"\n[{region}]\nx = 1\n"), encoding="utf-8")
    (mistake,) = mistakes(folder)
    assert mistake.startswith(f'book/regions.toml: {region}.x: "x" is not a key that is known here')


def test_a_whole_rulebook_needs_every_file(tmp_path: Path) -> None:
    """A file that is missing is named."""
    folder = whole(tmp_path)
    (folder / "preferences.toml").unlink()
    (folder / "progression.toml").write_text("", encoding="utf-8")
    expected = [
        "book/preferences.toml: is missing; every rulebook has this file",
        "book/progression.toml: return_to_running: is missing; say how the stages are passed",
    ]
    assert expected == mistakes(folder)


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """Some editors begin a file with a mark: it is read over."""
    folder = additions(tmp_path, general="\ufeff" + rule("own.rule"))
    assert "own.rule" in rulebook(folder).rules


def test_a_case_may_not_name_a_stage_that_an_own_rulebook_lacks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever stands at stage 5 of a programme of four is told so."""
    folder = additions(tmp_path, progression=WALK * 3 + RUNNING)
    case = tmp_path / "case.toml"
    text = 'timezone = "Europe/Berlin"\ninjury = { region = "calf" }\nreturn_to_running = { stage = 5 }\n'
    case.write_text(text, encoding="utf-8")
    assert 2 == main(["plan", str(case), "--rules", str(folder)])
    assert f"{case}: return_to_running: there is no stage 5; use 1 to 4\n" == capsys.readouterr().err
