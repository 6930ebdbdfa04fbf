"""Reading the environment: one place, so every setting fails early and clearly."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}

# WAL lets readers go on while one writes. NORMAL survives a killed process; `durable()` raises it to FULL where an
# answer is acknowledged to a customer, so that it survives a power cut as well.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-64000; PRAGMA journal_size_limit=67108864"
)


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in _TRUE | _FALSE:
        return value.lower() in _TRUE
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def words(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def secret_key(data_dir: Path) -> str:
    """KAPULA_SECRET_KEY, or a key made once and kept in the data folder, readable by its owner only."""
    if key := os.environ.get("KAPULA_SECRET_KEY"):
        return key
    path = data_dir / "secret_key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:  # another process was quicker
            pass
    return path.read_text().strip()


def database(url: str, data_dir: Path) -> dict[str, Any]:
    """Django's database settings for DATABASE_URL: empty or sqlite:///path, or postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme in {"", "sqlite"}:
        path = Path(unquote(parts.path)[1:]) if parts.path else data_dir / "kapula.sqlite3"
        path.parent.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": path,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 60, "init_command": SQLITE_PRAGMAS},
        }
    if parts.scheme in {"postgres", "postgresql"}:
        options: dict[str, Any] = dict(parse_qsl(parts.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": options.pop("host", None) or parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": options,
        }
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}; write sqlite:///… or postgresql://…")


def oidc() -> dict[str, Any]:
    """allauth's settings for the organisation's own sign-in (KAPULA_OIDC_…): empty when none is set, an error when only half is."""
    values = {name: os.environ.get(f"KAPULA_OIDC_{name}", "") for name in ("SERVER", "CLIENT_ID", "SECRET")}
    if not any(values.values()):
        return {}
    if missing := [f"KAPULA_OIDC_{name}" for name, value in values.items() if not value]:
        raise ImproperlyConfigured(f"Sign-in with OpenID Connect also needs {' and '.join(missing)}.")
    app = {
        "provider_id": "oidc",
        "name": os.environ.get("KAPULA_OIDC_NAME", "OpenID Connect"),
        "client_id": values["CLIENT_ID"],
        "secret": values["SECRET"],
        "settings": {"server_url": values["SERVER"]},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origin(address: str) -> list[str]:
    """The scheme and host of an address, as a list for the content security policy; empty for no address."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
