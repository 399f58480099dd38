"""Teams that play for the score: each an honest team, but for one thing."""

from tests.validity.cheats import answering, informing, presence, supplying
from tests.validity.cheats.cheat import Cheat

CHEATS: dict[str, type[Cheat]] = {
    cheat.name: cheat
    for cheat in (
        answering.FirstOption,
        presence.OnlyConfirms,
        informing.ForwardsAll,
        informing.ForwardsDuly,
        supplying.AllToOneSite,
        supplying.SwampsTheFirst,
        informing.Unapproved,
        informing.PublishesAll,
        presence.ChecksInAndLeaves,
        informing.RepeatsReports,
        informing.ReportsBlindly,
        answering.LongAndEmpty,
        answering.PaddedReports,
        answering.Copycat,
        informing.Prophet,
        answering.EveryOption,
        presence.OnlyWhatShows,
        presence.HoldsAllPosts,
        presence.OneForAll,
        supplying.AsksWithoutEnd,
        supplying.SendsDouble,
        supplying.ConfirmsBlindly,
        informing.ConfirmsUnread,
        informing.NotifiesEarly,
        informing.Hedges,
        presence.ClaimsToBeThere,
    )
}

__all__ = ["CHEATS", "Cheat"]
