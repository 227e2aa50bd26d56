#!/usr/bin/env bash
# One idempotent set-up; costs a fraction of a second when nothing changed.
#   deploy/setup.sh run     what the product needs: Python environment, SpatiaLite, compiled translations
#   deploy/setup.sh check   and the tools of `make check`
#   deploy/setup.sh dev     and what the tests need from the system: PostGIS, Chromium, fonts
#   deploy/setup.sh web     and Lighthouse, for `make check-web`
# Root (or passwordless sudo) is used only to install a missing system package; without it a sentence names it.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=${1:-run}
VENV=.venv

say() { printf '%s\n' "· $*"; }
stop() {
  printf '%s\n' "Set-up stopped: $*" >&2
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# ---- stamps: a step runs again only when what it depends on changed -----------------------------------
key() { cat "$@" | sha256sum 2>/dev/null | cut -c1-16 || cat "$@" | shasum -a 256 | cut -c1-16; }
is_done() { [ "$(cat "$VENV/.done-$1" 2>/dev/null)" = "$2" ]; }
mark_done() { printf '%s' "$2" >"$VENV/.done-$1"; }

# ---- system packages ----------------------------------------------------------------------------------
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}
can_be_root() { as_root true; }

apt_install() { # PACKAGE…; false when apt or the rights are missing
  have apt-get && can_be_root || return 1
  say "installing $* (apt)"
  local log
  log=$(mktemp)
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >"$log" 2>&1; then
    as_root apt-get update >>"$log" 2>&1 || true
    if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >>"$log" 2>&1; then
      tail -n 15 "$log" >&2
      rm -f "$log"
      return 1
    fi
  fi
  rm -f "$log"
}

# ---- Python -------------------------------------------------------------------------------------------
python_is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
python_loads_extensions() {
  "$1" -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' >/dev/null 2>&1
}

python_candidates() {
  local name
  for name in python3.13 python3.12 python3.11 python3; do command -v "$name" || true; done
  for name in /usr/bin/python3.13 /usr/bin/python3.12 /usr/bin/python3.11 /usr/bin/python3; do echo "$name"; done
  if have brew; then
    for name in 3.13 3.12 3.11; do echo "$(brew --prefix)/opt/python@$name/bin/python$name"; done
  fi
}

choose_python() { # sets PYTHON and, where its SQLite cannot load extensions, NEEDS_PYSQLITE
  local candidate fallback=
  NEEDS_PYSQLITE=
  while read -r candidate; do
    python_is_new "$candidate" || continue
    if python_loads_extensions "$candidate"; then
      PYTHON=$candidate
      return
    fi
    fallback=${fallback:-$candidate}
  done < <(python_candidates)
  if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] && [ -n "$fallback" ]; then
    PYTHON=$fallback
    NEEDS_PYSQLITE=yes
    return
  fi
  [ -n "$fallback" ] && stop "$fallback is built without SQLite extensions, which SpatiaLite needs. Install another" \
    "Python ≥ 3.11 (apt install python3, or brew install python@3.13) and start again."
  return 1
}

make_environment() {
  # Its scripts carry the folder's path, so a moved one is made again.
  [ -x $VENV/bin/python ] && [ "$(cat $VENV/.done-folder 2>/dev/null || pwd)" = "$(pwd)" ] && return
  if ! choose_python; then
    apt_install python3 python3-venv || true
    choose_python || stop "no Python ≥ 3.11 was found. Install it (apt install python3 python3-venv, or brew install python@3.13)."
  fi
  if ! "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
    apt_install "python$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv" || true
  fi
  say "creating $VENV with $PYTHON"
  rm -rf $VENV
  if "$PYTHON" -c 'import ensurepip' 2>/dev/null; then
    "$PYTHON" -m venv $VENV
  elif "$PYTHON" -c 'import virtualenv' 2>/dev/null; then
    "$PYTHON" -m virtualenv --quiet $VENV
  else
    stop "$PYTHON cannot make virtual environments. Install the package python3-venv (or virtualenv) and start again."
  fi
  mark_done folder "$(pwd)"
  [ -z "$NEEDS_PYSQLITE" ] || touch $VENV/.needs-pysqlite
}

install_lock() { # NAME LOCK: exactly the locked files, checked by hash
  local wanted
  wanted=$(key "$2")
  is_done "$1" "$wanted" && return
  say "installing $(grep -c '==' "$2") locked packages of $2"
  $VENV/bin/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r "$2" ||
    stop "pip could not install $2: see its message above (it needs a package index that it can reach)."
  mark_done "$1" "$wanted"
}

