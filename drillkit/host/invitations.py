"""Invitations: what somebody must know to take a seat, as a sheet of paper and as plain text."""

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup
from pydantic import ConfigDict, Field

from drillkit.model.base import LANGS, MINUTE, STAFF, Id, Lang, Millis, Title, Value
from drillkit.model.plan import Plan
from drillkit.words import say

SSH_PORT, JOIN_PORT = 22, 2222
"""What `ssh` and `drillkit join` take when no port is said."""

_TONGUES = {"en": "en", "zh": "zh-CN"}
_STEPS = ("step-line", "step-fingerprint", "step-code", "step-name")
_FAILS = ("fails-silent", "fails-fingerprint", "fails-code")


class Invitation(Value):
    """Who is asked to which seat, and what opens it. The code never shows in an error or a log."""

    model_config = ConfigDict(hide_input_in_errors=True)

    seat: Id
    role_title: Title
    code: Annotated[str, Field(pattern=r"^[0-9A-Z]+(-[0-9A-Z]+)*$", max_length=64, repr=False)]
    address: Annotated[str, Field(pattern=r"^[A-Za-z0-9:][A-Za-z0-9.:%_-]*$", max_length=255)]
    """A name or an IP address, without brackets."""
    port: int = Field(ge=1, le=65535)
    fingerprint: Annotated[str, Field(pattern=r"^SHA256:[A-Za-z0-9+/]{43}$")]


def command(invitation: Invitation) -> str:
    """The one line to type: "ssh -p 2222 medical@host"."""
    return ssh_line(invitation.seat, invitation.address, invitation.port)


def ssh_line(seat: str, address: str, port: int) -> str:
    """What to type for a seat, without the port where it is ssh's own."""
    return f"ssh {'' if port == SSH_PORT else f'-p {port} '}{seat}@{address}"


def join_command(invitation: Invitation) -> str:
    """The same where drillkit is installed: "drillkit join medical@host"."""
    port = "" if invitation.port == JOIN_PORT else f":{invitation.port}"
    return f"drillkit join {invitation.seat}@{_bracketed(invitation.address)}{port}"


def link(invitation: Invitation) -> str:
    """The same for a phone, without the code: "ssh://medical@host:2222"."""
    host = _bracketed(invitation.address).replace("%", "%25")
    return f"ssh://{invitation.seat}@{host}:{invitation.port}"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def write(
    folder: Path,
    session_title: Title,
    plan: Plan,
    invitations: Sequence[Invitation],
    langs: Sequence[Lang] = LANGS,
) -> list[Path]:
    """Write all sheets as one text and one HTML file, and each seat's own; the files written.

    Only their owner may read them; `folder` is made when it is missing. Each sheet is in all of
    `langs`.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    bundles = [("invitations", tuple(invitations))]
    bundles += [(f"invitation-{invitation.seat}", (invitation,)) for invitation in invitations]
    written: list[Path] = []
    for name, bundle in bundles:
        sheets = [_Sheet(invitation, session_title, plan, langs) for invitation in bundle]
        for suffix, text in (("txt", _as_text(sheets)), ("html", _as_html(sheets))):
            path = folder / f"{name}.{suffix}"
            _put(path, text.encode())
            written.append(path)
    return written


def _put(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.part")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


# -- a sheet, whatever it is written as ------------------------------------------------------------


class _Sheet:
    """One invitation with its sentences, each in every language."""

    def __init__(
        self, invitation: Invitation, session_title: Title, plan: Plan, langs: Sequence[Lang]
    ) -> None:
        self.invitation = invitation
        self.session_title = session_title
        self.langs = langs
        self._role = plan.role(invitation.seat)

    def said(self, key: str) -> list[tuple[Lang, str]]:
        """One sentence in every language."""
        return [(lang, say(lang, f"host.{key}")) for lang in self.langs]

    def titled(self, title: Title) -> list[tuple[Lang, str]]:
        return [(lang, title.in_(lang)) for lang in self.langs]

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is compared and typed: the words key of its label, and itself."""
        invitation = self.invitation
        yield "user", invitation.seat
        yield "join-code", invitation.code
        yield "address", f"{_bracketed(invitation.address)}:{invitation.port}"
        yield "fingerprint", invitation.fingerprint

    def lines(self) -> Iterator[tuple[str, str]]:
        """The lines to type, either of which will do."""
        yield "line", command(self.invitation)
        yield "join-line", join_command(self.invitation)

    def card(self, lang: Lang) -> Iterator[str]:
        """What the seat is there for, by paragraphs."""
        role = self._role
        if role is None:
            if self.invitation.seat in STAFF:
                yield say(lang, f"host.duties-{self.invitation.seat}")
            return
        yield role.duties.in_(lang)
        if not role.outside:
            ack, arrive = _minutes(role.ack_target), _minutes(role.arrive_target)
            yield say(lang, "host.times", ack=ack, arrive=arrive)

    def steps(self, lang: Lang) -> list[str]:
        return [say(lang, f"host.{key}") for key in _STEPS]

    def fails(self, lang: Lang) -> list[str]:
        return [say(lang, f"host.{key}") for key in _FAILS]

    def qr(self) -> Markup:
        """The link as a picture, with the quiet zone that readers need."""
        code = segno.make(link(self.invitation), error="m", micro=False)
        return Markup(  # noqa: S704  # built by segno, of numbers only
            code.svg_inline(border=4, dark="black", light="white", omitsize=True)
        )


def _minutes(duration: Millis) -> str:
    return f"{round(duration / MINUTE, 1):g}"


# -- as plain text ---------------------------------------------------------------------------------


def _as_text(sheets: Iterable[_Sheet]) -> str:
    return f"\n{'=' * 78}\n\n".join("\n".join(_text(sheet)) + "\n" for sheet in sheets)


def _text(sheet: _Sheet) -> Iterator[str]:
    def label(key: str) -> str:
        return " / ".join(sentence for _, sentence in sheet.said(key))

    yield label("exercise")
    yield ""
    for titles in (sheet.session_title, sheet.invitation.role_title):
        yield " / ".join(title for _, title in sheet.titled(titles))
    for key, value in (*sheet.facts(), *sheet.lines()):
        yield ""
        yield label(key)
        yield f"    {value}"
    for lang in sheet.langs:
        yield ""
        yield "-" * 78
        if card := list(sheet.card(lang)):
            yield ""
            yield say(lang, "host.your-role")
            # Indented: a plan's own lines must not pass for ours.
            yield from (f"    {line}" for part in card for line in part.splitlines())
        yield ""
        yield say(lang, "host.come-in")
        yield from (f"    {n}. {step}" for n, step in enumerate(sheet.steps(lang), 1))
        yield ""
        yield say(lang, "host.fails")
        yield from (f"    - {fail}" for fail in sheet.fails(lang))
        yield ""
        yield say(lang, "host.personal")


# -- as a page -------------------------------------------------------------------------------------


def _as_html(sheets: Sequence[_Sheet]) -> str:
    return _template().render(
        sheets=sheets, t=say, tongue=_TONGUES, style=_style(), style_hash=_style_hash()
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("drillkit.host", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("invitations.html.j2")


@cache
def _style() -> Markup:
    css = files("drillkit.host").joinpath("templates", "invitations.css")
    return Markup(css.read_text(encoding="utf-8"))  # noqa: S704  # ours


def _style_hash() -> str:
    """By which the page's policy lets this one style in and no other."""
    return b64encode(sha256(_style().encode()).digest()).decode()
