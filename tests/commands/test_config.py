"""``kfly config``: where the file is, what is in force and where it comes from; secrets are never shown."""

import json
from pathlib import Path

import pytest

from tests.support.processes import environment
from tests.support.runner import Cli
from tests.support.screen import squeezed
from tests.support.warm import Warm

SECRET = "Geheim7"
FILE = """\
mail:
  to: [a@b.cn, 张三 <z@b.cn>]
  from: 督查室 <d@b.cn>
  smtp: smtp://d%40b.cn@mail.b.cn:587
  password_file: smtp-password
"""


@pytest.fixture
def cli(empty: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.setenv("KFLY_LANG", "en")
    return empty


def configured(folder: Path, text: str = FILE) -> Path:
    """A configuration in the user's own folder, with a password beside it."""
    file = folder / "home" / "kfly" / "config.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    (file.parent / "smtp-password").write_text(SECRET, encoding="utf-8")
    (file.parent / "smtp-password").chmod(0o600)
    return file


def test_it_says_where_each_value_comes_from(cli: Cli, tmp_path: Path) -> None:
    file = configured(tmp_path)

    assert cli.json("config") == {
        "file": {"path": str(file), "exists": True},
        "settings": {
            "database": {"value": str(tmp_path / "kfly.db"), "from": "default"},
            "language": {"value": "en", "from": "KFLY_LANG"},
            "journal": {"value": None, "from": None},
            "mail.to": {"value": ["a@b.cn", "张三 <z@b.cn>"], "from": "file"},
            "mail.from": {"value": "督查室 <d@b.cn>", "from": "file"},
            "mail.smtp": {
                "value": "smtp://d%40b.cn@mail.b.cn:587?starttls=required&timeout=20",
                "from": "file",
            },
            "password": {"value": True, "from": "file"},
            "mail.reply_to": {"value": None, "from": None},
            "mail.patience": {"value": "300 s", "from": "default"},
            "mail.heartbeat": {"value": None, "from": None},
        },
        "faults": [],
    }


def test_variables_and_options_go_before_the_file(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(tmp_path)
    for name, value in {
        "KFLY_SMTP_URL": "smtps://u@two.cn",
        "KFLY_SMTP_PASSWORD": SECRET,
        "KFLY_JOURNAL": "delete",
        "KFLY_DB": "other.db",
    }.items():
        monkeypatch.setenv(name, value)

    found = cli.json("config")["settings"]
    assert found["mail.smtp"] == {"value": "smtps://u@two.cn:465?timeout=20", "from": "KFLY_SMTP_URL"}
    assert found["password"] == {"value": True, "from": "KFLY_SMTP_PASSWORD"}
    assert found["journal"] == {"value": "delete", "from": "KFLY_JOURNAL"}
    assert found["database"] == {"value": str(tmp_path / "other.db"), "from": "KFLY_DB"}
    found = cli.json("--db", "third.db", "--lang", "zh", "config")["settings"]
    assert found["database"] == {"value": str(tmp_path / "third.db"), "from": "--db"}
    assert found["language"] == {"value": "zh", "from": "--lang"}


def test_without_a_file_it_shows_one(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = cli.ok("config")
    assert squeezed(f"Configuration: {tmp_path}/home/kfly/config.yaml Setting") in squeezed(shown)

    file = tmp_path / "example.yaml"
    file.write_text(shown.partition("There is no such file; it may look like this:")[2], encoding="utf-8")
    monkeypatch.setenv("KFLY_CONFIG", str(file))
    monkeypatch.setenv("KFLY_SMTP_PASSWORD", SECRET)
    found = cli.json("config")
    assert found["faults"] == []
    assert found["settings"]["mail.to"]["value"] == ["zhang@example.cn", "李四 <li@example.cn>"]
    assert found["settings"]["mail.smtp"]["value"].startswith("smtp://ducha%40example.cn@mail.example.cn:587")


def test_faults_are_told_after_what_can_be_shown(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configured(tmp_path, FILE.replace("z@b.cn", "z"))
    monkeypatch.setenv("KFLY_SMTP_URL", f"smtp://d:{SECRET}@mail.b.cn")
    monkeypatch.setenv("KFLY_JOURNAL", "log")

    run = cli("config")
    assert run.code == 1
    assert "a@b.cn" in run.out
    assert run.err.splitlines() == [
        (
            "config.yaml:2: mail.to[1]: “张三 <z>” is no e-mail address:"
            " the domain, such as @example.cn, is missing."
        ),
        "KFLY_JOURNAL: “log” is neither wal nor delete.",
        (
            "KFLY_SMTP_URL: a password must not stand in it; give it in KFLY_SMTP_PASSWORD,"
            " or in a file that mail.password_file names"
        ),
    ]
    as_json = cli("config", "--json")
    assert (as_json.code, as_json.err) == (1, run.err)
    assert json.loads(as_json.out)["faults"] == run.err.splitlines()


def test_a_user_without_a_password_is_a_fault(cli: Cli, tmp_path: Path) -> None:
    configured(tmp_path, "mail: {smtp: 'smtp://a@b.cn'}")

    run = cli("config")
    assert run.code == 1
    assert run.err.startswith(
        "The mail server's user has no password; set KFLY_SMTP_PASSWORD, or name a file"
    )


@pytest.mark.slow
@pytest.mark.parametrize("variable", ["", "KFLY_SMTP_URL", "KFLY_SMTP_PASSWORD"])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_the_password_is_nowhere_in_what_a_process_prints(
    tmp_path: Path, warm: Warm, variable: str, options: tuple[str, ...]
) -> None:
    file = configured(tmp_path)
    env = environment(LANG="C", KFLY_CONFIG=str(file))
    if variable:
        env[variable] = SECRET if variable == "KFLY_SMTP_PASSWORD" else f"smtp://d:{SECRET}@mail.b.cn"
    run = warm.run(tmp_path, "config", *options, env=env)

    assert run.stdout
    assert run.returncode == (1 if variable == "KFLY_SMTP_URL" else 0)
    assert SECRET.encode() not in run.stdout + run.stderr
