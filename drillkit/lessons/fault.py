"""Why something cannot be done with a lesson."""

from drillkit.words import say


class LessonFault(Exception):
    """It cannot be done; `key` and `values` name the sentence for the person (area register)."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key = f"register.{key}"
        self.values = values

    def in_(self, lang: str) -> str:
        """The sentence."""
        return say(lang, self.key, **self.values)
