"""A form with one item of every kind, for tests."""

from drillkit.model.form import Form


def _titles(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


def a_form(**changes: object) -> Form:
    """Six items in two sections, for evaluators unless said otherwise."""
    return Form.model_validate(
        {
            "id": "sheet",
            "version": "1",
            "title": _titles("Sheet", "评分表"),
            "audience": "evaluator",
            "section": [
                {
                    "id": "play",
                    "title": _titles("Play", "实施"),
                    "item": [
                        {
                            "kind": "choice",
                            "id": "arrived",
                            "title": _titles("Arrival", "到位"),
                            "options": [
                                {"id": "prompt", "title": _titles("Prompt", "迅速"), "value": 1.0},
                                {"id": "late", "title": _titles("Late", "迟缓"), "value": 0.0},
                            ],
                            "evidence": {"measure": "arrival", "at_least": [75]},
                        },
                        {
                            "kind": "points",
                            "id": "orders",
                            "title": _titles("Orders", "指令"),
                            "most": 5,
                            "optional": True,
                        },
                        {"kind": "check", "id": "warned", "title": _titles("Warned", "预警")},
                        {
                            "kind": "deduct",
                            "id": "slips",
                            "title": _titles("Slips", "差错"),
                            "each": 1,
                            "most": 4,
                        },
                    ],
                },
                {
                    "id": "words",
                    "title": _titles("Words", "意见"),
                    "item": [
                        {"kind": "scale", "id": "clear", "title": _titles("Clear", "清楚")},
                        {"kind": "words", "id": "change", "title": _titles("Change", "改进")},
                    ],
                },
            ],
            **changes,
        }
    )
