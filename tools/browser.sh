#!/usr/bin/env bash
# Page tests need Chromium and a Chinese font: installs Debian's packages where it may, else says what is missing.
set -euo pipefail
missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v pdftoppm >/dev/null || missing+=(poppler-utils)
command -v fc-list >/dev/null && fc-list :lang=zh-cn | grep -q . || missing+=(fontconfig fonts-noto-cjk)
[ ${#missing[@]} = 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the page tests …" >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  exit 0
fi
echo "Page tests need: apt-get install ${missing[*]}" >&2
exit 1
