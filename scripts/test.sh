#!/bin/sh
# Installs what the tests need, builds, and runs all of them. Ends with "N passed, N failed" alone on a line.
#
#     sh scripts/test.sh [VITEST ARG…]
#
# The shells and tools that the tests are run in come from the system's packages where this user may install them;
# without them the tests that need them are listed as unchecked, and under CI=true they fail.
set -eu

cd "$(dirname "$0")/.."
# What npm has put there before may be for another lock file.
stale=stale
[ ! -e node_modules/.package-lock.json ] || stale=$(find package-lock.json -newer node_modules/.package-lock.json)
if [ -n "$stale" ]; then
  npm ci --include=dev --no-fund --no-audit --loglevel=error
fi

missing=
for tool in busybox dash fish ksh mksh openssl shellcheck strace tmux yash zsh; do
  command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
user=$(id -u)
if [ -n "$missing" ] && [ "$user" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing$missing" >&2
  apt-get update -qq >&2
  # shellcheck disable=SC2086 # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >&2
fi

npm run --silent build
exec node_modules/.bin/vitest run "$@"
