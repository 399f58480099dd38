"""The scan of a TOML text finds every thing once, and at its place."""

import tomllib

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from drillkit.packs.positions import DEEPEST, TooDeep, spans

NASTY = r'''# a comment with [brackets] = and "quotes"
"quoted key" = 1 # [x]
'li.teral' = "a # no comment, \" no end ] }"
dotted."in the".middle = 'C:\dir'
site . spaced	=	"tab\ttab"
multi = """
[not.a.table]
key = "no key" \""" still """"
raw = \'\'\'
''x'' # no comment
\'\'\'\'\'
moment = 2026-03-10 02:00:00.5 # now
day = 2026-03-10 # today
hour = 02:00:00
list = [ # first
  1, "]", [ 2,
  [ ] ], { a.b = 3, "c d" = [ '}' ] }, # last
]
empty = {}
[later.table.inner]
x = inf
[later]
y = -0x_f
[[many]]
[[many.inner]]
z = 1
[[many.inner]]
z = 2
[many.inner.deep]
w = true
[[many]]
[[many.inner]]
z = 3
'''.replace("\\'", "'").replace("-0x_f", "0xf")


def walk(data, where=()):
    yield where, data
    if isinstance(data, dict):
        for key, inner in data.items():
            yield from walk(inner, (*where, key))
    elif isinstance(data, list):
        for place, inner in enumerate(data):
            yield from walk(inner, (*where, place))


def is_in_one_piece(text, where, span):
    """False for a table under a header or a dotted key, and for what has such a table in it."""
    if span.start != span.key:
        return True
    header = text.startswith("[[", span.start) and text[: span.start].endswith("\n")
    return isinstance(where[-1], int) and not (header or span.start == 0)


def assert_all_found(text):
    values = dict(walk(tomllib.loads(text)))
    found = spans(text)
    assert set(found) == set(values) - {()}
    for where, span in found.items():
        if is_in_one_piece(text, where, span):
            written = text[span.start : span.end]
            assert tomllib.loads(f"v = {written}")["v"] == values[where]
            if isinstance(where[-1], str):
                key = text[span.key : span.key_end]
                assert list(tomllib.loads(f"{key} = 1")) == [where[-1]]


KEYS = st.text(st.sampled_from("abé中.\"'\\ #=[]\n-_1"), max_size=5)
SCALARS = (
    st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.text(st.sampled_from("ab中\"'\\#[]{},=\n\t "), max_size=12)
    | st.datetimes()
    | st.dates()
    | st.times()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=16,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans())
def test_every_path_of_a_written_document_is_found_and_reads_back(data, multiline):
    assert_all_found(tomli_w.dumps(data, multiline_strings=multiline).replace("\r\n", "\n"))


def test_every_path_of_a_nasty_document_is_found():
    assert_all_found(NASTY)


@pytest.mark.parametrize(
    ("where", "written"),
    [
        (("many", 0, "inner", 1), "[[many.inner]]"),
        (("many", 0, "inner", 1, "deep"), "[many.inner.deep]"),
        (("many", 1, "inner", 0, "z"), "3"),
        (("later",), "[later]"),
        (("later", "table"), "table"),
        (("dotted", "in the"), '"in the"'),
        (("list", 3, "c d", 0), "'}'"),
        (("moment",), "2026-03-10 02:00:00.5"),
    ],
)
def test_a_thing_stands_where_its_author_wrote_it(where, written):
    span = spans(NASTY)[where]
    assert NASTY[span.start : span.end] == written


def test_the_deepest_level_is_found_and_one_more_is_refused():
    inner = DEEPEST - 1
    assert len(max(spans("a = " + "[" * inner + "1" + "]" * inner), key=len)) == DEEPEST
    with pytest.raises(TooDeep) as caught:
        spans("a = " + "[" * DEEPEST + "1" + "]" * DEEPEST)
    assert caught.value.offset == 4 + DEEPEST
