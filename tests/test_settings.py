"""Changes tried without a file: paths as people write them, and one sentence for each slip."""

from pathlib import Path

import pytest

from drillkit import packs
from drillkit.model.base import MINUTE
from drillkit.packs import PackFaults, Setting, SettingFault, swept

FLOOD = packs.find("riverside-hospital-flood")


def with_settings(*texts: str) -> packs.Pack:
    return packs.load(FLOOD, None, [Setting.read(text) for text in texts])


def sentence(*texts: str) -> str:
    with pytest.raises((SettingFault, PackFaults)) as refused:
        with_settings(*texts)
    problem = refused.value
    if isinstance(problem, SettingFault):
        from drillkit.words import say

        assert say("zh", problem.key, **problem.values)
        return say("en", problem.key, **problem.values)
    return problem.diagnostics[0].sentence("en")


def medical(pack: packs.Pack):
    found = pack.plan.role("medical")
    assert found is not None
    return found


def stock(pack: packs.Pack, depot: str) -> dict[str, int]:
    return {
        one.item: one.quantity
        for place in pack.plan.depots
        if place.id == depot
        for one in place.stock
    }


@pytest.mark.parametrize(
    "path", ["role.medical.travel", "roles.medical.travel", "plan.roles.medical.travel"]
)
def test_a_list_is_named_in_the_singular_or_the_plural(path) -> None:
    assert medical(with_settings(f"{path}=9m")).travel == 9 * MINUTE


def test_arrive_by_moves_the_target_and_the_limit_as_far_behind_it_as_it_was() -> None:
    role = medical(with_settings("roles.medical.arrive_by=20m"))
    assert (role.arrive_target, role.arrive_limit) == (20 * MINUTE, 27 * MINUTE)


def test_the_one_number_of_a_table_need_not_be_named() -> None:
    pack = with_settings(
        "depots.north-store.stock.pump=6", "depots.north-store.vehicles.box-truck=90"
    )
    assert stock(pack, "north-store")["pump"] == 6
    trucks = {v.id: v.capacity for d in pack.plan.depots for v in d.vehicles}
    assert trucks["box-truck"] == 90


def test_a_stock_that_is_not_there_is_put_there() -> None:
    assert (
        stock(with_settings("depots.upper-store.stock.bag-mask=6"), "upper-store")["bag-mask"] == 6
    )


def test_a_stock_of_nothing_is_taken_away() -> None:
    assert "pump" not in stock(with_settings("depots.north-store.stock.pump=0"), "north-store")
    assert stock(with_settings("depots.upper-store.stock.pump=0"), "upper-store")


def test_tables_without_an_id_are_picked_by_what_names_them() -> None:
    pack = with_settings("routes.north-store.east-gate=7m")
    times = {(one.depot, one.site): one.time for one in pack.plan.routes}
    assert times["north-store", "east-gate"] == 7 * MINUTE


def test_a_list_of_names_is_written_with_commas() -> None:
    pack = with_settings("roles.deputy.alternates=medical,on-scene")
    deputy = pack.plan.role("deputy")
    assert deputy is not None
    assert deputy.alternates == ("medical", "on-scene")


def test_a_path_reaches_the_scenario() -> None:
    pack = with_settings("scenario.inject.dialysis-call.at=20m")
    found = {one.id: one.at for one in pack.scenario.injects}
    assert found["dialysis-call"] == 20 * MINUTE


def test_several_settings_are_checked_together() -> None:
    pack = with_settings("roles.medical.arrive_target=30m", "roles.medical.arrive_limit=40m")
    assert medical(pack).arrive_limit == 40 * MINUTE


def test_the_file_itself_stays_as_it_is() -> None:
    before = (FLOOD / "plan.toml").read_bytes()
    with_settings("roles.medical.travel=9m")
    assert (FLOOD / "plan.toml").read_bytes() == before
    assert medical(packs.load(FLOOD)).travel == 4 * MINUTE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rols.medical.travel=3m", 'did you mean "roles"?'),
        ("roles.medicl.travel=3m", 'did you mean "medical"?'),
        ("roles.medical.travvel=3m", 'did you mean "travel"?'),
        ("scenari.inject.underpass.at=3m", 'did you mean "scenario"?'),
        ("depots.upper-store.stock.bag-musk=6", 'unknown item "bag-musk"; did you mean "bag-mask"?'),
        ("roles.deputy.alternates=medcal", 'did you mean "medical"?'),
        ("roles=3", "name one"),
        ("routes.north-store=3m", "name one: east-gate"),
        ("roles.medical=3", "several keys; name one"),
        ("roles.medical.travel.x=3m", "nothing below"),
        ("roles.medical.travel=5", "is not a duration"),
        ("roles.medical.travel=5x", "is not a duration"),
        ("roles.medical.arrive_limit=1m", "comes before the target"),
        ("depots.north-store.stock.pump=-3", "greater than 0"),
        ("groups.command-post.quorum=9", "the quorum is 9"),
        ("roles.medical.title.de=x", "no"),
    ],
)  # fmt: skip
def test_a_slip_is_one_sentence_with_the_nearest_spelling(text, told) -> None:
    assert told in sentence(text)


@pytest.mark.parametrize("text", ["", "x", "=3", "roles.medical.travel=", "roles..travel=3m"])
def test_what_sets_nothing_says_how_it_is_written(text) -> None:
    assert "write PATH=VALUE" in sentence(text)


@pytest.mark.parametrize(
    ("values", "read"),
    [
        ("2..5", ["2", "3", "4", "5"]),
        ("2..12/5", ["2", "7", "12"]),
        ("2,4, 8", ["2", "4", "8"]),
        ("5m..15m/5m", ["5m", "10m", "15m"]),
        ("1m..3m", ["1m", "2m", "3m"]),
    ],
)
def test_values_of_a_sweep_are_a_span_a_span_with_a_step_or_a_list(values, read) -> None:
    assert [one.value for one in swept(f"a.b={values}")] == read


@pytest.mark.parametrize("values", ["5", "9..2", "1..1000", "x..y", "1..5/0", "2,2", "..", ","])
def test_what_is_no_row_of_values_is_refused(values) -> None:
    with pytest.raises(SettingFault, match="range"):
        swept(f"a.b={values}")


def test_hostile_words_in_a_path_are_only_words() -> None:
    assert "there is no" in sentence("[/b].x=1")
    assert "there is no" in sentence("roles.[@click=app.quit].x=1")
    assert Path(FLOOD).is_dir()
