"""``tourdee run``: prepare the data, start web server and worker, say where they are, stop both together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tourdee.core.bodies import THREADS
from tourdee.core.translations import compile_all

WEB_PROCESSES = 2
HEADER_SECONDS = 10
HEADER_BYTES = 64 * 1024
START_SECONDS = 60
STOP_SECONDS = 15


def main(arguments: list[str]) -> int:
    """Runs until interrupted. Exit status 2: the port is taken; 1: web server or worker died."""
    wanted = read(arguments)
    if not is_free(wanted.host, wanted.port):
        print(
            f"Port {wanted.port} is in use by another program. Choose one: make run PORT={wanted.port + 1}",
            file=sys.stderr,
        )
        return 2
    set_environment(wanted)
    prepare(demo=wanted.demo)
    return serve(wanted)


def read(arguments: list[str]) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(
        prog="tourdee run", description="Serve TourDee: web server and worker in one command."
    )
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; put a TLS proxy in front for the world"
    )
    parser.add_argument("--data", default=os.environ.get("TOURDEE_DATA", "var"), help="folder of database and media")
    parser.add_argument("--demo", action="store_true", help="load demo people and shops, let anybody sign in as them")
    return parser.parse_args(arguments)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def set_environment(wanted: argparse.Namespace) -> None:
    """Settings read these when Django starts; the processes inherit them."""
    os.environ["TOURDEE_DATA"] = str(Path(wanted.data).expanduser().resolve())
    os.environ.setdefault("TOURDEE_SITE_URL", f"http://localhost:{wanted.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")
    if wanted.demo:
        os.environ["TOURDEE_DEMO"] = "1"


def prepare(*, demo: bool) -> None:
    """Tables, translations, static files, the curriculum, and the demo when asked for. Safe to repeat."""
    import django

    print("Preparing the data …", flush=True)
    compile_all()  # before Django reads them: the demo is written in this process
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from tourdee.core.periodic import count_rows

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_curriculum", verbosity=0)
    if demo:
        call_command("load_demo", verbosity=1)
    call_command("index_search", verbosity=0)
    count_rows(timezone.now())


def serve(wanted: argparse.Namespace) -> int:
    """Web server and worker until one of them ends or somebody interrupts."""
    processes = [start_web(wanted), start_worker()]
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        if not answers(wanted, processes):
            print("TourDee did not come up; the lines above say why.", file=sys.stderr)
            return 1
        say_where(wanted)
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        print("A process ended unexpectedly; stopping the other one.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop(processes)


def start_web(wanted: argparse.Namespace) -> "subprocess.Popen[bytes]":
    processes = int(os.environ.get("TOURDEE_WEB_PROCESSES", WEB_PROCESSES))
    command = web_command(host=wanted.host, port=wanted.port, processes=processes)
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  (the words are our own)


def web_command(
    *, host: str, port: int, processes: int, application: str = "tourdee.config.wsgi:application"
) -> list[str]:
    """Granian: half the CPU a request of the usual choice. Its threads wait for bodies (core/bodies.py) and for their turn
    (core/turns.py); who is slow to say what they want is let go."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(THREADS), "--no-ws", "--log-level", "error",
        "--http", "1", "--http1-header-read-timeout", str(HEADER_SECONDS * 1000), "--http1-buffer-size", str(HEADER_BYTES),
        application,
    ]  # fmt: skip


def start_worker() -> "subprocess.Popen[bytes]":
    """The worker delivers events and does what is due by the clock."""
    return subprocess.Popen([sys.executable, "-m", "tourdee.config.cli", "worker"], start_new_session=True)


def answers(wanted: argparse.Namespace, processes: list["subprocess.Popen[bytes]"]) -> bool:
    """Waits until /healthz says that web, database and worker are alive."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(f"http://{wanted.host}:{wanted.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False


def say_where(wanted: argparse.Namespace) -> None:
    """The address, and in a demo who to sign in as."""
    from django.core.management import call_command

    print(
        f"\n  TourDee is at http://localhost:{wanted.port}/   (Ctrl+C stops it; data in {os.environ['TOURDEE_DATA']})",
        flush=True,
    )
    if wanted.demo:
        call_command("who_is_who")


def stop(processes: list["subprocess.Popen[bytes]"]) -> None:
    """Asks the processes to end, insists after a while."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
