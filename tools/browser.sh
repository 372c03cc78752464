#!/usr/bin/env bash
# Tests open pages in Chromium, with a Chinese font, check them by vnu (Java), open workbooks in LibreOffice, and keep a ledger in PostgreSQL: installs Debian's packages where it may, else says what is missing.
set -euo pipefail
missing=()
command -v chromium-headless-shell >/dev/null || missing+=(chromium-headless-shell) # half of the work of Chromium with windows
command -v java >/dev/null || missing+=(default-jre-headless)
command -v soffice >/dev/null || missing+=(libreoffice-calc-nogui)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
[ -n "$(command -v fc-list >/dev/null && fc-list :lang=zh-cn)" ] || missing+=(fontconfig fonts-noto-cjk)
[ -n "$(/sbin/ldconfig -p | grep libatomic.so.1)" ] || missing+=(libatomic1) # the page driver's own needs
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests …" >&2
  log=$(mktemp)
  if apt-get update -qq >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    exit 0
  fi
  cat "$log" >&2
fi
echo "The tests need: apt-get install ${missing[*]}" >&2
exit 1
