#!/usr/bin/env bash
# Collects every translatable text, merges it into the catalogues and compiles them.
set -euo pipefail
cd "$(dirname "$0")/.."

pot=.venv/messages.pot
.venv/bin/pybabel --quiet extract -F pyproject.toml -o "$pot" --no-wrap --sort-by-file --add-location=file \
  -k lazy_gettext -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 --project "Isole di Wendy" .
for language in it ar; do
  catalogue=app/translations/$language/LC_MESSAGES/messages.po
  if [ -f "$catalogue" ]; then
    .venv/bin/pybabel --quiet update -i "$pot" -o "$catalogue" -l "$language" \
      --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
  else
    .venv/bin/pybabel --quiet init -i "$pot" -o "$catalogue" -l "$language" --no-wrap
  fi
done
.venv/bin/pybabel --quiet compile --directory app/translations --statistics
