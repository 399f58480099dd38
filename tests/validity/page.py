"""The report for somebody who doubts the scores: what was done, what came out, what does not hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drillkit.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
)
from drillkit.words import say
from tests.validity import gamed, monotone, robust, sensitive
from tests.validity.cheats import CHEATS
from tests.validity.drills import SCORES
from tests.validity.plot import curves

NAMES = {
    score: say("en", f"score.{score}")
    for score in ("arrival", "supplies", "information", "process")
} | {"result": say("en", "result.result"), "combined": say("en", "result.combined")}


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found, and how many seeds it rests on."""

    lines: Sequence[monotone.Line]
    damages: Sequence[sensitive.Row]
    checks: Sequence[robust.Check]
    cheats: Sequence[gamed.Row]
    seeds: int
    damage_seeds: int
    cheat_seeds: int
    draws: int


def verdicts(found: Findings) -> list[tuple[str, bool, str]]:
    """Each claim, whether it holds, and the figure that it hangs on."""
    weakest = min((line for line in found.lines if line.score in monotone.JUDGED), key=_rho)
    least = min(found.damages, key=lambda row: row.own / max(row.other, 0.01) / row.factor)
    claimed = sum(check.claimed for check in found.checks) / len(found.checks)
    kept = sum(check.found for check in found.checks) / len(found.checks)
    beaten = [row for row in found.cheats if row.holds]
    open_rows = [row for row in found.cheats if not row.holds and row.cheat not in gamed.LEFT]
    named = len({row.cheat for row in found.cheats if not row.holds} & gamed.LEFT.keys())
    return [
        (
            "Monotone",
            all(line.holds for line in found.lines),
            (
                f"Spearman of skill and median at least {weakest.rho:.3f} ({NAMES[weakest.score]}); "
                f"asked for {monotone.LEAST}."
            ),
        ),
        (
            "Sensitive",
            all(row.holds for row in found.damages),
            (
                f"Least apart: {least.damage.title}, own score {least.own:.1f} points, any other of "
                f"the process {least.other:.1f}; asked for {least.factor:g} times."
            ),
        ),
        (
            "Robust",
            robust.holds(found.checks),
            (
                f"The grade holds in {kept:.1%} of draws, {claimed:.1%} claimed, over "
                f"{len(found.checks)} drills; half of them chosen for lying near a cut-off."
            ),
        ),
        (
            "Not to be gamed",
            not open_rows,
            f"{len(beaten)} of {len(found.cheats)} rows lose what they play for and the combined "
            f"score; {named} cheats are named that do not."
            + "".join(f" Open: {row.cheat} at {row.skill:g}." for row in open_rows),
        ),
    ]


def _rho(line: monotone.Line) -> float:
    return line.rho


def document(found: Findings) -> Document:
    """The whole report."""
    parts = (
        ("Verdicts", _verdicts(found)),
        ("Method", _method(found)),
        ("Monotone: who is more able scores more", _monotone(found)),
        ("Sensitive: a damage shows where it belongs", _sensitive(found)),
        ("Robust: what the report says of weights", _robust(found)),
        ("Not to be gamed", _gamed(found)),
        ("What these figures cannot say", _limits()),
    )
    return Document(
        name="report",
        lang="en",
        title="Validity of the scores",
        subject="drillkit, played by simulated teams",
        under="",
        state="",
        is_final=True,
        status="Made by python -m tests.validity.",
        confidential="",
        sections=tuple(
            Section(f"part-{number}", str(number), title, tuple(blocks))
            for number, (title, blocks) in enumerate(parts, 1)
        ),
    )


def _verdicts(found: Findings) -> Iterator[Block]:
    yield Table(
        "verdicts",
        (Column("Claim", 0.2), Column("Verdict", 0.15), Column("What it hangs on", 0.65)),
        tuple(
            Row((Cell(claim), Cell("holds" if holds else "does not hold"), Cell(why)))
            for claim, holds, why in verdicts(found)
        ),
    )


def _method(found: Findings) -> Iterator[Block]:
    packs = ", ".join(dict.fromkeys(line.pack for line in found.lines))
    yield Bullets(
        (
            (
                "Drills.",
                (
                    f"Whole drills of {packs}, played on a simulated clock by stand-ins in all "
                    "seats, who see and do only what their desk lets them. Weights: standard."
                ),
            ),
            (
                "Seeds.",
                (
                    f"{found.seeds} a step of skill, {found.damage_seeds} a damage, "
                    f"{found.cheat_seeds} a cheat and skill. Each decision has dice of its own, so a team "
                    "and its damaged or cheating twin differ only in what the damage or cheat touches."
                ),
            ),
            (
                "Differences",
                (
                    "are paired by seed, with the 95 % interval of their mean by Student's "
                    "distribution. They are in points before caps, as a cap makes ties of differences; "
                    "published points, after caps, are shown for steps of skill, and decide beside the "
                    "others over cheats."
                ),
            ),
            (
                "Caps",
                (
                    "are ceilings by rule, such as 59 for a statutory report that was never filed: "
                    "at middling skill, medians rest on them."
                ),
            ),
            (
                "Correlations",
                (
                    "are Spearman's: of skill and the medians of the steps, which the "
                    "claim is about, and over all single drills."
                ),
            ),
        )
    )


