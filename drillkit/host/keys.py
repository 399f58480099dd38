"""The key that a host is known by, and the public keys that open seats without a code."""

import os
from collections.abc import Collection
from contextlib import suppress
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncssh

# asyncssh takes a third of a second to import: who hosts nothing does not wait for it.

_NAME = "host_key"
_OTHERS = 0o077
_OTHERS_WRITE = 0o022

_KINDS = {
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
}
_LARGEST, _MOST = 64 * 1024, 100
"""Bytes of a file of public keys, and keys of a seat."""
_SHORTEST_RSA = 2048


class HostKeyFault(Exception):
    """A host key or a file of public keys cannot be used; `key` and `values` name the sentence."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = key
        self.values = values


def host_key(folder: Path) -> "asyncssh.SSHKey":
    """The Ed25519 key in `folder`; made, with the folder, where there is none.

    Raises HostKeyFault when others may read the key or it is none, OSError when the disk refuses.
    """
    path = folder / _NAME
    if not path.exists():
        _make(path)
    return _read(path)


def fingerprint(key: "asyncssh.SSHKey") -> str:
    """What people compare before they trust the host: "SHA256:" and 43 signs, as ssh shows it."""
    return key.get_fingerprint("sha256")


def enrolled(folder: Path, seats: Collection[str]) -> dict[str, frozenset[bytes]]:
    """The public keys of each seat, in SSH wire form, from FOLDER/SEAT.pub: one key a line.

    Lines are as OpenSSH writes them, without options; empty ones and comments (#) are passed over.
    Raises HostKeyFault for a line that is no key (with its number), a file of no seat, one that
    is too large, or one that others may write; OSError when the disk refuses.
    """
    _must_be_ours(folder)
    found: dict[str, frozenset[bytes]] = {}
    for path in sorted(folder.glob("*.pub")):
        if path.stem not in seats:
            near = get_close_matches(path.stem, seats, 1) or sorted(seats)
            raise HostKeyFault("host.keys-no-seat", path=path, near=", ".join(near))
        _must_be_ours(path)
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        lines = content.decode("utf-8", "replace").splitlines()
        keys = {
            number: _public_key(path, number, line)
            for number, line in enumerate(lines, 1)
            if line.strip() and not line.lstrip().startswith("#")
        }
        if len(content) > _LARGEST or len(keys) > _MOST:
            raise HostKeyFault("host.keys-too-many", path=path, n=_MOST)
        found[path.stem] = frozenset(keys.values())
    return found


def _must_be_ours(path: Path) -> None:
    # Whoever may write here could let themselves in. Windows has no such bits.
    if os.name == "posix" and path.stat().st_mode & _OTHERS_WRITE:
        raise HostKeyFault("host.keys-writable", path=path)


def _public_key(path: Path, number: int, line: str) -> bytes:
    import asyncssh  # noqa: PLC0415

    kind, *rest = line.split()
    try:
        if kind not in _KINDS or not rest:
            raise HostKeyFault("host.keys-bad-line", path=path, line=number)
        key = asyncssh.import_public_key(f"{kind} {rest[0]}")
    except asyncssh.KeyImportError as problem:
        raise HostKeyFault("host.keys-bad-line", path=path, line=number) from problem
    if kind == "ssh-rsa" and _bits(key.public_data) < _SHORTEST_RSA:
        raise HostKeyFault("host.keys-short", path=path, line=number, n=_SHORTEST_RSA)
    return key.public_data


def _bits(rsa: bytes) -> int:
    """The length of an RSA modulus, the last of the three fields of the key's wire form."""
    at = 0
    for _ in range(2):
        at += 4 + int.from_bytes(rsa[at : at + 4], "big")
    return int.from_bytes(rsa[at + 4 :], "big").bit_length()


def _make(path: Path) -> None:
    import asyncssh  # noqa: PLC0415

    key = asyncssh.generate_private_key("ssh-ed25519", comment="drillkit")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    half = path.with_name(f".{_NAME}.{os.getpid()}")
    half.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.export_private_key())
            file.flush()
            os.fsync(file.fileno())
        # A link never replaces: of two hosts that start at once, both take the first one's key.
        with suppress(FileExistsError):
            path.hardlink_to(half)
    finally:
        half.unlink(missing_ok=True)


def _read(path: Path) -> "asyncssh.SSHKey":
    import asyncssh  # noqa: PLC0415

    with path.open("rb") as file:
        # Windows has no such bits; there the folder of the person is closed to others.
        if os.name == "posix" and os.fstat(file.fileno()).st_mode & _OTHERS:
            raise HostKeyFault("host.key-readable", path=path)
        content = file.read()
    try:
        return asyncssh.import_private_key(content)
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as problem:
        raise HostKeyFault("host.key-broken", path=path) from problem
