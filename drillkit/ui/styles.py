"""Styles are read once for all terminals of the process: they are the same for everyone."""

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

_Key = tuple[frozenset[tuple[str, str]], str, CSSLocation, bool, int, str]

_READ: dict[_Key, list[RuleSet]] = {}
"""Rules by the theme's variables and the text that they come from. Bounded by the program's own
text: nothing that a person writes is a style."""


class SharedStylesheet(Stylesheet):
    """Reading all widgets' styles takes a fifth of an app's start, and a quarter of a megabyte."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._theme = frozenset(variables.items())

    def set_variables(self, variables: dict[str, str]) -> None:
        super().set_variables(variables)
        self._theme = frozenset(variables.items())

    def reparse(self) -> None:
        """Read with the variables that hold now. Textual would do it in a plain Stylesheet."""
        self.parse()

    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        key = (self._theme, css, read_from, is_default_rules, tie_breaker, scope)
        rules = _READ.get(key)
        if rules is None:
            rules = super()._parse_rules(css, read_from, is_default_rules, tie_breaker, scope)
            _READ[key] = rules
        return rules
