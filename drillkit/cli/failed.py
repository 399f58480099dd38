"""What a command says when it cannot do what was asked; see faults for all that may go wrong."""

FAILED, USAGE = 1, 2
"""Exit statuses: it did not work, and it was asked for in the wrong way."""


class Failed(Exception):
    """What was asked for failed; `key` and `values` name the sentence (area cli)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"cli.{key}"
        self.values = values
