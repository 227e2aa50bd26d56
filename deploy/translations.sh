#!/usr/bin/env bash
# Translations from source to catalogue.
#   deploy/translations.sh               collect every text, merge it into the catalogues, compile them
#   deploy/translations.sh extract FILE  only collect, into FILE (tests compare it with the catalogues)
set -euo pipefail
cd "$(dirname "$0")/.."

extract() {
  .venv/bin/python -m babel.messages.frontend --quiet extract -F pyproject.toml -o "$1" --no-wrap --sort-by-file \
    --add-location=file -k lazy_gettext -k _l -k lazy_ngettext:1,2 -k lazy_pgettext:1c,2 \
    --project "Isole di Wendy" .
}

if [ "${1:-}" = extract ]; then
  extract "$2"
  exit
fi
pot=.venv/messages.pot
extract "$pot"
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