install_python_packages() {
  if [ "$mode" = run ]; then
    # The developers' lock holds all of this one in the same versions (tests/architecture keeps that so).
    is_done dev "$(key requirements-dev.lock)" || install_lock run requirements.lock
    case "${DATABASE_URL:-} ${REDIS_URL:+redis}" in postgres* | *redis) install_lock scale requirements-scale.lock ;; esac
  else
    install_lock dev requirements-dev.lock
  fi
  [ ! -e $VENV/.needs-pysqlite ] || install_lock pysqlite requirements-pysqlite.lock
}

# ---- SpatiaLite ---------------------------------------------------------------------------------------
spatialite_loads() {
  $VENV/bin/python - <<'PYTHON'
import os
from geo import engine

connection = engine.sqlite_module().connect(":memory:")
engine.prepare_sqlite_connection(connection, spatialite_path=os.environ.get("SPATIALITE_PATH") or None)
PYTHON
}

install_spatialite() {
  local wanted
  wanted=$(key deploy/setup.sh geo/engine.py)
  is_done spatialite "$wanted" && return
  if ! spatialite_loads 2>/dev/null; then
    if have brew; then
      say "installing libspatialite (brew)"
      brew install --quiet libspatialite || true
    else
      apt_install libsqlite3-mod-spatialite || true
    fi
  fi
  local reason
  reason=$(spatialite_loads 2>&1) || stop "${reason##*$'\n'}" # the error's own sentence names the package
  mark_done spatialite "$wanted"
}

# ---- translations -------------------------------------------------------------------------------------
compile_translations() {
  local po
  for po in app/translations/*/LC_MESSAGES/messages.po; do
    [ -e "$po" ] || continue
    [ "${po%.po}.mo" -nt "$po" ] && continue
    say "compiling $po"
    $VENV/bin/pybabel --quiet compile -i "$po" -o "${po%.po}.mo"
  done
}

# ---- what only the tests need -------------------------------------------------------------------------
has_postgis() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1; }
has_chromium() { have chromium || have chromium-browser || have google-chrome; }
# Playwright's driver needs this library, which a bare system lacks.
has_libatomic() { [ -n "$(find /lib /usr/lib -name 'libatomic.so.1*' -print -quit 2>/dev/null)" ] || [ "$(uname -s)" != Linux ]; }
has_fonts() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" -iname 'NotoSansArabic*' -print -quit 2>/dev/null)" ]; }

# weasyprint draws letters with it.
has_pango() { [ -n "$(find /lib /usr/lib /opt/homebrew/lib /usr/local/lib -name 'libpangoft2-1.0*' -print -quit 2>/dev/null)" ]; }

install_postgis() {
  if ! have pg_createcluster && can_be_root; then
    # The package would create a cluster and start it; our tests start their own, so it must not.
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    grep -rqs '^ *create_main_cluster' /etc/postgresql-common ||
      echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/no-main-cluster.conf >/dev/null
  fi
  apt_install postgresql-postgis || apt_install postgresql-15-postgis-3
}

install_test_system() {
  has_postgis || install_postgis ||
    say "without the package postgresql-15-postgis-3 the tests on PostGIS will skip"
  has_chromium && has_libatomic || apt_install chromium libatomic1 ||
    say "without the packages chromium and libatomic1 the browser journeys will skip"
  has_pango || apt_install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 ||
    say "without the package libpangoft2-1.0-0 the tests of the posters' PDF will fail"
  has_fonts || apt_install fonts-noto-core ||
    say "without the package fonts-noto-core the Arabic journeys will skip"
}

LIGHTHOUSE=12.8.2 # the last that runs on Node 20
install_lighthouse() {
  is_done lighthouse $LIGHTHOUSE && return
  have npm || apt_install nodejs npm || true
  if have npm && npm install --silent --no-audit --no-fund --ignore-scripts --prefix $VENV/lighthouse lighthouse@$LIGHTHOUSE; then
    mark_done lighthouse $LIGHTHOUSE
  else
    say "without npm the measurements of Lighthouse will skip"
  fi
}

case $mode in run | check | dev | web) ;; *) stop "say run, check, dev or web, not '$mode'" ;; esac
make_environment
install_python_packages
install_spatialite
compile_translations
case $mode in dev | web) install_test_system ;; esac
[ "$mode" != web ] || install_lighthouse
