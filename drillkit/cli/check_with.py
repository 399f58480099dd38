"""`drillkit check --plan`: what another organisation's plan lacks for a pack."""

import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from drillkit import packs
from drillkit.cli.casting import in_sentences, loaded, show_advice, show_parts
from drillkit.cli.checked import summary
from drillkit.cli.failed import FAILED
from drillkit.model.base import Lang


def report_with(args: Namespace, folders: Sequence[Path]) -> int:
    """Print what another plan lacks for each of the packs; the answer is the exit status."""
    lang: Lang = args.lang
    told: list[packs.Diagnostic] = []
    sentences = 0
    for folder in folders:
        try:
            pack = loaded(args, folder, args.plan)
        except packs.PackFaults as problem:
            told += problem.diagnostics
            if args.format == "text":
                _show_miscast(problem, folder, lang)
                print(packs.render(problem.diagnostics, "text", lang))
            continue
        told += pack.advice
        sentences += len(in_sentences(pack.advice, lang))
        if args.format == "text":
            show_parts(packs.load(folder), pack.plan, pack.parts, lang)
            show_advice(pack.advice, lang)
    severities = Counter(one.severity for one in told)
    is_bad = bool(severities["fault"] or (args.strict and severities["advice"]))
    if args.format != "text":
        print(packs.render(told, args.format, lang))
    else:
        # What is alike was told in one sentence, and is counted as it was told.
        severities["advice"] = sentences
        print(summary(folders, +severities, lang), file=sys.stderr if is_bad else sys.stdout)
    return FAILED if is_bad else 0


def _show_miscast(problem: packs.PackFaults, folder: Path, lang: Lang) -> None:
    """Who takes what so far, where the plan is sound and the two do not fit each other."""
    if isinstance(problem, packs.Miscast):
        show_parts(packs.load(folder), problem.plan, problem.parts, lang)
        print()
