"""Changes to the plan that lessons propose, each concrete and each with the findings behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from drillkit.model.base import LANGS, MINUTE, Lang, Line, Millis, Prose, Text
from drillkit.model.lesson import Lesson, Shortfall
from drillkit.model.plan import Depot, Plan, Role
from drillkit.packs.duration import written
from drillkit.packs.positions import Where
from drillkit.words import say

_ABSENT = ("absent-key-role", "absent-role", "no-alternate")
_LATE = ("late-key-role", "late-role")
_REPORT = ("report-late", "report-omitted")
_SUPPLY = ("unmet-need", "life-critical-late", "idle-stock")
_CALL_OUT = (*_LATE, *_ABSENT, "unacknowledged")

Scalar = str | int
Content = Scalar | Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the plan's file at `where`.

    "set" puts `content` there, None takes it away; "more" adds it to the list there, which may not
    be there yet; "by" adds it to the number there.
    """

    where: Where
    content: Content
    how: Literal["set", "more", "by"] = "set"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to change, why (a words key of area register with values), and the lessons behind it.

    Without lessons a look through the plan itself found it.
    """

    id: str
    key: str
    values: Mapping[str, object]
    edits: tuple[Edit, ...]
    lessons: tuple[Lesson, ...] = ()

    def in_(self, lang: str) -> str:
        return say(lang, self.key, **self.values)


def proposals(plan: Plan, lessons: Iterable[Lesson], on: str) -> list[Proposal]:
    """The changes to this plan that are still to be made; `on` is the day (YYYY-MM-DD).

    What lessons ask for that are implemented or closed has been dealt with.
    """
    known = [lesson for lesson in lessons if lesson.status in ("identified", "agreed")]
    joined: dict[str, Proposal] = {}
    for propose in (
        _alternates,
        _deputies,
        _times,
        _stock,
        _approvers,
        _contacts,
        _expiry,
        _trained,
    ):
        for one in propose(plan, known, on):
            first = joined.setdefault(one.id, one)
            if first is not one:
                behind = dict.fromkeys(lesson.id for lesson in (*first.lessons, *one.lessons))
                by_id = {lesson.id: lesson for lesson in (*first.lessons, *one.lessons)}
                joined[one.id] = replace(first, lessons=tuple(by_id[id] for id in behind))
    return list(joined.values())


def proposed(plan: Plan, lesson: Lesson, on: str) -> Text | None:
    """What the lesson alone proposes, in words; None when it does not touch this plan."""
    own = [one for one in proposals(plan, [lesson], on) if one.lessons]

    def said(lang: Lang) -> Prose:
        return Prose("\n".join(one.in_(lang) for one in own))

    return Text(en=said("en"), zh=said("zh")) if own else None


# -- people ----------------------------------------------------------------------------------------


def _place(things: Sequence[object], id: str) -> int:
    return next(place for place, one in enumerate(things) if getattr(one, "id", "") == id)


def _of(
    plan: Plan, lessons: Iterable[Lesson], rules: Sequence[str]
) -> Iterator[tuple[Lesson, Role]]:
    """The lessons by these rules about roles that the plan has."""
    for lesson in lessons:
        role = plan.role(lesson.subject.id) if lesson.subject else None
        if lesson.rule in rules and role is not None:
            yield lesson, role


def _stand_in(plan: Plan, role: Role) -> Role | None:
    """Who would take over: of the same group, else with the same duties' rights, else a deputy."""
    others = [one for one in plan.players() if one.id != role.id and one.id not in role.alternates]
    # Who commands is needed where they are.
    free = [one for one in others if not one.commander] or others

    def nearness(one: Role) -> tuple[bool, bool, int]:
        same_group = one.group is not None and one.group == role.group
        return not same_group, set(role.may).isdisjoint(one.may), len(one.alternates)

    return min(free, key=nearness, default=None)


def _alternate(plan: Plan, role: Role, lesson: Lesson) -> Iterator[Proposal]:
    other = _stand_in(plan, role)
    if role.alternates or other is None:
        return
    where = ("role", _place(plan.roles, role.id), "alternates")
    values = {"role": role.title, "other": other.title}
    edit = Edit(where, other.id, "more")
    yield Proposal(f"alternate-{role.id}", "register.change-alternate", values, (edit,), (lesson,))


