"""Invitations and the host key: for the right eyes only, in both languages, and never alive."""

import html.parser
import os
import re
import stat
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import asyncssh
import pytest
import segno
from pydantic import ValidationError
from report_world import HOSTILE

from drillkit import packs
from drillkit.cli.faults import tell
from drillkit.host import invitations, keys
from drillkit.host.invitations import Invitation, command, join_command, link, write
from drillkit.host.keys import HostKeyFault, fingerprint, host_key
from drillkit.model.base import LANGS, Text, Title
from drillkit.model.text import Line, Prose
from drillkit.words import say

TITLE = Title(en=Line("Flood & fire"), zh=Line("洪水与火灾"))
CODE = "7KQM-2XWP-HT4R-9BNC"
PRINT = "SHA256:+mMz2ku5zKzZZjhfBm0S/WEXwmOOlX2aU9Sljhizzs8"
NASTY = Title(en=Line(f"<b onclick=x>{HOSTILE}</b>"), zh=Line(f"</title></style>{HOSTILE}"))


def asked(seat: str = "medical", **changes) -> Invitation:
    values = {
        "seat": seat,
        "role_title": TITLE,
        "code": CODE,
        "address": "192.168.1.20",
        "port": 2222,
        "fingerprint": PRINT,
    }
    return Invitation(**(values | changes))


@pytest.fixture(scope="module")
def plan():
    return packs.load(packs.find("riverside-hospital-flood")).plan


@pytest.fixture
def folder(tmp_path: Path, plan) -> Path:
    folder = tmp_path / "sheets"
    write(folder, TITLE, plan, [asked(), asked("facilitator", code="2222-3333-4444-5555")])
    return folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


class Page(html.parser.HTMLParser):
    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.style = ""
        self.feed(path.read_text(encoding="utf-8"))
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "path"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "path":
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text += data

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _ in self.tags)


# -- what is typed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "port", "typed", "joined", "linked"),
    [
        (
            "host",
            2222,
            "ssh -p 2222 medical@host",
            "drillkit join medical@host",
            "ssh://medical@host:2222",
        ),
        ("host", 22, "ssh medical@host", "drillkit join medical@host:22", "ssh://medical@host:22"),
        (
            "fe80::1%eth0",
            2222,
            "ssh -p 2222 medical@fe80::1%eth0",
            "drillkit join medical@[fe80::1%eth0]",
            "ssh://medical@[fe80::1%25eth0]:2222",
        ),
    ],
)
def test_each_way_in_names_role_host_and_port(address, port, typed, joined, linked):
    invitation = asked(address=address, port=port)
    assert (command(invitation), join_command(invitation), link(invitation)) == (
        typed,
        joined,
        linked,
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"seat": "-oProxyCommand=x"},
        {"seat": "../medical"},
        {"address": "-oX"},
        {"address": "host; reboot"},
        {"address": "host\n"},
        {"port": 0},
        {"port": 65536},
        {"fingerprint": "MD5:00"},
        {"code": "7KQM 2XWP<"},
    ],
    ids=str,
)
def test_what_could_not_be_typed_safely_is_no_invitation(changes):
    with pytest.raises(ValidationError):
        asked(**changes)


def test_a_code_shows_in_no_error_and_no_log():
    assert CODE not in repr(asked())
    with pytest.raises(ValidationError) as fault:
        asked(code=f"{CODE}!")
    assert CODE not in str(fault.value)


# -- the sheets ------------------------------------------------------------------------------------


