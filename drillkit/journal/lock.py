"""One writer a file: a lock on a file beside it, which the system drops when its holder dies."""

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _seize(held: int) -> None:
        msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _seize(held: int) -> None:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Held(Exception):
    """Another writer holds the lock."""


class Lock:
    """The lock on `path`; taken when it is made.

    Raises Held when somebody has it, and OSError when the file of the lock cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        while True:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _seize(self._file)
            except OSError:
                os.close(self._file)
                raise Held from None
            if self._is_there():
                return
            os.close(self._file)

    def _is_there(self) -> bool:
        # Its last holder may have removed the file between our opening and our locking it.
        try:
            return os.path.samestat(self._path.stat(), os.fstat(self._file))
        except FileNotFoundError:
            return False

    def release(self) -> None:
        """Give the lock up and leave no file behind."""
        with suppress(PermissionError):  # Windows removes no file that is open
            self._path.unlink(missing_ok=True)
        os.close(self._file)
