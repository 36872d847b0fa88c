"""Where Claimdesk keeps its things, and which parts it is built from. Strict: an unknown setting is an error.

The home is ``--home``, else ``CLAIMDESK_HOME``, else the platform's data folder. ``config.toml`` in it is optional.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_cache_path, user_data_path
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import BadConfig

CONFIG_FILE = "config.toml"


class Config(BaseModel):
    """Every setting, with its default. Names of parts are names in their registries."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    embedder: str = ""  # a registered name, a model's name or folder; empty: the one that built the collection
    verifier: str = "default"  # a registered name, or the path of a model's folder
    chroma_url: str = ""  # a Chroma server that holds the vectors; empty: a folder in the home
    chat_model: str = ""  # "provider:name" for LangChain; empty: answers are extractive
    style: str = ""  # a YAML file of the desk's style, from the home's folder; empty: none


def find_home(given: Path | None) -> Path:
    """The folder that holds the collection: absolute, not necessarily there yet.

    Raises BadConfig when it names something that is not a folder.
    """
    named = given or (Path(os.environ["CLAIMDESK_HOME"]) if os.environ.get("CLAIMDESK_HOME") else None)
    home = (named or user_data_path("claimdesk", appauthor=False)).expanduser().absolute()
    if home.exists() and not home.is_dir():
        raise BadConfig(f"{home} is a file, not a folder", "claimdesk --home FOLDER …")
    return home


def find_cache() -> Path:
    """The folder for what is computed once from a model's weights, shared by all homes of this user.

    CLAIMDESK_CACHE, else the platform's cache folder. Whatever is in it can be deleted: it is made again.
    """
    named = os.environ.get("CLAIMDESK_CACHE")
    return Path(named).expanduser().absolute() if named else user_cache_path("claimdesk", appauthor=False)


def load_config(home: Path) -> Config:
    """Read ``config.toml`` in ``home``; the defaults when there is none.

    Raises BadConfig naming the setting and what was expected of it.
    """
    path = home / CONFIG_FILE
    if not path.exists():
        return Config()
    try:
        return Config.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        known = ", ".join(Config.model_fields)
        raise BadConfig(f"{path}: {setting}: {first['msg']}", f"edit {path}; the settings are {known}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadConfig(f"{path} is not TOML: {error}", f"edit {path}") from error
    except OSError as error:
        raise BadConfig(f"{path} cannot be read: {error.strerror}", f"check who may read {path}") from error


def server_address(url: str) -> str | None:
    """``url`` of a Chroma server; None when it is empty. Raises BadConfig when it is not the address of one."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return url.rstrip("/")
    except ValueError:  # a port that is no number, brackets that do not match
        pass
    raise BadConfig(f"{url!r} is not the address of a Chroma server", "--chroma-url http://HOST:8000")


def configured_verifier(home: Path | None) -> str:
    """The name of the verifier that the home's configuration chooses. Raises BadConfig."""
    return load_config(find_home(home)).verifier
