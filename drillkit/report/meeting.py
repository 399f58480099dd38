"""What a report says of the evaluators' meeting: held by whom, what it left open, and why."""

from drillkit.core.measured import measure
from drillkit.report.drill import Drill
from drillkit.words import listing, say
from scoring.result.settlement import TaskVerdict, duty_verdicts, verdicts


def meeting_lines(drill: Drill) -> list[str]:
    """Whose ratings are kept back, whether they met, and what is open; nothing during play."""
    if drill.state.ended is None:
        return []
    lines = [drill.say("kept-back", raters=listing(drill.lang, [*drill.kept_back]))]
    return [*(lines if drill.kept_back else []), *filter(None, [_held(drill), left_open(drill)])]


def _held(drill: Drill) -> str:
    if drill.state.meeting is None:
        return ""
    closed = drill.state.meeting[1]
    present = listing(drill.lang, list(closed.present))
    return " ".join(filter(None, [drill.say("meeting", present=present), closed.why]))


def open_points(drill: Drill) -> list[str]:
    """What evaluators differ in, from each other or the journal, and nobody has settled or set."""
    found = (*verdicts(drill.state, drill.assessment), *duty_verdicts(drill.state))
    names, lang = drill.names, drill.lang
    return [
        names.task(one.task, lang)
        if isinstance(one, TaskVerdict)
        else measure(names, one.measure, lang)
        for one in found
        if one.is_open
    ]


def left_open(drill: Drill) -> str:
    """The open points, with the reason that the meeting gave for leaving them; "" for none."""
    points = open_points(drill)
    if not points:
        return ""
    quoted = [say(drill.lang, "log.quoted", text=text) for text in points]
    named = drill.say("open-points", n=len(points), points=listing(drill.lang, quoted))
    if drill.state.meeting is None:
        return named
    why = drill.state.meeting[1].left
    return f"{named} {drill.say('left-why', why=why) if why else drill.say('left-unsaid')}"
