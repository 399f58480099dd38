"""Several evaluators over SSH: each under their own name, blind until they hand in."""

import asyncio

from test_room import a_room, sit
from worlds_host import connected, on_loop, until

from drillkit.model.base import EVALUATOR, FACILITATOR
from drillkit.model.commands import EndDrill, RateTask, StartDrill, SubmitRatings
from drillkit.model.text import Line, Prose


@on_loop
async def test_what_another_evaluator_gave_reaches_a_terminal_only_when_both_have_handed_in():
    async with a_room() as (_, house, play), connected(house, "evaluator") as connection:
        play.do(FACILITATOR, StartDrill())
        play.minutes(30)
        play.do(FACILITATOR, EndDrill())
        channel, screen = await sit(connection, b"Ann")
        await until(lambda: "you rated 0 of 2" in screen.text)
        rate = RateTask(task="act", rater=Line("Bo"), rating="M", why=Prose("Bo's own reason"))
        play.do(EVALUATOR, rate)
        # Over the task, where its ratings stand, and through the journal.
        for key in (b"j", b"j", b"2", b"G", b"1"):
            channel.write(key)
            await asyncio.sleep(0.1)
        assert "Bo's own reason" not in screen.text
        channel.write(b"s")
        await until(lambda: "Hand in as Ann?" in screen.text)
        channel.write(b"y")
        await until(lambda: "Ann" in play.session.state.submitted)
        await asyncio.sleep(0.1)
        assert "Bo's own reason" not in screen.text
        play.do(EVALUATOR, SubmitRatings(rater=Line("Bo")))
        await until(lambda: "Bo's own reason" in screen.text)
