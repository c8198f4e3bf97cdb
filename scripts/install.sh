#!/bin/sh
# Installs gvt from this checkout into GVT_ROOT (default ~/.gvt), then a real Go, and shows it running.
#
#     sh scripts/install.sh [SPEC]        SPEC defaults to latest
#
# Needs Node 20.19 or newer and nothing else; writes to the checkout and to GVT_ROOT, and to no start-up file.
set -eu

spec=${1:-latest}
root=${GVT_ROOT:-$HOME/.gvt}
cd "$(dirname "$0")/.."

node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
  echo "error: gvt needs Node 20.19 or newer on PATH" >&2
  exit 1
}
say() { printf '\n==> %s\n' "$*" >&2; }

say "building gvt"
[ -x node_modules/.bin/esbuild ] || npm ci --no-fund --no-audit --loglevel=error
npm run --silent build

say "installing gvt into $root"
GVT_ROOT=$root node dist/main.js rehash

say "gvt global $spec"
"$root/bin/gvt" global "$spec"

say "go version"
"$root/shims/go" version
"$root/bin/gvt" why

cat >&2 <<EOF

gvt is in $root. To find it in every new shell:

    $root/bin/gvt init

EOF
