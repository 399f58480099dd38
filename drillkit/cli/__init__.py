"""The command line: parse, build, run, and turn every fault into one sentence and an exit status.

0: done. 1: what was asked for failed. 2: wrong usage. This module and its parser import nothing
heavy: `drillkit --help` answers before Textual or pydantic could have been loaded.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from itertools import pairwise

from drillkit.cli.parser import parse
from drillkit.words import chosen_language, say

DONE, FAILED, USAGE, STOPPED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit status."""
    # What a command loads stays: to look through it for garbage all the while takes a tenth of the
    # start, and with hundreds of terminals a full look stops them all: host.litter chooses when.
    gc.set_threshold(5_000, 10, 1_000)
    words = list(sys.argv[1:] if argv is None else argv)
    lang = chosen_language(_asked_language(words))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that cannot show Chinese gets question marks, not a traceback.
            stream.reconfigure(errors="replace")
    args = parse(words, lang)
    args.lang = lang
    try:
        module, _, function = args.run.partition(":")
        run = getattr(import_module(f"drillkit.cli.{module}"), function)
        status: int = run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print(say(lang, "cli.stopped"), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # The reader of our output has gone: nobody is left to tell, and what is still buffered
        # must not fail again while Python shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as problem:  # noqa: BLE001 - the one place where a fault becomes a sentence
        faults = import_module("drillkit.cli.faults")
        return int(faults.tell(problem, lang))
    return status


def _asked_language(words: Sequence[str]) -> str | None:
    """What --lang says: the complaint about a slip elsewhere is in that language too."""
    parts = [part for word in words for part in word.split("=", 1)]
    asked = next((after for word, after in pairwise(parts) if word == "--lang"), None)
    return None if asked == "both" else asked
