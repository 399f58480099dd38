"""The same slips in every shipped pack, where they come last in it: each is reported once, there."""

import re
import shutil

import pytest

from drillkit import packs

SLIPS = [
    # what, file, the last of it (group 1 takes the slip), the slip, the code
    ("a condition's milestone", "scenario", r'milestone = "([^"]+)" \}', "no-such-thing", "DK211"),
    ("a condition's inject", "scenario", r'answered = "([^"]+)"', "no-such-thing", "DK209"),
    ("a condition's option", "scenario", r'option = "([^"]+)"', "no-such-thing", "DK210"),
    ("a released inject", "scenario", r'released = "([^"]+)"', "no-such-thing", "DK209"),
    ("a delivered need", "scenario", r'delivered = "([^"]+)"', "no-such-thing", "DK207"),
    ("an addressee", "scenario", r'\nto = \["([^"]+)"', "no-such-thing", "DK201"),
    ("a sender", "scenario", r'\nsender = "([^"]+)"', "no-such-thing", "DK201"),
    ("a fact that is cited", "scenario", r'\nfact = "([^"]+)"', "no-such-thing", "DK208"),
    ("a need's item", "scenario", r'\[\[need\]\][^[]*?\nitem = "([^"]+)"', "no-such-thing", "DK203"),
    ("a need's site", "scenario", r'\[\[need\]\][^[]*?\nsite = "([^"]+)"', "no-such-thing", "DK204"),
    ("a due report's rule", "scenario", r'\nrule = "([^"]+)"', "no-such-thing", "DK217"),
    ("a customer at risk", "scenario", r'\ncustomer = "([^"]+)"\nafter', "no-such-thing", "DK219"),
    ("a recovery's milestone", "scenario", r'\nmilestone = "([^"]+)"', "no-such-thing", "DK211"),
    ("a target's objective", "scenario", r'\nobjective = "([^"]+)"', "no-such-thing", "DK213"),
    ("a task's clause", "scenario", r'\nclause = "([^"]+)"', "no-such-thing", "DK216"),
    ("evidence for a task", "scenario", r'\ntasks = \["([^"]+)"', "no-such-thing", "DK215"),
    ("a target time", "scenario", r'\ntarget = "(\d+m)"', "soon", "DK116"),
    ("a phase's clock", "scenario", r'\nclock = "([^"]+)"', "tomorrow", "DK121"),
    ("a credit", "scenario", r"\ncredit = ([\d.]+)", "2.0", "DK125"),
    ("an outcome's move", "scenario", r"\nchange = (-?[\d.]+)", '"a lot"', "DK115"),
    ("a weight", "scenario", r"\nweight = ([\d.]+)", "-1", "DK125"),
    ("a means", "scenario", r'\nmeans = "([^"]+)"', "pigeon", "DK118"),
    ("a title's Chinese half", "scenario", r'\ntitle\.zh = "([^"]+)"', "", "DK122"),
    ("a comma", "scenario", "[\u4e00-\u9fff](，)[\u4e00-\u9fff]", ",", "DK431"),
    ("a stop", "scenario", '[\u4e00-\u9fff](。)"', ".", "DK431"),
    ("a time in a body", "scenario", r'\n[^"\n]*?\b\d\d:\d\d\b[^\n]*"""\nbody.zh', None, "DK421"),
    ("a stock's item", "plan", r'\[\[depot.stock\]\]\nitem = "([^"]+)"', "no-such-thing", "DK203"),
    ("a route's depot", "plan", r'\ndepot = "([^"]+)"', "no-such-thing", "DK205"),
    ("a route's time", "plan", r'\ntime = "([^"]+)"', "near", "DK116"),
    ("a vehicle's load", "plan", r"\ncapacity = (\d+)", "0", "DK125"),
    ("a customer's owner", "plan", r'\nowner = "([^"]+)"', "no-such-thing", "DK201"),
    ("a customer's risk", "plan", r'\ngrade = "([^"]+)"', "highest", "DK118"),
    ("a course's role", "plan", r'\[\[training\]\]\nrole = "([^"]+)"', "no-such-thing", "DK201"),
    ("a role's permission", "plan", r'\nmay = \["([^"]+)"', "pray", "DK118"),
    ("a report's limit", "plan", r'\nlimit = "([^"]+)"', "now", "DK116"),
    ("a contact's English half", "plan", r'\npost\.en = "([^"]+)"', "", "DK122"),
]  # fmt: skip


@pytest.mark.parametrize("nth", range(len(packs.shipped())), ids=lambda n: packs.shipped()[n].name)
def test_a_slip_at_the_last_place_is_reported_once_and_there(tmp_path, nth):
    folder, wrong = packs.shipped()[nth], []
    for name, file, pattern, slip, code in SLIPS[nth % 3 :: 3]:  # each slip in three of the packs
        pack = tmp_path / re.sub(r"\W", "-", name) / folder.name
        shutil.copytree(folder, pack)
        path = pack / f"{file}.toml"
        text = path.read_text("utf-8")
        found = list(re.finditer(pattern, text))
        assert found, f"{name}: {path} has none"
        if slip is None:
            clock = re.search(r"\b(\d\d):\d\d\b", found[-1][0])
            start = found[-1].start() + clock.start()
            end, new = start + 5, "23:58" if clock[0] != "23:58" else "11:47"
        else:
            (start, end), new = found[-1].span(1), slip
        path.write_text(text[:start] + new + text[end:], "utf-8")
        told = packs.lint(pack)
        line = text[:start].count("\n") + 1
        lines = {line, line - 1, line + 1, line + 2} if slip is None else {line}
        if [d.code for d in told] != [code] or told[0].line not in lines or told[0].path != path:
            wrong.append((name, packs.render(told, "text", "en")))
    assert wrong == []
