#!/bin/sh
# Installs gvt from this checkout into GVT_ROOT (default ~/.gvt), then a real Go, and shows it running.
# Needs Node 20.19 or newer with its npm. Writes to the checkout and to GVT_ROOT, and to no start-up file.
set -eu

usage() {
  cat <<EOF
usage: sh scripts/install.sh [SPEC]

Builds gvt, installs it into ${GVT_ROOT:-$HOME/.gvt} (GVT_ROOT names another place), and makes the Go
that SPEC names the default: a version (1.22.6), a line (1.22) or latest, which it is without one.

It needs Node 20.19 or newer with its npm, which fetches what the build needs from the registry
that npm is configured to, and a source for Go: go.dev, or the module proxy that GOPROXY names.
EOF
}

case ${1-} in
  -h | --help)
    usage
    exit
    ;;
  -*)
    printf 'error: scripts/install.sh has no option %s\n\n' "$1" >&2
    usage >&2
    exit 2
    ;;
  *) ;;
esac
[ "$#" -le 1 ] || {
  printf 'error: scripts/install.sh takes one SPEC and no more\n\n' >&2
  usage >&2
  exit 2
}

spec=${1:-latest}
root=${GVT_ROOT:-$HOME/.gvt}
cd "$(dirname "$0")/.."

node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' || {
  echo "error: gvt needs Node 20.19 or newer on PATH" >&2
  exit 1
}
say() { printf '\n==> %s\n' "$*" >&2; }

say "building gvt"
# What npm has put there before may be for another lock file.
stale=stale
[ ! -e node_modules/.package-lock.json ] || stale=$(find package-lock.json -newer node_modules/.package-lock.json)
if [ -n "$stale" ]; then
  command -v npm >/dev/null || {
    echo "error: npm, which comes with Node, is not on PATH; it fetches what the build needs" >&2
    exit 1
  }
  npm ci --include=dev --no-fund --no-audit --loglevel=error
fi
node scripts/build.mjs

say "installing gvt into $root"
GVT_ROOT=$root node dist/main.js rehash

say "gvt global $spec"
"$root/bin/gvt" global "$spec"

# Not here: the checkout, or a directory above it, may ask for another version.
cd "$root"
say "go version"
"$root/shims/go" version
"$root/bin/gvt" why

cat >&2 <<EOF

gvt is in $root. To find it in every new shell:

    $root/bin/gvt init

EOF
