#!/usr/bin/env bash
# Make sure a Chromium is there: the system's, else the distribution's package, else Playwright's own build.
# Usage: install_chromium.sh BIN, the folder of the virtual environment's programs.
set -euo pipefail

if command -v chromium chromium-browser google-chrome >/dev/null; then
    exit 0
fi
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
if command -v apt-get >/dev/null && apt-cache show chromium >/dev/null 2>&1 || { command -v apt-get >/dev/null && as_root apt-get update -qq; }; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk
else
    "$1/playwright" install chromium
fi
