"""邻播: `python3 run_live.py COMMAND`, from a fresh clone on a machine with nothing but Python 3.11 or newer."""
# No `from __future__` and no newer grammar in this file: an old Python must get as far as the line that says it is old.

import io
import sys

if sys.version_info < (3, 11):  # noqa: UP036  # the old Pythons that this is for do not read pyproject.toml
    sys.exit(
        "邻播 needs Python 3.11 or newer; this is %d.%d. 需要 Python 3.11 或更新的版本，请安装后再运行。"  # noqa: UP031  # for an old Python
        % sys.version_info[:2]
    )


def main() -> int:
    """Set up what is missing, then run the command."""
    speak_utf8()
    from config import bootstrap  # noqa: PLC0415  # nothing is imported before the version is known to be right

    try:
        bootstrap.ensure("dev" if sys.argv[1:2] == ["test"] else "run")
    except (bootstrap.SetupError, OSError) as error:
        sys.exit(f"邻播：{error}")
    from live.cli.main import main as run_command  # noqa: PLC0415  # needs the dependencies that were just set up

    return run_command(sys.argv[1:])


def speak_utf8() -> None:
    """Read and write UTF-8 on every machine: Windows uses the console's code page when output goes to a file."""
    for stream, encoding in ((sys.stdin, "utf-8-sig"), (sys.stdout, "utf-8"), (sys.stderr, "utf-8")):
        if isinstance(stream, io.TextIOWrapper):  # a process without a console has none
            stream.reconfigure(encoding=encoding, errors="replace")


if __name__ == "__main__":
    sys.exit(main())
