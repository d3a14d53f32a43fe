"""What the environment says, read once and typed. Every variable is listed in docs/settings.md."""

import os
import secrets
from pathlib import Path

STATEMENTS_KEPT = 512


def flag(name: str, *, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes and on mean yes."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def folder(name: str, default: str) -> Path:
    """A folder, made when missing."""
    path = Path(os.environ.get(name, default)).expanduser().resolve()
    path.mkdir(parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """``TOURDEE_SECRET_KEY``, or one made at first start and kept beside the database, readable by its owner only."""
    if key := os.environ.get("TOURDEE_SECRET_KEY"):
        return key
    keeper = data / "secret.key"
    try:
        descriptor = os.open(keeper, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return keeper.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(key)
    return key


def database(data: Path) -> dict[str, object]:
    """The default database: SQLite in the data folder, or what ``DATABASE_URL`` (postgresql://…) names."""
    url = os.environ.get("DATABASE_URL", "")
    return postgresql(url) if url else sqlite(data / "tourdee.sqlite3")


def sqlite(path: Path) -> dict[str, object]:
    """WAL, so that readers never wait; IMMEDIATE, so that writers queue instead of failing; FULL, so that what was
    acknowledged survives a power cut (NORMAL lost acknowledged commits in a simulated one). A new connection each hour,
    for only that reads what was counted of the indexes. It keeps its statements planned: planning one takes 0.1 ms, and
    the usual 128 are fewer than the pages of a seller and a buyer ask. What a statement would have to take back it keeps in
    memory: an order's row changes so many pages of indexes that SQLite wrote them to a temporary file each time. What was
    written is brought into the file every 4,000 pages, not every 1,000: orders write the same few pages again and again."""
    return {
        "ENGINE": "tourdee.core.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": 3600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "cached_statements": STATEMENTS_KEPT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;",
        },
    }


def postgresql(url: str) -> dict[str, object]:
    """PostgreSQL ≥ 15, READ COMMITTED (its default), with a short lock time-out so that nobody waits for ever. Values
    are bound by the server, and a statement that comes a third time is prepared: about a quarter less work a page. The
    address is read by PostgreSQL's own rules, so a folder of its socket and ``?sslmode=require`` are understood."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("DATABASE_URL must begin with postgresql://")
    try:
        said: dict[str, object] = dict(conninfo_to_dict(url))
    except ProgrammingError:  # it repeats what it could not read, and that may be a password
        raise ValueError("DATABASE_URL is no address of PostgreSQL; a % in a password is written %25") from None
    where = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {
        "ENGINE": "tourdee.core.postgresql",
        **{name: said.pop(word, "") for name, word in where.items()},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **said,
            "options": f"-c lock_timeout=3000 {said.get('options', '')}".strip(),
            "server_side_binding": True,
            "prepare_threshold": 3,
        },
    }
