"""Packs: a folder of two TOML files becomes a scenario and a plan, or diagnostics."""

from drillkit.packs.diagnostic import CODES, Diagnostic, PackFaults
from drillkit.packs.forms import check_form
from drillkit.packs.pack import PLAN_FILE, SCENARIO_FILE, Pack, check, check_plan, is_plan, load
from drillkit.packs.render import render
from drillkit.packs.schema import schema, write_schemas
from drillkit.packs.setting import Setting, SettingFault, swept
from drillkit.packs.shelf import PackNotFound, find, installed, packs_under, shipped

__all__ = [
    "CODES",
    "PLAN_FILE",
    "SCENARIO_FILE",
    "Diagnostic",
    "Pack",
    "PackFaults",
    "PackNotFound",
    "Setting",
    "SettingFault",
    "check",
    "check_form",
    "check_plan",
    "find",
    "installed",
    "is_plan",
    "load",
    "packs_under",
    "render",
    "schema",
    "shipped",
    "swept",
    "write_schemas",
]
