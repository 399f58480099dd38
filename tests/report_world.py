"""Drills for the tests of reports: a small one played by hand, with whatever text is wanted."""

import hashlib
import tomllib
from typing import Any

from worlds_packs import BURST_PIPE
from worlds_scoring import weights

from drillkit.journal import MemoryJournal
from drillkit.model import commands as ask
from drillkit.model.base import EVALUATOR, FACILITATOR, MINUTE, SECOND, Lang, Millis
from drillkit.model.form import Form
from drillkit.model.plan import Plan
from drillkit.model.scenario import Scenario
from drillkit.model.text import Line, Prose
from drillkit.packs import Pack
from drillkit.report import Drill
from drillkit.session import Opening, Session
from scoring.assess import assess

HOSTILE = (
    '=HYPERLINK("x") [/b] [TODO] <script>alert(1)</script> | pipe ](http://evil.example) '
    "\x1b]52;c;x\x07 \u202e 你好 ＝1+1"
)
OPENED = 1_798_761_600_000


def template(name: str) -> dict[str, Any]:
    return tomllib.loads((BURST_PIPE / f"{name}.toml").read_text(encoding="utf-8"))


class Play:
    """A session of the small pack, and who does what when."""

    def __init__(
        self, called: str = "", forms: tuple[Form, ...] = (), pack: Pack | None = None
    ) -> None:
        """`called` is put in the place of names that people give: of roles, sites, injects.

        Another `pack` is played as it is.
        """
        plan, scenario = template("plan"), template("scenario")
        if called:
            both = {"en": called, "zh": called}
            for thing in (*plan["role"], *plan["site"], *plan["item"], *scenario["inject"]):
                thing["title"] = both
            for thing in (*scenario["fact"], *scenario["need"]):
                thing["title"] = both
            for thing in (*scenario["objective"], *scenario["task"]):
                thing["text"] = both
            plan["organisation"] = scenario["title"] = both
        opening = Opening(
            "test",
            pack.scenario if pack else Scenario.model_validate(scenario, context={"pack": True}),
            pack.plan if pack else Plan.model_validate(plan, context={"pack": True}),
            weights(),
            forms=forms,
        )
        self.session = Session.open(MemoryJournal(), opening, OPENED)
        self._asked = 0

    def ask(self, at: Millis, by: str, command: Any, via: str = "") -> None:
        self._asked += 1
        id = f"c{self._asked}"
        self.session.ask(by, command, at=at, wall=OPENED + at, id=id, via=Line(via))

    def drill(self, lang: Lang = "en") -> Drill:
        entries = tuple(self.session.entries)
        seal = hashlib.sha256(str(len(entries)).encode()).hexdigest()
        return Drill(self.session.state, entries, assess(self.session.state), seal, lang)


def played(
    words: str = "Close the valve, then report.", called: str = "", forms: tuple[Form, ...] = ()
) -> Play:
    """A short drill with an answer in time, one that never came, a message, a shipment, ratings."""
    play = Play(called, forms)
    play.ask(0, FACILITATOR, ask.StartDrill())
    for seat in ("commander", "technician", "stores"):
        play.ask(20 * SECOND, seat, ask.AcknowledgeCall(), via="stand-in")
    for seat, minute in (("commander", 1), ("technician", 2)):
        play.ask(minute * MINUTE, seat, ask.Arrive(evidence="declared"))
    close = ask.GiveResponse(inject="alarm", options=("close-valve",), text=Prose(words))
    play.ask(3 * MINUTE, "commander", close)
    play.ask(4 * MINUTE, FACILITATOR, ask.Broadcast(text=Prose(words)))
    message = ask.SendMessage(
        to=("stores",), text=Prose(words), facts=("pipe-burst", "hall-wet"), ack=True
    )
    play.ask(5 * MINUTE, "commander", message)
    play.ask(9 * MINUTE, "stores", ask.Arrive(evidence="declared"))
    play.ask(
        10 * MINUTE,
        "stores",
        ask.DispatchSupplies(
            depot="main-store", site="machine-hall", item="pump", quantity=4, need="pumps"
        ),
    )
    report = ask.FileReport(rule="first-notice", elements={"what": Prose(words)})
    play.ask(12 * MINUTE, "commander", report)
    play.ask(13 * MINUTE, "technician", ask.DraftStatement(text=Prose(words)))
    play.ask(16 * MINUTE, EVALUATOR, ask.MakeNote(text=Prose(words), task="stop-water"))
    ad_hoc = ask.AddInject(
        title=Line(words.partition("\n")[0]),
        body=Prose(words),
        sender="authority",
        to=("technician",),
        limit=2 * MINUTE,
    )
    play.ask(20 * MINUTE, FACILITATOR, ad_hoc)
    play.ask(30 * MINUTE, FACILITATOR, ask.EndDrill(why=Line(words.partition("\n")[0])))
    ended = 30 * MINUTE
    for rater, rating in (("Lin", "S"), (words[:40], "M")):
        rate = ask.RateTask(
            task="stop-water", rater=Line(rater), rating=rating, why=Prose(words), entries=(3,)
        )
        play.ask(ended, EVALUATOR, rate)
    return play
