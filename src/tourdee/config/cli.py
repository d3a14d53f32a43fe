"""The command ``tourdee``: ``tourdee run`` serves everything, any other word is a management command."""

import os
import sys


def main() -> None:
    """Entry point of the installed command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tourdee.config.settings")
    if sys.argv[1:2] == ["run"]:
        from tourdee.config.serve import main as run

        sys.exit(run(sys.argv[2:]))
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tourdee", *sys.argv[1:]])


if __name__ == "__main__":
    main()