def test_there_is_one_file_of_each_kind_for_all_and_for_each_seat(tmp_path: Path, plan):
    seats = ("medical", "facilitator")
    written = write(tmp_path / "a" / "b", TITLE, plan, [asked(seat) for seat in seats])
    stems = ("invitations", "invitation-medical", "invitation-facilitator")
    assert [path.name for path in written] == [
        f"{s}.{kind}" for s in stems for kind in ("txt", "html")
    ]
    assert sorted(written) == sorted((tmp_path / "a" / "b").iterdir())


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
def test_only_the_owner_may_read_them_whatever_the_umask_says(tmp_path: Path, plan):
    before = os.umask(0)
    try:
        for _ in range(2):
            written = write(tmp_path / "sheets", TITLE, plan, [asked()])
    finally:
        os.umask(before)
    assert mode(tmp_path / "sheets") == 0o700
    assert {mode(path) for path in written} == {0o600}


def test_a_disk_that_fails_leaves_the_old_sheet_whole(folder: Path, plan, monkeypatch):
    path = folder / "invitations.txt"
    before = path.read_bytes()

    def refuse(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        write(folder, TITLE, plan, [asked(code="9999-9999")])
    assert path.read_bytes() == before
    assert not list(folder.glob(".*"))


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_sheet_says_all_that_is_needed_in_both_languages(folder: Path, plan, kind: str):
    path = folder / f"invitation-medical.{kind}"
    text = Page(path).text if kind == "html" else path.read_text(encoding="utf-8")
    role = plan.role("medical")
    for lang in LANGS:
        assert TITLE.in_(lang) in text
        assert role.duties.in_(lang) in text
        assert say(lang, "host.times", ack="1", arrive="7") in text
        for key in (
            "exercise", "user", "join-code", "address", "fingerprint", "line", "join-line",
            "step-line", "step-fingerprint", "step-code", "step-name",
            "fails-silent", "fails-fingerprint", "fails-code", "personal",
        ):  # fmt: skip
            assert say(lang, f"host.{key}") in text
    for fact in (CODE, PRINT, "192.168.1.20:2222", command(asked()), join_command(asked())):
        assert fact in text
    assert text.lstrip().startswith(say("en", "host.exercise")) or kind == "html"


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_a_seat_finds_no_other_seats_code_on_its_own_sheet(folder: Path, kind: str):
    text = (folder / f"invitation-medical.{kind}").read_text(encoding="utf-8")
    assert "2222-3333-4444-5555" not in text
    every = (folder / f"invitations.{kind}").read_text(encoding="utf-8")
    assert CODE in every
    assert "2222-3333-4444-5555" in every


@pytest.mark.parametrize("seat", ["facilitator", "evaluator", "observer"])
def test_the_staff_are_told_what_they_are_there_for(tmp_path: Path, plan, seat: str):
    text, _ = write(tmp_path, TITLE, plan, [asked(seat)])[:2]
    for lang in LANGS:
        assert say(lang, f"host.duties-{seat}") in text.read_text(encoding="utf-8")


def test_a_sheet_can_be_in_one_language(tmp_path: Path, plan):
    text, page = write(tmp_path, TITLE, plan, [asked()], ["zh"])[:2]
    for path in (text, page):
        assert TITLE.zh in path.read_text(encoding="utf-8")
        assert say("en", "host.personal") not in path.read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in page.read_text(encoding="utf-8")


def test_same_invitations_same_bytes(tmp_path: Path, plan):
    one, two = (write(tmp_path / name, TITLE, plan, [asked()]) for name in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_what_a_pack_says_does_nothing_on_a_sheet(tmp_path: Path, plan):
    duties = Text(en=Prose(f"{HOSTILE}\n{say('en', 'host.join-code')}"), zh=Prose(HOSTILE))
    role = plan.role("medical").model_copy(update={"duties": duties})
    nasty = plan.model_copy(update={"roles": (role,)})
    text, path = write(tmp_path, NASTY, nasty, [asked(role_title=NASTY)])[:2]
    page = Page(path)
    assert not {"script", "b", "a"} & {tag for tag, _ in page.tags}
    assert (page.count("title"), page.count("style")) == (1, 1)
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert NASTY.en in page.text
    for written in (text, path):
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", written.read_text(encoding="utf-8")
        )
    lines = text.read_text(encoding="utf-8").splitlines()
    assert lines.count(say("en", "host.join-code")) == 0, "a plan's line cannot pass for a label"


def test_a_page_needs_nothing_else_and_lets_nothing_in(folder: Path):
    page = Page(folder / "invitations.html")
    policy = next(attrs["content"] for _, attrs in page.tags if attrs.get("http-equiv"))
    digest = b64encode(sha256(page.style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not any({"src", "href", "style"} & attrs.keys() for _, attrs in page.tags)
    assert "url(" not in page.style
    assert "break-after: page" in page.style
    assert page.count("section") == 2


def test_the_picture_is_the_link_on_white_with_a_quiet_zone(tmp_path: Path, plan, monkeypatch):
    encoded: list[str] = []
    make = segno.make
    monkeypatch.setattr(
        invitations.segno, "make", lambda text, **how: (encoded.append(text), make(text, **how))[1]
    )
    page = write(tmp_path, TITLE, plan, [asked()])[1].read_text(encoding="utf-8")
    assert set(encoded) == {"ssh://medical@192.168.1.20:2222"}
    size = make(encoded[0], error="m", micro=False).symbol_size(border=4)[0]
    assert f'viewBox="0 0 {size} {size}"' in page
    assert f'fill="#fff" d="M0 0h{size}v{size}h-{size}z"' in page
    assert 'stroke="#000"' in page


# -- the host key ----------------------------------------------------------------------------------


def test_a_host_keeps_its_key(tmp_path: Path):
    one = host_key(tmp_path / "data")
    two = host_key(tmp_path / "data")
    assert one.get_algorithm() == "ssh-ed25519"
    assert fingerprint(one) == fingerprint(two)
    assert re.fullmatch(r"SHA256:[A-Za-z0-9+/]{43}", fingerprint(one))
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["host_key"]
    assert asked(fingerprint=fingerprint(one))


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
def test_only_the_owner_may_read_the_key_whatever_the_umask_says(tmp_path: Path):
    before = os.umask(0)
    try:
        host_key(tmp_path / "data")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "data"), mode(tmp_path / "data" / "host_key")) == (0o700, 0o600)


def test_of_two_hosts_that_start_at_once_both_take_the_first_ones_key(tmp_path: Path, monkeypatch):
    first = host_key(tmp_path)
    exists = Path.exists
    monkeypatch.setattr(
        Path, "exists", lambda path: path.name != "host_key" and exists(path)
    )  # the second looked before the first had written
    assert fingerprint(host_key(tmp_path)) == fingerprint(first)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620])
