"""The key that a host is known by: made once on this machine, and readable by nobody else."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncssh

# asyncssh takes a third of a second to import: who hosts nothing does not wait for it.

_NAME = "host_key"
_OTHERS = 0o077


class HostKeyFault(Exception):
    """The host key cannot be used; `key` and `values` name the sentence."""

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
