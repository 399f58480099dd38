"""Who knew what when: facts down, roles across, the minute of knowing in each cell."""

from drillkit.core.records import Known
from drillkit.model.base import MINUTE
from drillkit.model.plan import Role
from drillkit.model.scenario import Fact
from drillkit.report.charts.svg import Sheet, fit, text_width
from drillkit.report.drill import Drill
from scoring.measure import hard_limit

_WIDTH, _LABEL, _ROW, _BOTTOM = 960.0, 300.0, 24.0, 30.0
_MOST_COLUMN = 62.0
_TURN = -38
_STANDINGS = ("in-time", "late", "too-late", "missed", "beyond")


def knowing(drill: Drill) -> str:
    """The matrix; "" when no fact came up."""
    facts = [fact for fact in drill.state.scenario.facts if fact.id in drill.state.facts]
    roles = [role.id for role in drill.state.plan.roles if _matters(drill, facts, role)]
    if not facts or not roles:
        return ""
    names = [fit(drill.names.role(role, drill.lang), 170) for role in roles]
    column = min(_MOST_COLUMN, (_WIDTH - _LABEL - 90) / len(roles))
    top = max(text_width(name) for name in names) * 0.62 + 26
    plate = min(34.0, column - 8)
    height = top + _ROW * len(facts) + _BOTTOM
    about = drill.say("chart.knowing-about")
    sheet = Sheet(_WIDTH, height, drill.say("chart.knowing"), about, "knowing")
    sheet.hatch()
    for index, name in enumerate(names):
        sheet.text(_LABEL + column * (index + 0.5), top - 8, name, turn=_TURN)
    for row, fact in enumerate(facts):
        y = top + row * _ROW
        sheet.line(0, y, _LABEL + column * len(roles), y, "rule")
        sheet.text(0, y + 16, fit(drill.names.fact(fact.id, drill.lang), _LABEL - 14))
        for index, role in enumerate(roles):
            standing, words = _cell(drill, fact, role)
            if not standing:
                continue
            x = _LABEL + column * index
            if standing in ("late", "too-late"):
                sheet.hatched(x + 2, y + 2, column - 4, _ROW - 4, f"bar {standing}")
                sheet.box(x + column / 2 - plate / 2, y + 4, plate, _ROW - 8, "plate")
            else:
                sheet.box(x + 2, y + 2, column - 4, _ROW - 4, f"bar {standing}")
            sheet.text(x + column / 2, y + 16, words, f"cell {standing}", anchor="middle")
    _legend(sheet, drill, height - 9)
    return str(sheet)


def _matters(drill: Drill, facts: list[Fact], role: Role) -> bool:
    """A player who knew something, or anybody who had to."""
    standings = {_cell(drill, fact, role.id)[0] for fact in facts} - {""}
    return bool(standings - {"beyond"} if role.outside else standings)


def _known(drill: Drill, role: str, fact: str) -> Known | None:
    state = drill.state
    own = state.knows[role].get(fact) if role in state.knows else None
    return min((known for known in (own, state.public.get(fact)) if known), default=None)


def _cell(drill: Drill, fact: Fact, role: str) -> tuple[str, str]:
    """How the role came to know the fact, and the minute; both "" when it had not to, and did not.

    Minutes count from the moment at which the fact came up. "beyond" means that the role knew
    though nobody required it.
    """
    came_up = drill.state.facts[fact.id].at
    known = _known(drill, role, fact.id)
    recipient = next((one for one in fact.recipients if one.role == role), None)
    minute = f"{max(0, known.at - came_up) / MINUTE:.0f}" if known else ""
    if recipient is None:
        return ("beyond", minute) if known else ("", "")
    limit = hard_limit(recipient.target, recipient.limit)
    if known is None:
        over = drill.end_at - came_up >= limit
        return ("missed", drill.say("letter.missed")) if over else ("waiting", "…")
    took = known.at - came_up
    if took <= recipient.target:
        return "in-time", minute
    standing = "late" if took < limit else "too-late"
    return standing, f"{minute} {drill.say(f'letter.{standing}')}"


def _legend(sheet: Sheet, drill: Drill, y: float) -> None:
    x = 0.0
    for standing in _STANDINGS:
        name = drill.say(f"chart.knew-{standing}")
        if standing in ("late", "too-late"):
            sheet.hatched(x, y - 10, 18, 11, f"bar {standing}")
        else:
            sheet.box(x, y - 10, 18, 11, f"bar {standing}")
        sheet.text(x + 23, y, name, "small")
        x += 23 + text_width(name, 11) + 16
