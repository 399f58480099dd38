"""Files that are written whole or not at all."""

from pathlib import Path


def put(path: Path, content: bytes) -> None:
    """Write the file in place of what may stand there; a failure leaves that as it was.

    Raises OSError.
    """
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
