"""JSON Schemas of the two files, so that an editor completes and underlines as the check does."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal, get_args

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from drillkit.model.base import Value
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.when import CONDITIONS
from drillkit.packs.duration import written

Kind = Literal["scenario", "plan", "scenario.include", "plan.include"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
"""The files of a pack, and those of one that builds on another: these say only what differs."""
WHOLE: Final[tuple[Kind, ...]] = ("scenario", "plan")

_MODELS: Final[Mapping[str, type[Value]]] = {"scenario": Scenario, "plan": Plan}
_INCLUDE: Final[Mapping[str, Mapping[str, Any]]] = {
    "include": {"type": "string"},
    "drop": {"type": "array", "items": {"type": "string"}},
}
"""Keys that a file has beside those of its model."""
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "Stock": ("item",),
    "Route": ("depot", "site"),
    "Recipient": ("role",),
    "AtRisk": ("customer",),
}
"""What tells tables apart that are laid over others by something else than an id."""
_REPLACED: Final = ("Channel", "Training", "Effect", "Move")
"""Tables without a name: they take the place of others, and so must be whole."""
_REF: Final = "#/$defs/"


class _ForToml(GenerateJsonSchema):
    """TOML has no null: a key that may be absent is of its own type, or absent."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if described.get("default", "") is None:
            del described["default"]
        elif isinstance(described.get("default"), int) and described.get("type") == "string":
            described["default"] = written(described["default"])  # a duration
        return described

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic asks so
        return False


@cache
def _said(name: str) -> Mapping[str, Any]:
    """What a file beside this one says of keys: by the key, or by model and key."""
    text = (files(__package__ or "") / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def _of(name: str, owner: str, key: str) -> Any:
    said = _said(name)
    return said.get(owner, {}).get(key, said.get(key))


def _referred(described: Mapping[str, Any]) -> str:
    """The model that a property holds, or a list of; "" for none."""
    inner: str = described.get("items", described).get("$ref", "")
    return inner.removeprefix(_REF)


def _describe(properties: dict[str, Any], whole: dict[str, Any], owner: str) -> None:
    """Give each property without a description that of its model, or of its key."""
    for key, described in properties.items():
        if "description" in described:
            continue
        inner = _referred(described)
        if inner and inner not in {"Title", "Text"}:
            described["description"] = whole["$defs"][inner]["description"]
        elif key in CONDITIONS and CONDITIONS[key].__name__ == owner:
            described["description"] = whole["$defs"][owner]["description"]
        else:
            described["description"] = _of("keys.toml", owner, key)


def _example(key: str, described: Mapping[str, Any], owner: str, whole: dict[str, Any]) -> Any:
    """One value that the property may have: as it is written down, or as the schema has it."""
    is_list, inner = described.get("type") == "array", _referred(described)
    if inner and inner not in {"Title", "Text"}:
        model = whole["$defs"][inner]
        made = {
            needed: _example(needed, model["properties"][needed], inner, whole)
            for needed in model.get("required") or list(model["properties"])[:1]
        }
        return [made] if is_list else made
    if (written_down := _of("examples.toml", owner, key)) is not None:
        return written_down
    if described.get("type") == "boolean":
        return not described["default"]
    return next(choice for choice in described["enum"] if choice != described.get("default"))


def _exemplify(properties: dict[str, Any], whole: dict[str, Any], owner: str) -> None:
    for key, described in properties.items():
        described["examples"] = [_example(key, described, owner, whole)]


def schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a file of a pack: each key with a sentence, an example."""
    name, _, is_part = kind.partition(".")
    made = _MODELS[name].model_json_schema(schema_generator=_ForToml)
    properties = {**deepcopy(dict(_INCLUDE)), **made.pop("properties")}
    whole: dict[str, Any] = {"$schema": _ForToml.schema_dialect, **made, "properties": properties}
    models = [(whole["title"], whole), *whole["$defs"].items()]
    for owner, model in models:
        _describe(model.get("properties", {}), whole, owner)
    for owner, model in models:
        _exemplify(model.get("properties", {}), whole, owner)
    for text in ("Title", "Text"):
        # A file in one language has one half; which file that is, no schema of a part can say.
        del whole["$defs"][text]["required"]
        whole["$defs"][text]["minProperties"] = 1
    if is_part:
        _loosen(whole)
    return whole


def _loosen(whole: dict[str, Any]) -> None:
    """Require only what tells which table is meant: the pack below says the rest."""
    conditions = {kind.__name__ for kind in CONDITIONS.values()}
    for name, model in whole["$defs"].items():
        if name in conditions or name in _REPLACED:
            continue
        needed = [key for key in _NEEDED.get(name, ("id",)) if key in model["properties"]]
        model.pop("required", None)
        if needed:
            model["required"] = needed
    whole["required"] = ["include", "id"] if whole["title"] == "Scenario" else ["include"]


def write_schemas(folder: Path, kinds: Iterable[Kind] = WHOLE) -> None:
    """Write scenario.schema.json and the like into `folder`."""
    for kind in kinds:
        text = json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8", newline="\n")