def _monotone(found: Findings) -> Iterator[Block]:
    for pack in dict.fromkeys(line.pack for line in found.lines):
        lines = [line for line in found.lines if line.pack == pack]
        yield Picture(
            f"monotone-{pack}",
            f"Points over skill: {pack}",
            "Median of each step of skill, with the middle half of its drills.",
            curves(lines, NAMES, f"Points over skill: {pack}"),
        )
        steps = lines[0].steps
        yield Table(
            "monotone",
            (
                Column("Median", 0.22),
                *(Column(f"{step:g}", 0.05, is_number=True) for step in steps),
                Column("ρ of medians", 0.1, is_number=True),
                Column("ρ of drills", 0.1, is_number=True),
            ),
            tuple(
                Row(
                    (
                        Cell(NAMES[line.score]),
                        *(Cell(f"{point:.0f}") for point in line.medians),
                        Cell(f"{line.rho:.3f}"),
                        Cell(f"{line.rho_all:.3f}"),
                    )
                )
                for line in lines
            ),
            caption=f"{pack}, {found.seeds} drills a step",
        )


def _sensitive(found: Findings) -> Iterator[Block]:
    yield Paragraph(
        "A practised team (skill 0.9) against the same team with one ability damaged: the mean "
        "difference in points, before caps. ◆ the score that the ability belongs to."
    )
    for pack in dict.fromkeys(row.pack for row in found.damages):
        yield Table(
            "damages",
            (
                Column("Damage", 0.2),
                *(Column(NAMES[score], 0.13, is_number=True) for score in SCORES),
                Column("", 0.06),
            ),
            tuple(
                Row(
                    (
                        Cell(row.damage.title),
                        *(
                            _own(str(row.moves[one]), is_own=one in row.damage.own)
                            for one in SCORES
                        ),
                        Cell("holds" if row.holds else "no"),
                    )
                )
                for row in found.damages
                if row.pack == pack
            ),
            caption=f"{pack}, {found.damage_seeds} pairs each",
        )
    yield Bullets(
        tuple(
            (f"{title}, {factor:g} times.", why)
            for title, (factor, why) in sensitive.SPILLS.items()
        )
    )


def _own(text: str, *, is_own: bool) -> Cell:
    return Cell(f"◆ {text}" if is_own else text)


def _robust(found: Findings) -> Iterator[Block]:
    yield Paragraph(
        f"The report says in what share of draws of ±30 % on all weights the grade stays. Here "
        f"{found.draws} whole weight sets are drawn by other dice for each drill, and the drill is "
        "scored anew from its journal with each."
    )
    yield Table(
        "calibration",
        (
            Column("Claimed share", 0.3),
            Column("Drills", 0.15, is_number=True),
            Column("Claimed, mean", 0.2, is_number=True),
            Column("Found, mean", 0.2, is_number=True),
        ),
        tuple(
            Row(
                (
                    Cell(f"{part.lo:.0%} to {part.hi:.0%}"),
                    Cell(str(len(part.checks))),
                    Cell(f"{part.claimed:.1%}"),
                    Cell(f"{part.found:.1%}"),
                )
            )
            for part in robust.bins(found.checks)
        ),
    )


def _gamed(found: Findings) -> Iterator[Block]:
    yield Paragraph(
        "Each team cheats in one way and is honest in all else. It must lose points in the scores "
        "that it plays for (◆) and in the combined assessment: the interval before caps below "
        "0, and no gain after them."
    )
    rows: list[Row] = []
    for row in found.cheats:
        about = CHEATS[row.cheat].__doc__ or ""
        rows.append(
            Row(
                (
                    Cell(row.cheat, note=about),
                    Cell(f"{row.skill:g}"),
                    *(
                        _own(str(row.raw[one]), is_own=one in row.attacked)
                        for one in ("arrival", "supplies", "information", "result", "combined")
                    ),
                    Cell(f"{row.final['combined'].mean:+.1f}"),
                    Cell("loses" if row.holds else "does not"),
                )
            )
        )
    yield Table(
        "cheats",
        (
            Column("Cheat", 0.24),
            Column("Skill", 0.05, is_number=True),
            *(
                Column(NAMES[one], 0.11, is_number=True)
                for one in ("arrival", "supplies", "information", "result", "combined")
            ),
            Column("After caps", 0.07, is_number=True),
            Column("", 0.07),
        ),
        tuple(rows),
        caption=f"{found.cheat_seeds} pairs a row; four times as many where those leave it open",
    )
    left = {row.cheat for row in found.cheats if not row.holds}
    yield Bullets(tuple((f"{one}.", why) for one, why in gamed.LEFT.items() if one in left))


def _limits() -> Iterator[Block]:
    yield Bullets(
        (
            (
                "Simulated people are no people.",
                (
                    "The figures show that the measures follow what is "
                    "done in a drill, not that what they measure is what an emergency needs."
                ),
            ),
            (
                "Skill is one dial here.",
                ("It moves pace, memory and judgement together; claim 2 takes them apart again."),
            ),
            (
                "Words are not understood.",
                (
                    "A report whose elements say different things that mean "
                    "nothing passes as complete. Evaluators read it; the program cannot."
                ),
            ),
            ("The packs are ours.", "A pack with few needs or reports rests on few measures."),
        )
    )
