"""`drillkit new`: a pack or a plan to start from; what no option says is asked at the terminal."""

import re
import shlex
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from drillkit.cli import STOPPED
from drillkit.cli.failed import USAGE, Failed
from drillkit.cli.tables import tell
from drillkit.model.base import LANGS, Lang
from drillkit.model.function import FUNCTIONS
from drillkit.packs import write_including
from drillkit.packs.duration import written
from drillkit.packs.shelf import must_be_free
from drillkit.packs.starter import wish as wishes
from drillkit.packs.starter.wish import PackWish, PlanWish, StarterFault, Tongue
from drillkit.packs.starter.write import pack_id, write_pack, write_plan
from drillkit.words import chosen_language, listing, say

_BOTH = "both"
_OF_PACK = ("family", "length", "title")
_OF_PLAN = ("name", "stores")
_PLAIN = re.compile(r"[\w./-]+")
"""A path that no shell takes apart, in letters of any writing."""

T = TypeVar("T")


class _Stopped(Exception):
    """Whoever was asked pressed Ctrl+C."""


def new(args: Namespace) -> int:
    """Write a pack into a folder, or a plan into a file."""
    lang: Lang = args.lang
    problem = _misfit(args)
    if problem is not None:
        print(say(lang, f"new.{problem[0]}", option=f"--{problem[1]}"), file=sys.stderr)
        return USAGE
    try:
        if args.plan is not None:
            return _plan(args, Path(args.plan))
        write = _pack if args.include is None else _including
        return write(args, Path(args.dir))
    except FileExistsError as problem:
        raise Failed("not-empty", path=args.dir) from problem
    except _Stopped:
        print("\n" + say(lang, "new.stopped"), file=sys.stderr)
        return STOPPED


def _misfit(args: Namespace) -> tuple[str, str] | None:
    """The sentence for options that do not go together, and the option it is about."""
    if args.dir is not None and args.plan is not None:
        return "about-both", "plan"
    if args.dir is None and args.plan is None:
        return "about-none", "plan"
    if args.plan is not None:
        others, key = (*_OF_PACK, "include"), "only-pack"
    elif args.include is not None:
        others, key = (*_OF_PACK, *_OF_PLAN, "roles"), "not-including"
    else:
        others, key = _OF_PLAN, "only-plan"
    given = next((name for name in others if getattr(args, name) is not None), None)
    return (key, given) if given else None


def _pack(args: Namespace, folder: Path) -> int:
    lang: Lang = args.lang
    must_be_free(folder)  # nobody is asked in vain
    family = _got(args, "family", "technical_failure", wishes.family)
    length = _got(args, "length", written(wishes.USUAL_LENGTH), wishes.length)
    posts = _got(args, "roles", wishes.USUAL_ROLES, wishes.posts)
    tongue = _tongue(args)
    usual = say(tongue.lang, f"story.{family}.title")
    title = _got(args, "title", usual, wishes.named)
    wish = PackWish(
        tongue=tongue,
        family=family,
        length=length,
        posts=posts,
        title="" if title == usual else title,
    )
    n = write_pack(folder, wish)
    print(say(lang, "new.pack-done", n=n, path=folder))
    if not wishes.slug(folder.resolve().name):
        tell(say(lang, "new.pack-id", id=pack_id(folder, wish)))
    print(say(lang, "new.pack-next", path=_typed(folder), more=_in(tongue)), end="")
    return 0


def _including(args: Namespace, folder: Path) -> int:
    write_including(folder, args.include)
    print(say(args.lang, "new.include-done", path=folder))
    return 0


def _plan(args: Namespace, path: Path) -> int:
    lang: Lang = args.lang
    if path.exists():
        raise Failed("new-exists", path=path)
    if not path.parent.is_dir():
        raise Failed("new-no-folder", path=path.parent)
    tongue = _tongue(args)
    usual = say(tongue.lang, "new.common.organisation")
    name = _got(args, "name", usual, wishes.named)
    posts = _got(args, "roles", wishes.USUAL_ROLES, wishes.posts)
    both = ",".join(say(tongue.lang, f"new.common.{store}") for store in ("near", "far"))
    stores = _got(args, "stores", both, wishes.stores)
    wish = PlanWish(
        tongue=tongue,
        posts=posts,
        name="" if name == usual else name,
        stores=() if ",".join(stores) == both else stores,
    )
    n = write_plan(path, wish)
    print(say(lang, "new.plan-done", n=n, path=path))
    print(say(lang, "new.plan-next", path=_typed(path), more=_in(tongue)), end="")
    return 0


def _typed(path: Path) -> str:
    """The path as a shell takes it, and no command for an option."""
    text = str(path)
    text = f"./{text}" if text.startswith("-") else text
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)


def _in(tongue: Tongue) -> str:
    """The option by which the next commands speak this language, too."""
    return "" if chosen_language() == tongue.lang else f" --lang {tongue.lang}"


def _tongue(args: Namespace) -> Tongue:
    """The language asked for, for the texts and for the comments."""
    asked = _got(args, "lang", _BOTH, _written, of="written")
    if asked == _BOTH:
        return Tongue(lang=args.lang)
    only: Lang = "zh" if asked == "zh" else "en"
    return Tongue(lang=only, written=(only,))


def _got(
    args: Namespace,
    name: str,
    usual: str,
    read: Callable[[str], T],
    *,
    of: str = "",
) -> T:
    """What the option says; else what is answered at the terminal; else the usual.

    A slip in an answer is said, and asked again. Raises StarterFault for one in an option.
    """
    given = getattr(args, of or name)
    if given is not None:
        return read(given)
    lang: Lang = args.lang
    known = listing(lang, [f"{one} ({say(lang, f'new.role.{one}')})" for one in FUNCTIONS])
    while sys.stdin.isatty() and sys.stdout.isatty():
        tell(say(lang, f"new.ask-{name}", known=known))
        try:
            answer = input(f"[{usual}] ").strip()
        except EOFError:
            print()
            break
        except KeyboardInterrupt:
            raise _Stopped from None
        try:
            return read(answer or usual)
        except StarterFault as slip:
            tell(say(lang, slip.key, **slip.values))
    return read(usual)


def _written(text: str) -> str:
    if text not in (*LANGS, _BOTH):
        raise StarterFault("bad-lang", value=text)
    return text
