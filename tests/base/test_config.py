"""Settings are complete, or the start is refused with the setting's name."""

import stat
from pathlib import Path

import pytest

from pointsbank import config
from pointsbank.config import SettingInvalid


def test_without_settings_the_village_is_served_from_its_directory(tmp_path: Path) -> None:
    settings = config.load(tmp_path / "data", environ={})

    assert settings.database_url == f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.warnings


def test_the_secret_key_is_kept_and_its_owners_only(tmp_path: Path) -> None:
    first, second = (config.load(tmp_path, environ={}).secret_key for _ in range(2))

    assert first == second
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POINTSBANK_PORT", "eighty"),
        ("POINTSBANK_PORT", "70000"),
        ("POINTSBANK_PUBLIC_URL", "jf.example.cn"),
        ("POINTSBANK_PUBLIC_URL", "https://jf.example.cn/?a=1"),
        ("POINTSBANK_TRUSTED_PROXIES", "127.0.0.1, proxy"),
        ("POINTSBANK_TRUSTED_PROXIES", "10.0.0.0/8, 0.0.0.0/0"),
        ("POINTSBANK_TRUSTED_PROXIES", "::/0"),
        ("POINTSBANK_DATABASE_URL", "mysql://somewhere"),
        ("POINTSBANK_PUBLC_URL", "https://jf.example.cn"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        config.load(tmp_path, environ={name: value})

    assert name in refused.value.detail


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "pointsbank.toml").write_text('port = 8100\npublic_url = "https://a.example.cn/"\n')
    settings = config.load(tmp_path, environ={"POINTSBANK_PORT": "8200"})

    assert (settings.port, settings.public_url, settings.warnings) == (8200, "https://a.example.cn", [])


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pointsbank.toml").write_text("port == 1")

    with pytest.raises(SettingInvalid):
        config.load(tmp_path, environ={})
