"""Every fault that can reach the command line, as one sentence on standard error."""

import errno
import sys
import traceback
from pathlib import Path

from platformdirs import user_log_path

from drillkit.cli.failed import FAILED, USAGE, Failed
from drillkit.core.script import Refused
from drillkit.host.keys import HostKeyFault
from drillkit.journal import JournalFault
from drillkit.lessons import LessonFault
from drillkit.model.base import Lang
from drillkit.packs import PackFaults, PackNotFound, SettingFault, render
from drillkit.packs.profiles import ProfileNotFound
from drillkit.packs.rubrics import WeightsNotFound
from drillkit.packs.starter.wish import StarterFault
from drillkit.rehearse.workers import ClusterFault
from drillkit.report import (
    ExtraMissing,
    MissingCharacter,
    NoChineseFont,
    ReportExists,
    UnknownFormat,
)
from drillkit.session import RestlessScenario
from drillkit.standins import StandInCrashed
from drillkit.words import say


def tell(problem: Exception, lang: Lang) -> int:
    """Print the sentence of the fault; the answer is the exit status."""
    sentence, status = _sentence(problem, lang)
    print(sentence, file=sys.stderr)
    return status


def _sentence(problem: Exception, lang: Lang) -> tuple[str, int]:
    match problem:
        case (
            Failed() | Refused() | JournalFault() | HostKeyFault() | LessonFault() | ClusterFault()
        ):
            return say(lang, problem.key, **problem.values), FAILED
        case PackFaults():
            return render(problem.diagnostics, "text", lang), FAILED
        case StarterFault() | SettingFault():
            return say(lang, problem.key, **problem.values), USAGE
        case PackNotFound():
            return _unknown("no-pack", problem.name, problem.nearest, lang), USAGE
        case WeightsNotFound():
            return _unknown("no-weights", problem.name, problem.nearest, lang), USAGE
        case ProfileNotFound():
            return _unknown("no-profile", problem.name, problem.nearest, lang), USAGE
        case UnknownFormat():
            return _unknown("no-format", problem.name, problem.nearest, lang), USAGE
        case ExtraMissing():
            return say(lang, "report.needs-extra", name=problem.name, extra=problem.extra), USAGE
        case ReportExists():
            return say(lang, "report.exists", path=problem.path), FAILED
        case NoChineseFont():
            return say(lang, "report.no-chinese-font"), FAILED
        case MissingCharacter(character=""):
            return say(lang, "report.missing-characters"), FAILED
        case MissingCharacter():
            return say(lang, "report.missing-character", character=problem.character), FAILED
        case RestlessScenario():
            return say(lang, "cli.restless"), FAILED
        case StandInCrashed():
            return say(lang, "cli.stand-in-crashed", why=str(problem)), FAILED
        case OSError(errno=errno.ENOSPC):
            return say(lang, "cli.disk-full"), FAILED
        case OSError(filename=str() as path) if path:
            return say(lang, "cli.os-error", path=path, why=problem.strerror or ""), FAILED
    path = _write_down(problem)
    if path is None:
        return say(lang, "cli.crashed-silently", fault=repr(problem)), FAILED
    return say(lang, "cli.crashed", path=path), FAILED


def _unknown(key: str, name: str, near: str | None, lang: Lang) -> str:
    if near:
        return say(lang, f"cli.{key}-near", name=name, near=near)
    return say(lang, f"cli.{key}", name=name)


def _write_down(problem: Exception) -> Path | None:
    """Keep the traceback, without the values of variables, where it can be sent from.

    None when that cannot be written either.
    """
    path = user_log_path("drillkit", appauthor=False) / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            traceback.print_exception(problem, file=log)
    except OSError:
        return None
    return path
