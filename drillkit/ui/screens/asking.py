"""A staff screen that asks before it acts: for a yes, a reason, or a form."""

from collections.abc import Sequence

from drillkit.model.text import Line
from drillkit.ui.screens.ask import AskScreen
from drillkit.ui.screens.dialogs import Check, Field, Filled, Form, reason
from drillkit.ui.screens.paned import PanedScreen


class AskingScreen(PanedScreen):
    """Each question stands on a screen of its own; called from a worker, which waits for it."""

    async def asks_sure(self, question: str, **values: object) -> bool:
        """Whether the answer to the words key `question` is yes."""
        return await self.app.push_screen_wait(AskScreen(question, **values))

    async def asks_form(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        about: str = "",
        check: Check | None = None,
    ) -> Filled | None:
        """What was filled in and passes the check; None when it was left."""
        return await self.app.push_screen_wait(Form(title, fields, about=about, check=check))

    async def asks_why(self, title: str, about: str, **values: object) -> Line | None:
        """The reason; None when it was left."""
        filled = await self.app.push_screen_wait(reason(title, about, **values))
        return filled.lines["why"] if filled else None