def test_a_key_that_others_may_read_is_not_used(tmp_path: Path, bits: int):
    host_key(tmp_path)
    (tmp_path / "host_key").chmod(bits)
    with pytest.raises(HostKeyFault) as fault:
        host_key(tmp_path)
    assert fault.value.key == "host.key-readable"


@pytest.mark.parametrize("content", ["nothing", "empty", "cut", "locked"])
def test_a_broken_key_is_a_sentence(tmp_path: Path, content: str, capsys):
    path = tmp_path / "host_key"
    host_key(tmp_path)
    if content == "locked":
        key = asyncssh.generate_private_key("ssh-ed25519")
        path.write_bytes(key.export_private_key("pkcs8-pem", passphrase="x"))
    else:
        whole = path.read_bytes()
        path.write_bytes({"nothing": b"no key", "empty": b"", "cut": whole[:200]}[content])
    with pytest.raises(HostKeyFault) as fault:
        host_key(tmp_path)
    for lang in LANGS:
        assert tell(fault.value, lang) == 1
        sentence = say(lang, "host.key-broken", path=path)
        assert capsys.readouterr().err == sentence + "\n"


def test_a_key_on_a_disk_that_fails_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch):
    def refuse(fd):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        host_key(tmp_path)
    assert list(tmp_path.iterdir()) == []