def _alternates(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """A post that was empty, or whose work was late, and that nobody is named to take over."""
    for lesson, role in _of(plan, lessons, _ABSENT):
        yield from _alternate(plan, role, lesson)
    owners = {one.id: one.owner for one in plan.customers}
    for lesson in lessons:
        subject = lesson.subject
        if lesson.rule == "customer-late" and subject and subject.id in owners:
            role = plan.role(owners[subject.id])
            if role is not None:
                yield from _alternate(plan, role, lesson)


def _deputies(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """A report whose sender has no deputy, or none who may report."""
    rules = {one.id: one for one in plan.reports}
    for lesson in lessons:
        rule = rules.get(lesson.subject.id) if lesson.subject else None
        if rule is None or lesson.rule not in _REPORT:
            continue
        sender = plan.role(rule.sender)
        if sender is None:
            continue
        if not sender.alternates:
            yield from _alternate(plan, sender, lesson)
        deputies = [role for id in sender.alternates if (role := plan.role(id))]
        if not deputies and (other := _stand_in(plan, sender)):
            deputies = [other]
        if deputies and not any("report" in role.may for role in deputies):
            deputy = deputies[0]
            where = ("role", _place(plan.roles, deputy.id), "may")
            values = {"role": deputy.title, "report": rule.title, "sender": sender.title}
            edit = Edit(where, "report", "more")
            yield Proposal(
                f"report-deputy-{deputy.id}", "register.change-deputy", values, (edit,), (lesson,)
            )


def _approvers(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """Statements went out unapproved, and one post alone may approve them."""
    if plan.release is None or len(plan.release.approvers) > 1:
        return
    approver = plan.role(plan.release.approvers[0])
    ids = (*approver.alternates, *(one.id for one in plan.players())) if approver else ()
    spoken = {*plan.release.approvers, plan.release.spokesperson}
    other = next((role for id in ids if id not in spoken and (role := plan.role(id))), None)
    for lesson in lessons:
        if lesson.rule == "unapproved-release" and other and approver:
            edit = Edit(("release", "approvers"), other.id, "more")
            values = {"role": other.title, "other": approver.title}
            yield Proposal("approver", "register.change-approver", values, (edit,), (lesson,))


def _contacts(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """A post that the plan does not say how to reach."""
    behind = list(_of(plan, lessons, _CALL_OUT))
    for place, role in enumerate(plan.roles):
        if role.outside or role.contact is not None:
            continue
        found = tuple(lesson for lesson, of in behind if of.id == role.id)
        content = {"post": {"en": str(role.title.en), "zh": str(role.title.zh)}, "phone": "?"}
        edit = Edit(("role", place, "contact"), content)
        values = {"role": role.title}
        yield Proposal(f"contact-{role.id}", "register.change-contact", values, (edit,), found)


def _trained(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:
    """A post whose training has lapsed, or that did badly what it was never trained for."""
    records = {one.role: (place, one) for place, one in enumerate(plan.training)}
    for role in plan.players():
        found = tuple(one for one in lessons if one.owner == role.id and one.element == "training")
        day = min((one.due for one in found if one.due >= on), default=_months_on(on, 3))
        values = {"role": role.title, "day": day}
        if role.id not in records:
            if found:
                course = {
                    lang: say(lang, "register.course", title=found[0].title) for lang in LANGS
                }
                content = {"role": role.id, "course": _cut(course), "done": _planned(day)}
                edit = Edit(("training",), content, "more")
                key = "register.change-training"
                yield Proposal(f"training-{role.id}", key, values, (edit,), found)
            continue
        place, record = records[role.id]
        if record.valid_until and _is_past(record.valid_until, on):
            edits = (
                Edit(("training", place, "done"), _planned(day)),
                Edit(("training", place, "valid_until"), None),
            )
            values |= {"until": record.valid_until, "course": record.course}
            key = "register.change-lapsed"
            yield Proposal(f"training-{role.id}", key, values, edits, found)


def _planned(day: str) -> str:
    """A training that is still to come; the plan has one line for both languages."""
    return " / ".join(say(lang, "register.planned", day=day) for lang in LANGS)


def _cut(said: Mapping[Lang, str]) -> dict[str, str]:
    return {lang: text[: Line.LIMIT] for lang, text in said.items()}


# -- times -----------------------------------------------------------------------------------------


def _times(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """A limit that was met in none of the drills, where no law sets it."""
    for lesson in lessons:
        times = [drill.took for drill in lesson.drills]
        subject = lesson.subject
        if subject is None or not times or any(time is None for time in times):
            continue
        can = -(-min(time for time in times if time) // MINUTE) * MINUTE
        if lesson.rule in _LATE and (role := plan.role(subject.id)):
            where: Where = ("role", _place(plan.roles, role.id))
            target, limit = role.arrive_target, role.arrive_limit
            yield from _time(lesson, where, "arrive_", target=target, limit=limit, can=can)
        elif lesson.rule == "quorum-late":
            for place, group in enumerate(plan.groups):
                if group.id == subject.id:
                    target, limit = group.target, group.limit
                    where = ("group", place)
                    yield from _time(lesson, where, "", target=target, limit=limit, can=can)
        elif lesson.rule == "report-late":
            for place, rule in enumerate(plan.reports):
                if rule.id == subject.id and not rule.statutory and rule.clock == "exercise":
                    yield from _report_time(lesson, place, rule.limit, can)


def _time(
    lesson: Lesson,
    where: Where,
    prefix: str,
    *,
    target: Millis,
    limit: Millis | None,
    can: Millis,
) -> Iterator[Proposal]:
    """The target at what could be done at best, and a limit as far behind it as before."""
    assert lesson.subject is not None
    if can <= target:
        return
    edits = [Edit((*where, f"{prefix}target"), written(can))]
    if limit is not None:
        edits.append(Edit((*where, f"{prefix}limit"), written(can + limit - target)))
    values = {"subject": lesson.subject.title, "old": written(target), "new": written(can)}
    id = f"target-{lesson.subject.id}"
    yield Proposal(id, "register.change-target", values, tuple(edits), (lesson,))


def _report_time(lesson: Lesson, place: int, limit: Millis, can: Millis) -> Iterator[Proposal]:
    assert lesson.subject is not None
    if can > limit:
        edit = Edit(("report", place, "limit"), written(can))
        values = {"subject": lesson.subject.title, "old": written(limit), "new": written(can)}
        id = f"limit-{lesson.subject.id}"
        yield Proposal(id, "register.change-limit", values, (edit,), (lesson,))


# -- supplies --------------------------------------------------------------------------------------


def _stock(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:  # noqa: ARG001
    """Too little of an item within reach of a site, or enough of it in the wrong place.

    Where nothing was sent at all, neither the quantity nor the place was what failed.
    """
    for lesson in lessons:
        short = lesson.drills[-1].short if lesson.drills else None
        if lesson.rule in _SUPPLY and short is not None and short.got < short.asked:
            yield from _supply(plan, lesson, short)


def _supply(plan: Plan, lesson: Lesson, short: Shortfall) -> Iterator[Proposal]:
    item = next((one for one in plan.items if one.id == short.item), None)
    ways = {route.depot: route.time for route in plan.routes if route.site == short.site}
    near = sorted((one for one in plan.depots if one.id in ways), key=lambda one: ways[one.id])
    if item is None or not near:
        return
    first, lacked = near[0], short.asked - short.got
    held = sum(_held(one, short.item) for one in near)
    values = {"item": item.title, "unit": item.unit, "depot": first.title}
    id = f"stock-{short.item}-{first.id}"
    if held < short.asked + item.floor:
        n = short.asked + item.floor - held
        edits = (_stocked(plan, first, short.item, n),)
        key = "register.change-stock"
        yield Proposal(id, key, values | {"quantity": n}, edits, (lesson,))
        return
    if short.got == 0:
        return
    far = max(near[1:], key=lambda one: _held(one, short.item), default=None)
    if far is None or _held(first, short.item) >= lacked or ways[far.id] == ways[first.id]:
        return
    n = min(lacked, _held(far, short.item) - 1)
    if n > 0:
        edits = (_stocked(plan, far, short.item, -n), _stocked(plan, first, short.item, n))
        values |= {"quantity": n, "other": far.title}
        yield Proposal(id, "register.change-place", values, edits, (lesson,))


def _held(depot: Depot, item: str) -> int:
    return sum(one.quantity for one in depot.stock if one.item == item)


def _stocked(plan: Plan, depot: Depot, item: str, change: int) -> Edit:
    where: Where = ("depot", _place(plan.depots, depot.id), "stock")
    for place, one in enumerate(depot.stock):
        if one.item == item:
            # Two changes may concern the same shelf.
            return Edit((*where, place, "quantity"), change, "by")
    return Edit(where, {"item": item, "quantity": change}, "more")


def _expiry(plan: Plan, lessons: Sequence[Lesson], on: str) -> Iterator[Proposal]:
    """Stock that is out of date on that day."""
    for number, depot in enumerate(plan.depots):
        for place, one in enumerate(depot.stock):
            if not one.expires or not _is_past(one.expires, on):
                continue
            item = next((item.title for item in plan.items if item.id == one.item), one.item)
            found = tuple(
                lesson
                for lesson in lessons
                if any(drill.short and drill.short.item == one.item for drill in lesson.drills)
            )
            new = _months_on(on, 12)[: len(one.expires)]
            values = {"item": item, "depot": depot.title, "old": one.expires, "new": new}
            edit = Edit(("depot", number, "stock", place, "expires"), new)
            id = f"expired-{one.item}-{depot.id}"
            yield Proposal(id, "register.change-expired", values, (edit,), found)


def _is_past(until: str, on: str) -> bool:
    """A date, a month or a year that is over on that day."""
    return until[:1].isdigit() and on[: len(until)] > until


def _months_on(on: str, months: int) -> str:
    day = date.fromisoformat(on)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, 28)).isoformat()
