"""The rules of the house, held by machines: floors, types, style, words, length, start-up."""

import ast
import re
import string
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
CODE = sorted([*HOUSE.glob("drillkit/**/*.py"), *HOUSE.glob("scoring/**/*.py")])
LONGEST = 600
HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
BIN = Path(sys.executable).parent


def run(*command: str) -> str:
    done = subprocess.run(
        command, cwd=HOUSE, capture_output=True, text=True, timeout=300, check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def test_the_floors_hold() -> None:
    assert run(str(BIN / "lint-imports"), "--no-cache") == ""


def test_the_types_hold() -> None:
    # Its own choice of interpreter would be the first on the PATH, which knows no dependency.
    assert run(str(BIN / "pyrefly"), "check", "--python-interpreter-path", sys.executable) == ""


def test_the_style_holds() -> None:
    assert run(str(BIN / "ruff"), "check", "--no-cache", ".") == ""
    assert run(str(BIN / "ruff"), "format", "--no-cache", "--check", ".") == ""


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    files = [*CODE, *HOUSE.glob("tests/**/*.py")]
    long = {named(path): count for path in files if (count := lines(path)) > LONGEST}
    assert long == {}


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_sentence_in_chinese_stands_in_code() -> None:
    found = [named(path) for path in CODE if HAN.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_error_is_swallowed_and_no_global_dice_are_thrown() -> None:
    found = []
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                if caught in ("everything", "Exception", "BaseException") and all(
                    isinstance(part, ast.Pass) for part in node.body
                ):
                    found.append(f"{named(path)}:{node.lineno}")
            if isinstance(node, ast.Attribute) and ast.unparse(node) in (
                "random.random",
                "random.choice",
                "random.randint",
                "datetime.now",
                "uuid.uuid4",
            ):
                found.append(f"{named(path)}:{node.lineno}")
    assert found == []


def test_help_answers_before_anything_heavy_could_have_been_loaded() -> None:
    code = (
        "import sys\nfrom drillkit.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'textual', 'pydantic', 'rich', 'simpy', 'asyncio', 'sqlite3', 'jinja2', 'xlsxwriter'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


# -- words -----------------------------------------------------------------------------------------


def catalogue(lang: str) -> dict[str, str]:
    flat: dict[str, str] = {}

    def walk(table: Mapping[str, object], prefix: str) -> None:
        for key, value in table.items():
            if isinstance(value, Mapping):
                walk(value, f"{prefix}.{key}")
            else:
                flat[f"{prefix}.{key}"] = str(value)

    for path in sorted((HOUSE / "drillkit/words" / lang).glob("*.toml")):
        walk(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    return flat


EN, ZH = catalogue("en"), catalogue("zh")


def test_both_languages_say_the_same_things() -> None:
    assert sorted(EN.keys() ^ ZH.keys()) == []


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_take_the_same_placeholders() -> None:
    differ = [
        key
        for key, sentence in EN.items()
        if not key.startswith("argparse.")
        and placeholders(sentence) != placeholders(ZH.get(key, ""))
    ]
    assert differ == []


def test_the_chinese_is_chinese() -> None:
    bare = [
        key
        for key, sentence in ZH.items()
        if sentence == EN[key]
        and re.search(r"[a-z]{4} [a-z]{3}", sentence)
        and not key.endswith("-example")
        and key not in {"host.challenge", "host.ask-code"}  # shown before a language is known
    ]
    assert bare == []


def literals() -> Iterator[str]:
    """Every string in the code; the parts of f-strings that are filled in become wildcards."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.escape(node.value)
            elif isinstance(node, ast.JoinedStr):
                yield "".join(
                    re.escape(part.value) if isinstance(part, ast.Constant) else ".+"
                    for part in node.values
                )


def test_no_sentence_is_unused() -> None:
    patterns = {text for text in literals() if re.search(r"\w", text) and len(text) < 80}
    exact = {re.sub(r"\\(.)", r"\1", text) for text in patterns if ".+" not in text}
    wild = [re.compile(text) for text in patterns if ".+" in text and text.strip(".+")]
    unused = []
    for key in EN:
        area, _, rest = key.partition(".")
        names = {key, rest, key.removesuffix(".one"), key.removesuffix(".other")}
        names |= {rest.removesuffix(".one"), rest.removesuffix(".other")}
        if area == "argparse" or names & exact:
            continue
        if any(pattern.fullmatch(name) for pattern in wild for name in names):
            continue
        unused.append(key)
    assert unused == []


@pytest.mark.parametrize("path", CODE, ids=named)
def test_every_binding_has_an_id_and_a_tooltip(path: Path) -> None:
    lacking = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Binding":
            given = {keyword.arg for keyword in node.keywords}
            if not {"id", "tooltip"} <= given:
                lacking.append(node.lineno)
    assert lacking == []
