"""So many of something, as each language counts it."""

from drillkit.words import say


def counted(lang: str, unit: str, n: int) -> str:
    """The unit as it stands behind the number: "sets" in English unless there is one."""
    if lang != "en" or n == 1 or not unit:
        return unit
    if unit == "person":
        return "people"
    if unit.endswith(("s", "x", "z", "ch", "sh")):
        return f"{unit}es"
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}s"


def goods(lang: str, item: str, quantity: int, unit: str) -> str:
    """So many of an item, with its unit; in English not where the item is named by it."""
    is_named_by_it = lang == "en" and unit.lower() in item.lower()
    behind = "" if is_named_by_it else counted(lang, unit, quantity)
    return say(lang, "log.goods", item=item, quantity=quantity, unit=behind).strip()
