"""The home is found in the promised order, and a wrong setting is named."""

from pathlib import Path

import pytest

from assistant.config import Config, find_home, load_config
from assistant.errors import BadConfig


def test_the_option_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_HOME", str(tmp_path / "environment"))
    assert find_home(tmp_path / "option") == tmp_path / "option"
    assert find_home(None) == tmp_path / "environment"


def test_without_either_the_platform_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMDESK_HOME", raising=False)
    assert find_home(None).name == "claimdesk"
    assert find_home(None).is_absolute()


def test_r08_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(BadConfig, match="is a file"):
        find_home(tmp_path / "home")


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()


@pytest.mark.parametrize(
    ("written", "why"),
    [
        pytest.param('embeder = "x"', "embeder", id="an unknown setting"),
        pytest.param("verifier = 3", "verifier", id="a number for a name"),
        pytest.param("verifier =", "not TOML", id="torn"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, written: str, why: str) -> None:
    (tmp_path / "config.toml").write_text(written)
    with pytest.raises(BadConfig, match=why):
        load_config(tmp_path)
