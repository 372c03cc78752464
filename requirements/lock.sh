#!/usr/bin/env bash
# Rewrites the lock files from pyproject.toml: exact versions with hashes, and no address of any index.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links "$@" pyproject.toml
}
lock --extra build --output-file requirements/run.txt
lock --extra build --extra dev --extra postgresql --extra s3 --constraint requirements/run.txt --output-file requirements/dev.txt
echo "duckdb==1.5.6" | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-header --no-emit-index-url --no-emit-find-links --output-file requirements/duckdb15.txt -
