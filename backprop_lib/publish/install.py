"""Make .venv, or another that is named, and install a requirements file into it; said in one sentence when that fails.

Run by its path, by any Python: ``python3 backprop_lib/publish/install.py requirements.txt``.
It uses the standard library only, and nothing newer than Python 3.6, so that an old Python gets the sentence too.
"""

import os
import subprocess
import sys

VENV = ".venv"
NEEDED = (3, 11)
NO_PYTHON = "Python {} is too old: install Python 3.11 or newer and run the same command again, or name one: make PYTHON=python3.12 …"
NO_VENV = "This Python cannot make a virtual environment: install its venv module (on Debian and Ubuntu: apt-get install python3-venv) and run the same command again."
NO_NETWORK = "The packages could not be downloaded: connect to the network (or tell pip of your mirror) and run the same command again; pip's own words are in {}."
NO_INSTALL = "The packages could not be installed: pip's own words are at the end of {}."
NETWORK_SIGNS = ("ConnectionError", "ResolutionError", "Failed to establish", "Retrying (", "ProxyError")


def python_of(venv):
    """Return the path of the environment's Python."""
    folder, name = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(venv, folder, name)


def works(python):
    """Say whether this Python starts, is new enough, and has pip."""
    question = "import sys, pip; sys.exit(sys.version_info < {})".format(NEEDED)
    try:
        return subprocess.call([python, "-c", question], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv(venv):
    """Make the environment, unless it is there and works."""
    if works(python_of(venv)):
        return
    if sys.version_info < NEEDED:
        sys.exit(NO_PYTHON.format(sys.version.split()[0]))
    print("Making {} …".format(venv), flush=True)
    made = subprocess.call(
        [sys.executable, "-m", "venv", "--clear", venv], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if made != 0 or not works(python_of(venv)):
        sys.exit(NO_VENV)


def install(venv, requirements):
    """Install the requirements, with a line of progress for each package."""
    log = os.path.join(venv, "install.log")
    command = [
        python_of(venv),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--retries",
        "1",
    ]
    command += ["--progress-bar", "off", "-r", requirements]
    print("Installing {} (a minute or two the first time) …".format(requirements), flush=True)
    said = []
    with open(log, "w", encoding="utf8") as kept:
        pip = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
        )
        for line in pip.stdout:
            kept.write(line)
            said.append(line)
            if line.startswith(("Collecting ", "Installing collected")):
                text = line.strip() if line.startswith("C") else "Installing …"
                show(text.split(" (from")[0][:70])
    show("")
    if pip.wait() != 0:
        offline = any(sign in line for line in said for sign in NETWORK_SIGNS)
        sys.exit((NO_NETWORK if offline else NO_INSTALL).format(log))


def show(text):
    """Show what is being done: on one line of a terminal, else as it comes."""
    if sys.stdout.isatty():
        print("\r  {:<72}".format(text), end="", flush=True)
        if not text:
            print("\r", end="", flush=True)
    elif text:
        print("  " + text, flush=True)


if __name__ == "__main__":
    venv = sys.argv[2] if len(sys.argv) > 2 else VENV
    make_venv(venv)
    install(venv, sys.argv[1])
