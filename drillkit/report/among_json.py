"""Where a drill stands among simulated teams, as a part of its score's JSON document."""

from typing import Any

from drillkit.model.base import Lang
from drillkit.rehearse.among import BEST, Among, Place, Standing

_DECIMALS = 4


def among_json(found: Among, lang: Lang) -> dict[str, Any]:
    """Points from 0 to 100, shares from 0 to 1; `places` are in the order of `teams`."""
    scores = {one.id: _standing(one) for one in found.standings}
    best = scores.pop(BEST)
    return {
        "seed": found.seed,
        "teams": [
            {
                "id": profile.id,
                "title": profile.title.in_(lang) if profile.title else profile.id,
                "drills": runs,
                "crashed": [{"seed": crash.seed, "why": crash.what} for crash in crashes],
            }
            for profile, runs, crashes in zip(
                found.profiles, found.runs, found.crashes, strict=True
            )
        ],
        "scores": scores,
        "supplies_of_best_percent": best,
    }


def _standing(one: Standing) -> dict[str, Any]:
    return {
        "own": None if one.own is None else round(one.own, _DECIMALS),
        "places": [place and _place(place) for place in one.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "drills": place.teams,
        "worse": round(place.below, _DECIMALS),
        "worse_lo": round(place.low, _DECIMALS),
        "worse_hi": round(place.high, _DECIMALS),
        "median": place.median,
        "p10": place.p10,
        "p90": place.p90,
    }
