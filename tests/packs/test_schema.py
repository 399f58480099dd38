"""What editors read: each key has a sentence and an example, and what is shipped fits."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from worlds_packs import BURST_PIPE

from drillkit import packs
from drillkit.packs.schema import KINDS, WHOLE, _said

PACKAGE = Path(packs.__file__).parent


def judge(kind):
    whole = packs.schema(kind)
    made = jsonschema.Draft202012Validator(whole)
    made.check_schema(whole)
    return made


def properties(schema, path="", *, is_property=False):
    """Every property at any depth of a schema, with its way there."""
    if isinstance(schema, dict):
        for key, inner in schema.items():
            here = f"{path}/{key}"
            if key == "properties" and not is_property:
                for name, described in inner.items():
                    yield f"{here}/{name}", described
                    yield from properties(described, f"{here}/{name}", is_property=False)
            elif key not in ("examples", "default", "enum"):
                yield from properties(inner, here, is_property=key == "properties")
    elif isinstance(schema, list):
        for nth, inner in enumerate(schema):
            yield from properties(inner, f"{path}/{nth}")


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_has_a_sentence_and_examples_that_fit_it(kind):
    whole = packs.schema(kind)
    found = dict(properties(whole))
    assert len(found) > 50
    for where, described in found.items():
        said = described.get("description", "")
        assert said.endswith((".", '."')), f"{where}: {said!r} is no sentence"
        assert "  " not in said
        assert "\n" not in said
        examples = described.get("examples")
        assert examples, f"{where} has no example"
        own = jsonschema.Draft202012Validator({**described, "$defs": whole["$defs"]})
        for example in examples:
            assert [e.message for e in own.iter_errors(example)] == [], f"{where}: {example!r}"


def test_all_that_is_written_down_of_keys_is_used():
    said, shown = [], []
    for kind in WHOLE:
        for _, described in properties(packs.schema(kind)):
            said.append(described["description"])
            shown += described["examples"]
    for name, used in (("keys.toml", said), ("examples.toml", shown)):
        for owner, value in _said(name).items():
            values = value.values() if owner[0].isupper() else [value]
            assert all(one in used for one in values), f"{name}: {owner} is needed no more"


def test_the_schema_knows_no_null():
    assert all('"type": "null"' not in json.dumps(packs.schema(kind)) for kind in KINDS)


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("folder", [BURST_PIPE, *packs.shipped()], ids=lambda folder: folder.name)
def test_what_comes_with_the_program_fits_its_schema(folder, kind):
    data = tomllib.loads((folder / f"{kind}.toml").read_text("utf-8"))
    assert [error.message for error in judge(kind).iter_errors(data)] == []


@pytest.mark.parametrize("kind", WHOLE)
def test_the_schema_refuses_what_the_check_refuses(kind):
    data = tomllib.loads((BURST_PIPE / f"{kind}.toml").read_text("utf-8"))
    refuses = judge(kind)
    assert list(refuses.iter_errors(data | {"titel": 1}))
    assert list(refuses.iter_errors(data | {"title": {}}))
    assert list(refuses.iter_errors(data | {"lang": "en", "title": {"en": "Only"}})) == []
    assert list(refuses.iter_errors({key: data[key] for key in data if key != "id"}))


def test_a_pack_that_builds_on_another_says_only_what_differs():
    story, plan = judge("scenario.include"), judge("plan.include")
    head = {"include": "./base", "id": "ours"}
    for fits in (
        head,
        head | {"title": {"zh": "我厂"}, "drop": ["inject.alarm"]},
        head | {"inject": [{"id": "alarm", "body": {"en": "Ours."}}]},
        head | {"fact": [{"id": "wet", "recipient": [{"role": "stores", "target": "1m"}]}]},
    ):
        assert [error.message for error in story.iter_errors(fits)] == []
    for slips in (
        {"include": "./base"},
        {"id": "ours"},
        head | {"inject": [{"body": {"en": "Which?"}}]},
        head | {"inject": [{"id": "alarm", "when": {"knows": "stores"}}]},
        head | {"drop": "inject.alarm"},
        head | {"colour": 1},
    ):
        assert list(story.iter_errors(slips)), slips
    assert list(plan.iter_errors({"include": "./base"})) == []
    assert list(plan.iter_errors({"include": "./base", "channel": [{"sender": "stores"}]}))
