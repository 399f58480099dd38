"""Public keys in a folder, a file for each seat: data with exact complaints."""

import os
import subprocess
import sys
from pathlib import Path

import asyncssh
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillkit.cli.faults import tell
from drillkit.host.keys import HostKeyFault, _public_key, enrolled
from drillkit.model.base import LANGS

SEATS = ("medical", "liaison")


def line(kind: str = "ssh-ed25519", **more) -> str:
    key = asyncssh.generate_private_key(kind, comment="ann@home", **more)
    return key.export_public_key("openssh").decode().strip()


ANN, BO = line(), line("ecdsa-sha2-nistp256")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "keys"
    path.mkdir(mode=0o700)
    return path


def put(folder: Path, text: str, name: str = "medical.pub") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def refused(folder: Path) -> HostKeyFault:
    with pytest.raises(HostKeyFault) as fault:
        enrolled(folder, SEATS)
    return fault.value


def test_each_seat_has_the_keys_of_its_file_and_other_files_do_not_matter(folder: Path):
    put(folder, f"# the ward\n\n{ANN}\r\n  {BO}\n{ANN}\n")
    put(folder, "not a key", "notes.txt")
    found = enrolled(folder, SEATS)
    expected = {asyncssh.import_public_key(one).public_data for one in (ANN, BO)}
    assert found == {"medical": expected}


@pytest.mark.parametrize(
    "bad",
    [
        f'command="sh" {ANN}',
        f"no-pty {ANN}",
        f"cert-authority {ANN}",
        f'from="10.*",environment="A=b" {ANN}',
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 %%%",
        ANN.replace("ssh-ed25519 ", "ssh-rsa ", 1),
        "ssh-dss AAAAB3NzaC1kc3MAAACBAA==",
        "ssh-ed25519-cert-v01@openssh.com AAAA",
        "\x00\x1b[2J",
        "一二三",
    ],
    ids=range(13),
)
def test_a_line_that_is_no_plain_key_is_named_by_file_and_line(folder: Path, bad: str, capsys):
    path = put(folder, f"{ANN}\n{bad}\n")
    fault = refused(folder)
    assert fault.key == "host.keys-bad-line"
    for lang in LANGS:
        assert tell(fault, lang) == 1
        assert f"{path}:2" in capsys.readouterr().err


def test_a_short_rsa_key_is_refused_and_a_long_one_is_not(folder: Path):
    put(folder, line("ssh-rsa", key_size=1024))
    assert refused(folder).key == "host.keys-short"
    put(folder, line("ssh-rsa", key_size=2048))
    assert len(enrolled(folder, SEATS)["medical"]) == 1


def test_a_file_of_no_seat_is_refused_with_the_nearest_one(folder: Path):
    put(folder, ANN, "medicl.pub")
    assert refused(folder).values["near"] == "medical"
    (folder / "medicl.pub").unlink()
    put(folder, ANN, "zzz.pub")
    assert refused(folder).values["near"] == "liaison, medical"


@pytest.mark.parametrize("text", ["#" * 70_000, "\n".join([ANN] * 101)], ids=["bytes", "keys"])
def test_a_file_that_is_too_large_is_refused(folder: Path, text: str):
    put(folder, text)
    assert refused(folder).key == "host.keys-too-many"


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such bits")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_others_may_write_lets_nobody_in(folder: Path, what: str):
    path = put(folder, ANN)
    (folder if what == "folder" else path).chmod(0o722)
    assert refused(folder).key == "host.keys-writable"


def test_a_folder_that_is_not_there_is_an_error_with_its_path(folder: Path):
    with pytest.raises(FileNotFoundError) as problem:
        enrolled(folder / "no", SEATS)
    assert problem.value.filename == str(folder / "no")


@given(st.text(max_size=200) | st.binary(max_size=99).map(lambda raw: f"ssh-ed25519 {raw!r}"))
def test_any_line_is_a_key_or_a_sentence(text: str):
    one = " ".join(text.split()) or "x"
    with pytest.raises(HostKeyFault):
        _public_key(Path("a.pub"), 7, one)


def test_a_bad_line_is_told_on_the_command_line_before_anybody_is_let_in(folder: Path):
    path = put(folder, f"{ANN}\nno key\n", "medical.pub")
    words = ["host", "riverside-hospital-flood", "--headless", "--port", "0"]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "drillkit",
            *words,
            "--session",
            folder / "a.drill",
            "--keys",
            folder,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{path}:2: ")
    assert "ssh -p" not in done.stdout
