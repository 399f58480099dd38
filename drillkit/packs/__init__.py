"""Packs: a folder of two TOML files becomes a scenario and a plan, or diagnostics."""

from drillkit.packs.begin import write_including
from drillkit.packs.diagnostic import ADVICE, CODES, Diagnostic, PackFaults, shown
from drillkit.packs.forms import check_form
from drillkit.packs.library import Broken, cards_in, cards_near, installed_cards, shipped_cards
from drillkit.packs.pack import Miscast, Pack, check, check_plan, is_plan, lint, load
from drillkit.packs.render import render
from drillkit.packs.schema import schema, write_schemas
from drillkit.packs.setting import Setting, SettingFault, swept
from drillkit.packs.shelf import PackNotFound, find, installed, packs_under, shipped
from drillkit.packs.source import PLAN_FILE, SCENARIO_FILE

__all__ = [
    "ADVICE",
    "CODES",
    "PLAN_FILE",
    "SCENARIO_FILE",
    "Broken",
    "Diagnostic",
    "Miscast",
    "Pack",
    "PackFaults",
    "PackNotFound",
    "Setting",
    "SettingFault",
    "cards_in",
    "cards_near",
    "check",
    "check_form",
    "check_plan",
    "find",
    "installed",
    "installed_cards",
    "is_plan",
    "lint",
    "load",
    "packs_under",
    "render",
    "schema",
    "shipped",
    "shipped_cards",
    "shown",
    "swept",
    "write_including",
    "write_schemas",
]
