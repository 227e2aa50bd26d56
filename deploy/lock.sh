#!/usr/bin/env bash
# Writes the locks anew: newest versions that pyproject.toml allows, one hash per published file, no address.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet uv

compile() { # OUTPUT ARGUMENTS…
  local output=$1
  shift
  .venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-header --no-emit-index-url --annotation-style line "$@" -o "$output.new" pyproject.toml
  # The reason of each line stays ("via flask"); the name of the temporary file does not matter to anybody.
  mv "$output.new" "$output"
  echo "$output: $(grep -c '==' "$output") distributions"
}

compile requirements.lock
# The others hold the same versions, so that one environment serves all of them.
compile requirements-scale.lock --extra postgres --extra redis --constraints requirements.lock
compile requirements-pysqlite.lock --extra pysqlite --constraints requirements.lock
compile requirements-dev.lock --extra postgres --extra test --extra pdf --constraints requirements.lock
