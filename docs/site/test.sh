#!/bin/sh
# Builds the site and tests it: the program that builds it, the WebAssembly
# module, every internal link, and the pages in a real browser. On a fresh
# Debian machine it installs what it needs. The last line says
# "N passed, N failed".
set -eu
cd "$(dirname "$0")"

if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null; then
	for name in chromium-browser google-chrome; do
		if command -v "$name" >/dev/null; then CHROMIUM=$(command -v "$name"); fi
	done
	if [ -z "${CHROMIUM:-}" ]; then
		if [ "$(id -u)" != 0 ]; then
			echo "test.sh: install chromium, or set CHROMIUM to where a browser of its kind is" >&2
			echo "0 passed, 1 failed"
			exit 1
		fi
		apt-get update -qq
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
	fi
fi
CHROMIUM=${CHROMIUM:-$(command -v chromium)}
export CHROMIUM

npm ci --prefix test --no-audit --no-fund --silent

exec node test/run.mjs
