"""JSON Schemas of the two files, so that an editor completes and underlines as the check does."""

import json
import tomllib
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

Kind = Literal["scenario", "plan"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

_MODELS: Final[dict[Kind, type[Value]]] = {"scenario": Scenario, "plan": Plan}
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
def _keys() -> dict[str, str]:
    text = (files(__package__ or "") / "keys.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def _describe(properties: dict[str, Any], whole: dict[str, Any], owner: str) -> None:
    """Give each property without a description that of its model, or of its key."""
    for key, described in properties.items():
        if "description" in described:
            continue
        inner = described.get("items", described).get("$ref", "").removeprefix(_REF)
        if inner and inner not in {"Title", "Text"}:
            described["description"] = whole["$defs"][inner]["description"]
        elif key in CONDITIONS and CONDITIONS[key].__name__ == owner:
            described["description"] = whole["$defs"][owner]["description"]
        else:
            described["description"] = _keys()[key]


def schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of scenario.toml or plan.toml."""
    made = _MODELS[kind].model_json_schema(schema_generator=_ForToml)
    whole: dict[str, Any] = {"$schema": _ForToml.schema_dialect, **made}
    for text in ("Title", "Text"):
        # A file in one language has one half; which file that is, no schema of a part can say.
        del whole["$defs"][text]["required"]
        whole["$defs"][text]["minProperties"] = 1
    _describe(whole["properties"], whole, whole["title"])
    for name, definition in whole["$defs"].items():
        _describe(definition.get("properties", {}), whole, name)
    return whole


def write_schemas(folder: Path) -> None:
    """Write scenario.schema.json and plan.schema.json into `folder`."""
    for kind in KINDS:
        text = json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"
        (folder / f"{kind}.schema.json").write_text(text, encoding="utf-8", newline="\n")
