#!/usr/bin/env bash
# Make sure Firefox and WebKitGTK are there, with what drives them: the distribution's packages, and Python's.
# Usage: install.sh BIN, the folder of the virtual environment's programs.
set -euo pipefail

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if ! { command -v firefox-esr && command -v WebKitWebDriver && command -v Xvfb; } >/dev/null; then
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq firefox-esr webkit2gtk-driver xvfb
fi
"$1/python" -m pip install --quiet --disable-pip-version-check -r "$(dirname "$0")/requirements.txt"
