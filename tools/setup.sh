#!/usr/bin/env bash
# Makes .venv from a lock file: setup.sh run | dev. Needs Python 3.11 or newer; installs Debian's venv module where it may.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is needed; this is $("$PYTHON" --version). 需要 Python 3.11 以上。" >&2
  exit 1
fi
if [ ! -x .venv/bin/python ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
  rm -rf .venv
  if ! "$PYTHON" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null 2>&1 || true
    fi
    "$PYTHON" -m venv .venv || { echo "Please install Debian's package python3-venv. 请安装 python3-venv。" >&2; exit 1; }
  fi
fi
echo "Setting up (once, about a minute) … 正在准备运行环境（仅首次，约一分钟）……" >&2
pip=(.venv/bin/python -m pip --disable-pip-version-check install -q)
"${pip[@]}" --require-hashes -r "requirements/$1.txt" 2> >(grep -v '^WARNING: Location' >&2 || true)
"${pip[@]}" --no-deps --no-build-isolation -e . 2> >(grep -v '^WARNING: Location' >&2 || true)
