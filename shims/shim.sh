#!/bin/sh
# gvt shim: starts the Go that is decided here. One file under every name: go, gofmt, go1.22.6 ..., and the launcher gvt.
#
# It answers what it can decide in plain sh, with one process where a file is long or not ASCII and none elsewhere, and
# hands everything else to the CLI: aliases, odd bytes, faults, what is not installed. The rules, R1 to R21, are
# docs/reference/version-selection.md; their other copy is src/select/. What this file answers, that one answers too;
# test/vectors/ and test/shim/ hold the two together.
#
# A shell parses no further than it runs, and most of the time goes into parsing: the file is written in the order of need.
# Every variable begins with gvt_: an exported one of the same name would be changed for the program too.

# shellcheck disable=SC2250 # braces around every variable hide the ones that need them
# shellcheck disable=SC2015 # `a && b || c` runs c where b fails too: that is what is meant
# shellcheck disable=SC2031 # PATH is changed in a process of its own only
# shellcheck disable=SC2166 # one test with -o takes a fraction of the time of several
# shellcheck disable=SC3028 # RANDOM tells shells apart
# shellcheck disable=SC3013 # -ef is in POSIX since 2024, and in all these shells long before

set -f
gvt_tab='	'
gvt_nl='
'
gvt_blank=" $gvt_tab"
IFS=$gvt_blank

# zsh under its own name splits no words unless told; nothing else is asked to run a program called emulate.
gvt_word='a b'
for gvt_word in $gvt_word; do :; done
case $gvt_word in
  b) ;;
  *) emulate sh && set -f ;;
esac

# ---- the program and its environment ----

# R19: in one exec, so that the program sees all of it or nothing
gvt_enter() {
  GOROOT=$gvt_root/versions/$gvt_found
  case ${PATH:-} in
    '') PATH=$GOROOT/bin ;;
    "$GOROOT/bin" | "$GOROOT/bin":*) ;;
    *) PATH=$GOROOT/bin:$PATH ;;
  esac
  export GOROOT PATH
  [ "$gvt_toolchain" = - ] && return
  GOTOOLCHAIN=$gvt_toolchain
  export GOTOOLCHAIN
}

# Becomes the program where everything is decided; returns where it is not, or not yet.
gvt_start() { # ARGUMENT...
  [ "$gvt_state" = decided ] && [ "$gvt_found" != system ] && [ -n "$gvt_tool" ] || return 0
  if [ -n "$gvt_full" ]; then
    gvt_decide_toolchain || return 0
  elif [ -n "${GOTOOLCHAIN:-}" ]; then
    gvt_toolchain=-
  elif [ "$gvt_basis" = pin ]; then
    gvt_toolchain=local
  else
    gvt_toolchain=path
  fi
  [ -x "$gvt_root/versions/$gvt_found/bin/$gvt_tool" ] || return 0
  gvt_enter
  exec "$GOROOT/bin/$gvt_tool" "$@"
}

# ---- the walk: the nearest pin, and the file that governs ----

# R3, R8, R16
gvt_walk() {
  gvt_dir=${PWD%/}
  while :; do
    # Most directories have none of these.
    if [ -e "$gvt_dir/.go-version" -o -h "$gvt_dir/.go-version" -o \
      -e "$gvt_dir/.tool-versions" -o -h "$gvt_dir/.tool-versions" -o \
      -e "$gvt_dir/go.work" -o -e "$gvt_dir/go.mod" ]; then
      if [ -z "$gvt_pin_file" ]; then
        gvt_pin_dir=$gvt_dir
        if [ -e "$gvt_dir/.go-version" -o -h "$gvt_dir/.go-version" ]; then
          gvt_pin_file=$gvt_dir/.go-version
        elif [ -e "$gvt_dir/.tool-versions" -o -h "$gvt_dir/.tool-versions" ]; then
          [ -n "$gvt_full" ] && gvt_read_tools "$gvt_dir/.tool-versions" || return 1
        fi
        # R21: what governs above governs the pin too.
        [ -z "$gvt_pin_file" ] || [ -n "$gvt_work$gvt_mod" ] || return 0
      fi
      if [ -n "$gvt_seek" ] && [ -e "$gvt_dir/go.work" ] && ! [ -d "$gvt_dir/go.work" ]; then
        gvt_work=$gvt_dir/go.work gvt_seek=''
      fi
      if [ -z "$gvt_mod" ] && [ -e "$gvt_dir/go.mod" ] && ! [ -d "$gvt_dir/go.mod" ]; then
        gvt_mod=$gvt_dir/go.mod
      fi
    fi
    [ -n "$gvt_dir" ] || break
    gvt_dir=${gvt_dir%/*}
  done
  gvt_module=${gvt_work:-$gvt_mod}
}

# R10, and R11 for `system`: the module file is not read.
gvt_pin_decides() {
  [ -n "$gvt_pin$gvt_pin_file" ] || return 1
  [ -n "$gvt_module" ] && [ "$gvt_pin" != system ] || return 0
  case $gvt_pin_dir/ in
    "${gvt_module%/*}"/*) ;;
    *) return 1 ;;
  esac
}

# R17
gvt_is_installed() { # VERSION
  [ -f "$gvt_root/versions/$1/.gvt.json" ]
}

# ---- first try: an exact pin, where nothing else has a say ----

# What is asked: gvt_tool is the program of a shim, gvt_override what stands behind `+`.
gvt_tool=${0##*/} gvt_override='' gvt_command='' gvt_root=${GVT_ROOT:-${0%/*/*}} gvt_full=''
# What is found: gvt_state is undecided, decided, or odd, which is for the third try or, if hopeless, for the CLI.
gvt_state=undecided gvt_hopeless='' gvt_basis=pin
gvt_pin=${GVT_VERSION:-} gvt_pin_file='' gvt_mod='' gvt_work='' gvt_module='' gvt_seek=1

case $gvt_tool:${1:-} in
  go:+* | gofmt:+*) gvt_state=odd ;;
  go:* | gofmt:*) ;;
  *) gvt_state=odd ;;
esac
# R8: inside a toolchain of gvt's, the CLI knows better. A path that it would tidy is another one to sh.
case $gvt_root/:$PWD/:${HOME:-/} in
  [!/]* | */:[!/]* | *//* | */./* | */../* | "$gvt_root/:$gvt_root/versions/"*) gvt_state=odd ;;
  *) ;;
esac
# What else has a say in GOTOOLCHAIN or GOWORK. Most people have no go-env file, neither Linux's nor macOS's.
[ -z "${GVT_TOOLCHAIN:-}${GOWORK:-}${GOENV:-}" ] && [ -d "$gvt_root/versions" ] && [ "$PWD" -ef . ] && ! [ \
  -e "${XDG_CONFIG_HOME:-${HOME:-}/.config}/go/env" -o -e "${HOME:-}/Library/Application Support/go/env" -o \
  -e "$gvt_root/config.toml" -o -h "$gvt_root/config.toml" ] || gvt_state=odd

if [ "$gvt_state" = undecided ] && [ -z "$gvt_pin" ]; then
  gvt_walk || gvt_state=odd
  # Other shells have their ways with long lines and odd bytes: see gvt_read.
  if [ -f "$gvt_pin_file" ] && [ -r "$gvt_pin_file" ] &&
    [ -n "${BASH_VERSION:-}" -o -z "${RANDOM:-}${YASH_VERSION:-}" ]; then
    gvt_rest='' gvt_offset=unread
    {
      read -r gvt_pin && ! read -r gvt_rest && gvt_offset='' && read -r gvt_line gvt_offset </proc/self/fdinfo/3
    } 2>/dev/null 3<"$gvt_pin_file" <&3
    # To a shell a NUL is nothing. One line and nothing after it, or too odd here; and where the kernel says how far that
    # has read, it is a word and a newline.
    gvt_size=$((${#gvt_pin} + 1))
    [ "$gvt_size" -le 4096 ] || gvt_state=odd gvt_hopeless=1
    [ "$gvt_rest${gvt_offset:-$gvt_size}" = "$gvt_size" ] || gvt_pin=''
  fi
fi
if [ "$gvt_state" = undecided ] && gvt_pin_decides; then
  case $gvt_pin in
    *[!0123456789.]* | *[!.][!.][!.][!.][!.]* | *.0[!.]* | *.*.*.* | *..* | *.) ;;
    1.*.*) gvt_is_installed "$gvt_pin" && gvt_found=$gvt_pin gvt_state=decided ;;
    *) ;;
  esac
  gvt_start "$@"
fi

# ---- second try: requirements, and pins as people write them ----

gvt_is_number() { # TEXT
  case $1 in
    '' | 0?* | ?????* | *[!0123456789]*) return 1 ;;
    *) ;;
  esac
}

# `1.22.6`, `1.22`: kind, line, and where it stands in Go's order among the releases of its line
gvt_parse_version() { # TEXT
  case $1 in
    1.*.*)
      gvt_minor=${1#1.} gvt_order=${1##*.} gvt_kind=exact
      gvt_minor=${gvt_minor%.*}
      gvt_is_number "$gvt_minor" && gvt_is_number "$gvt_order" || return 1
      gvt_order=$((gvt_order * 4000 + 2000))
      ;;
    1.*[rb]*) [ -n "$gvt_full" ] && gvt_parse_prerelease "$1" || return 1 ;;
    1.*)
      gvt_minor=${1#1.} gvt_order=0 gvt_kind=line
      gvt_is_number "$gvt_minor" || return 1
      # Before 1.21, the line is its first release too.
      [ "$gvt_minor" -ge 21 ] || gvt_order=2000
      ;;
    *) return 1 ;;
  esac
  gvt_version=$1
}

# ---- reading files ----

# The text of a file of at most LIMIT bytes, up to 4096, as gvt_text. Shells read byte by byte; those that would take
# seconds for a long line, and can be told to stop, are told. What proves to be longer than 4 KiB is not read again. To
# most shells a NUL is nothing: where the kernel says how far it has read, that must be the length of what was seen.
gvt_read() { # FILE LIMIT
  gvt_text='' gvt_size=0 gvt_line='' gvt_offset=''
  # yash takes a byte that it cannot read for the end of the file.
  [ -f "$1" ] && [ -r "$1" ] && [ -z "${YASH_VERSION:-}" ] || return 1
  {
    # shellcheck disable=SC3045 # asked only of shells that know these options
    case ${ZSH_VERSION:+zsh}${KSH_VERSION:-} in
      zsh*) IFS='' read -r -u0 -k4097 gvt_line ;;
      *MIRBSD*) IFS='' read -r -N4097 gvt_line ;;
      *)
        while IFS='' read -r ${RANDOM:+-n4097} gvt_line; do
          gvt_text=$gvt_text$gvt_line$gvt_nl
          gvt_size=$((gvt_size + ${#gvt_line} + 1))
          # A module with requirements goes on for long.
          case $gvt_line in require*) gvt_size=$((gvt_size + $2)) ;; *) ;; esac
          # To busybox, 4097 NULs are an empty line.
          [ -n "$gvt_line" ] || [ -z "${RANDOM:-}" ] || read -r gvt_line gvt_offset </proc/self/fdinfo/3
          gvt_line=''
          [ "$gvt_size" -le "$2" ] && [ "${gvt_offset:-0}" -le 4096 ] || break
        done
        ;;
    esac
    gvt_text=$gvt_text$gvt_line
    gvt_size=$((gvt_size + ${#gvt_line}))
    [ "$gvt_size" -gt "$2" ] || read -r gvt_line gvt_offset </proc/self/fdinfo/3
  } 2>/dev/null 3<"$1" <&3
  [ "$gvt_size" -le 4096 ] && [ "${gvt_offset:-0}" -le 4096 ] || gvt_hopeless=1
  # An environment that passes for another shell's makes `read` fail at once.
  [ "$gvt_size" -gt 0 ] || [ ! -s "$1" ] || return 1
  [ "$gvt_size" -le "$2" ] && [ "$gvt_size" = "${gvt_offset:-$gvt_size}" ]
}

# With one process, whatever the size: a tab comes as a space, a CR as gvt_cr, what is no plain text as \001.
gvt_translate() { # FILE
  [ -f "$1" ] && [ -r "$1" ] || return 1
  gvt_cr='!'
  gvt_text=$(
    # shellcheck disable=SC2030
    PATH=/usr/bin:/bin LC_ALL=C
    export LC_ALL
    exec tr '\011\015!\000-\010\013\014\016-\037\177-\377' '\040!\001' <"$1"
  ) && [ "${#gvt_text}" -lt 1000000 ]
}

# No control character but tab and newline
gvt_is_plain_text() {
  gvt_cr=''
  # shellcheck disable=SC2101 # the class stands in a set
  case $gvt_text in *[![:print:]$gvt_tab$gvt_nl]*) return 1 ;; *) ;; esac
}

# The short way for settings, and for a module without requirements, which has no go.sum; the other for all that is longer
gvt_load() { # FILE LIMIT
  if [ ! -e "${1%.mod}.sum" ] && gvt_read "$1" "$2" && gvt_is_plain_text; then return; fi
  gvt_translate "$1"
}

gvt_split() { # LINE
  gvt_first='' gvt_second=''
  for gvt_word in $1; do
    case $gvt_first in
      '') gvt_first=$gvt_word ;;
      *) gvt_second=$gvt_word && return ;;
    esac
  done
}

# ---- requirements ----

# R9: the first line of the file that begins with `go`, and the first with `toolchain`; what either asks for, whichever
# is newer. Leaves gvt_want_kind empty where the file asks for nothing.
gvt_read_module() { # FILE
  gvt_load "$1" 100 || return 1
  gvt_find_directives || return 1
  case $gvt_go_line in
    '') ;;
    *) gvt_parse_version "$gvt_go_line" && gvt_want || return 1 ;;
  esac
  case $gvt_toolchain_line in
    '' | default) ;;
    go1.*)
      gvt_parse_version "${gvt_toolchain_line#go}" || return 1
      # Before 1.21, go1.20 is the name of a release.
      case $gvt_kind$gvt_order in line2000) gvt_kind=exact gvt_version=$gvt_version.0 ;; *) ;; esac
      [ -n "$gvt_want_kind" ] && ! gvt_is_newer || gvt_want
      ;;
    *) return 1 ;;
  esac
}

# A line that begins with one of these does not begin with a space that only Unicode knows.
gvt_plain='abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/()"`_.~+-'

gvt_find_directives() {
  gvt_go_line='' gvt_toolchain_line='' gvt_go_seen='' gvt_toolchain_seen=''
  IFS=$gvt_nl
  for gvt_line in $gvt_text; do
    # The first pattern costs little and holds most lines: those of a block, whose names begin otherwise.
    case $gvt_line in
      [\ $gvt_tab][abcdefhijklmnopqrsuvwxyz]* | [\ $gvt_tab]g[abcdefghijklmnpqrstuvwxyz]*) continue ;;
      *go[\ $gvt_tab]* | *toolchain[\ $gvt_tab]*) ;;
      *) continue ;;
    esac
    IFS=$gvt_blank
    gvt_line=${gvt_line%"$gvt_cr"}
    gvt_split "$gvt_line"
    case $gvt_first$gvt_go_seen$gvt_toolchain_seen in
      go | gotoolchain+)
        gvt_find_value "${gvt_line#*go}" || return 1
        gvt_go_line=$gvt_first gvt_go_seen=go+
        ;;
      toolchain | toolchaingo+)
        gvt_find_value "${gvt_line#*toolchain}" || return 1
        gvt_toolchain_line=$gvt_first gvt_toolchain_seen=toolchain+
        ;;
      [$gvt_plain]*) ;;
      *) return 1 ;;
    esac
    [ "$gvt_go_seen$gvt_toolchain_seen" != go+toolchain+ ] || break
  done
  IFS=$gvt_blank
}

# The one word before a comment; none says nothing.
gvt_find_value() { # TEXT
  gvt_split "${1%%//*}"
  [ -z "$gvt_second" ]
}

gvt_want() {
  gvt_want_kind=$gvt_kind gvt_want_minor=$gvt_minor gvt_want_order=$gvt_order gvt_want_version=$gvt_version
}

gvt_is_newer() {
  [ "$gvt_minor" -gt "$gvt_want_minor" ] || {
    [ "$gvt_minor" -eq "$gvt_want_minor" ] && [ "$gvt_order" -gt "$gvt_want_order" ]
  }
}

gvt_want_kind='' gvt_module_read=''
if [ "$gvt_state" = undecided ] && [ -n "$gvt_module" ] && [ -z "$gvt_pin$gvt_pin_file" ]; then
  if gvt_read_module "$gvt_module"; then
    gvt_module_read=1
    # R12 begins with what is wanted, and that is mostly there.
    if [ "$gvt_want_kind" = exact ] && gvt_is_installed "$gvt_want_version"; then
      gvt_found=$gvt_want_version gvt_basis=requirement gvt_state=decided
      gvt_start "$@"
    fi
  else
    gvt_state=odd
  fi
fi

# R4: a word of a version file
gvt_parse_word() { # WORD
  case $1 in
    go-1*) gvt_word=${1#go-} ;;
    go1*) gvt_word=${1#go} ;;
    v1*) gvt_word=${1#v} ;;
    *) gvt_word=$1 ;;
  esac
  case $gvt_word in
    1.1 | 1.2) return 1 ;; # more likely 1.10 and 1.20
    *.*.x) gvt_parse_version "${gvt_word%.x}" && [ "$gvt_kind" = line ] ;;
    system) gvt_kind=system gvt_minor='' gvt_order='' gvt_version='' && [ "$1" = system ] ;;
    *) gvt_parse_version "$gvt_word" ;;
  esac
}

# The newest installed patch of a line as gvt_version, and its place in the order
gvt_pick_patch() { # MINOR
  gvt_best=''
  set +f
  for gvt_path in "$gvt_root/versions/1.$1."*/.gvt.json; do
    gvt_patch=${gvt_path%/.gvt.json}
    gvt_patch=${gvt_patch##*.}
    [ "$gvt_path" = "$gvt_root/versions/1.$1.$gvt_patch/.gvt.json" ] || continue
    gvt_is_number "$gvt_patch" && [ -f "$gvt_path" ] || continue
    [ -n "$gvt_best" ] && [ "$gvt_best" -ge "$gvt_patch" ] || gvt_best=$gvt_patch
  done
  set -f
  [ -n "$gvt_best" ] || return 1
  gvt_version=1.$1.$gvt_best gvt_order=$((gvt_best * 4000 + 2000))
}

# ---- pins ----

gvt_is_there() { # FILE
  [ -e "$1" -o -h "$1" ]
}

# CRLF: where every character is one byte, what is blank and no tab is blank to the CLI too.
gvt_is_blank_text() {
  gvt_cr='[[:space:]]'
  # shellcheck disable=SC2101 # the classes stand in a set
  case $gvt_offset$gvt_text in [!0123456789]* | *[![:print:][:space:]]*) return 1 ;; *) ;; esac
}

# R4, R6: the first word of the first line that is neither blank nor a comment, as gvt_word
gvt_read_version_file() { # FILE
  gvt_read_pin_text "$1" || return 1
  gvt_first=''
  IFS=$gvt_nl
  for gvt_line in $gvt_text; do
    IFS=$gvt_blank
    # shellcheck disable=SC2295 # it is a pattern
    gvt_split "${gvt_line%$gvt_cr}"
    case $gvt_first in '' | '#'*) gvt_first='' ;; *) break ;; esac
  done
  IFS=$gvt_blank
  gvt_word=$gvt_first
  [ -n "$gvt_word" ]
}

gvt_read_pin_text() { # FILE
  if gvt_read "$1" 4096; then
    if gvt_is_plain_text || gvt_is_blank_text; then return; fi
  fi
  [ -z "$gvt_hopeless" ] && gvt_translate "$1" && [ "${#gvt_text}" -le 4096 ]
}

# R7: what was parsed last
gvt_take_pin() { # BASIS
  gvt_basis=$1 gvt_found=$gvt_kind
  case $gvt_kind in
    system) return ;;
    line) gvt_pick_patch "$gvt_minor" || return 1 ;;
    *) gvt_is_installed "$gvt_version" || return 1 ;;
  esac
  gvt_found=$gvt_version
}

# ---- what decides ----

gvt_meets_requirement() {
  [ "$gvt_minor" -gt "$gvt_want_minor" ] || {
    [ "$gvt_minor" -eq "$gvt_want_minor" ] && [ "$gvt_order" -ge "$gvt_want_order" ]
  }
}

# R12
gvt_take_requirement() {
  gvt_basis=requirement gvt_found=$gvt_want_version gvt_minor=$gvt_want_minor
  [ "$gvt_want_kind" = exact ] && gvt_is_installed "$gvt_found" && return
  if gvt_pick_patch "$gvt_minor" && gvt_meets_requirement; then
    gvt_found=$gvt_version
    return
  fi
  if gvt_is_there "$gvt_root/version"; then
    gvt_read_version_file "$gvt_root/version" && gvt_parse_word "$gvt_word" || return 1
    if gvt_take_pin requirement; then
      [ "$gvt_kind" != system ] || return 0
      if gvt_meets_requirement; then return; fi
    fi
  fi
  gvt_pick_next_line "$gvt_want_minor" && gvt_pick_patch "$gvt_next" && gvt_found=$gvt_version
}

# The oldest installed line that is newer than MINOR, as gvt_next
gvt_pick_next_line() { # MINOR
  gvt_next=''
  set +f
  for gvt_path in "$gvt_root"/versions/1.*/.gvt.json; do
    gvt_patch=${gvt_path%/.gvt.json}
    gvt_parse_version "${gvt_patch##*/}" && [ "$gvt_kind" = exact ] || continue
    case $gvt_version in *[rb]*) continue ;; *) ;; esac
    [ "$gvt_minor" -gt "$1" ] && [ -f "$gvt_path" ] || continue
    [ -n "$gvt_next" ] && [ "$gvt_next" -le "$gvt_minor" ] || gvt_next=$gvt_minor
  done
  set -f
  [ -n "$gvt_next" ]
}

# A line with no installed patch is compared by its line.
gvt_pin_serves() {
  gvt_parse_word "$gvt_pin"
  [ -n "$gvt_want_kind" ] && [ "$gvt_kind" != system ] || return 0
  if [ "$gvt_kind" = line ] && ! gvt_pick_patch "$gvt_minor"; then
    [ "$gvt_minor" -ge "$gvt_want_minor" ]
  else
    gvt_meets_requirement
  fi
}

# R7, R10 to R14
gvt_decide() {
  gvt_state=odd
  if [ -n "$gvt_pin_file" ] && [ -z "$gvt_pin" ]; then
    gvt_read_version_file "$gvt_pin_file" || return 0
    gvt_pin=$gvt_word
  fi
  [ -z "$gvt_pin" ] || gvt_parse_word "$gvt_pin" || return 0
  if [ -n "$gvt_module" ] && [ -z "$gvt_module_read" ] && ! gvt_pin_decides; then
    gvt_read_module "$gvt_module" || return 0
  fi
  if [ -n "$gvt_pin" ] && gvt_pin_serves; then
    gvt_take_pin "$gvt_basis" || return 0
  elif [ -n "$gvt_want_kind" ]; then
    gvt_take_requirement || return 0
  elif gvt_is_there "$gvt_root/version"; then
    gvt_read_version_file "$gvt_root/version" && gvt_parse_word "$gvt_word" && gvt_take_pin default || return 0
  else
    gvt_found=system gvt_basis=nothing
  fi
  gvt_state=decided
}

if [ "$gvt_state" = undecided ]; then gvt_decide; fi
gvt_start "$@"

# ---- the rest of what sh can read ----

gvt_fail() { # STATUS MESSAGE HINT
  echo "error: $2" >&2
  echo >&2
  echo "hint: $3" >&2
  exit "$1"
}

gvt_fail_root() { # FILE
  gvt_fail 5 "\`$gvt_root/$1\` is missing" "\`unset GVT_ROOT\` where that is no root of gvt's; else install gvt anew"
}

# R18: GVT_ROOT, else the folder above this file's own, if it holds versions/, else ~/.gvt
gvt_find_root() {
  case ${GVT_ROOT:-} in
    /*) gvt_root=${GVT_ROOT%/} && return ;;
    '') ;;
    *) gvt_fail 2 'GVT_ROOT is not an absolute path' 'set it to one, such as that of ~/.gvt' ;;
  esac
  case $0 in
    /*) ;;
    */*) gvt_root=$PWD/${0%/*}/.. ;;
    *) gvt_root='' ;;
  esac
  [ -n "$gvt_root" ] && [ -d "$gvt_root/versions" ] && return
  case ${HOME:-} in
    /*) gvt_root=${HOME%/}/.gvt ;;
    *) gvt_fail 2 'neither GVT_ROOT nor HOME names a directory' 'set GVT_ROOT to the directory that gvt may use' ;;
  esac
}

gvt_load_go_env() {
  [ -n "$gvt_go_env_read" ] || gvt_read_go_env || return 1
  gvt_go_env_read=1
}

gvt_read_go_env() {
  gvt_user_toolchain='' gvt_user_gowork='' gvt_path=${XDG_CONFIG_HOME:-}/go/env
  [ ! -d /System/Library/CoreServices ] || gvt_path=macos
  case ${GOENV:-}:$gvt_path:${HOME:-} in
    off:*) return ;;
    /*) gvt_path=$GOENV ;;
    [!:]*) return 1 ;;
    :/go/env:/*) gvt_path=$HOME/.config/go/env ;;
    :macos:/*) gvt_path="$HOME/Library/Application Support/go/env" ;;
    :macos:* | :/go/env:*) return 1 ;;
    :/*) ;;
    *) return ;; # to Go, a relative XDG_CONFIG_HOME is none
  esac
  [ -f "$gvt_path" ] && [ -r "$gvt_path" ] || return 0
  gvt_load "$gvt_path" 1200 || return 1
  IFS=$gvt_nl
  for gvt_line in $gvt_text; do
    case $gvt_line in
      GOTOOLCHAIN=*) gvt_user_toolchain=${gvt_line#*=} ;;
      GOWORK=*) gvt_user_gowork=${gvt_line#*=} ;;
      *) ;;
    esac
  done
  IFS=$gvt_blank
}

# `1.23rc1`, `1.18beta2`
gvt_parse_prerelease() { # TEXT
  gvt_kind=exact gvt_minor=${1#1.}
  case $1 in
    1.*rc*) gvt_order=${1##*rc} gvt_minor=${gvt_minor%rc*} gvt_patch=1000 ;;
    1.*beta*) gvt_order=${1##*beta} gvt_minor=${gvt_minor%beta*} gvt_patch=0 ;;
    *) return 1 ;;
  esac
  gvt_is_number "$gvt_minor" && gvt_is_number "$gvt_order" || return 1
  [ "$gvt_order" -gt 0 ] && [ "$gvt_order" -lt 1000 ] && gvt_order=$((gvt_order + gvt_patch))
}

# R8: what GOWORK says of the search; its own word wins over the go-env file's
gvt_find_gowork() {
  gvt_gowork=${GOWORK:-}
  if [ -z "$gvt_gowork" ]; then
    gvt_load_go_env || return 1
    gvt_gowork=$gvt_user_gowork
  fi
  case $gvt_gowork in
    '' | auto) ;;
    off) gvt_seek='' ;;
    "${GOWORK:-}") gvt_use_gowork || return 1 ;;
    *) return 1 ;;
  esac
}

# GOWORK names a file, which `go work init` may be about to write.
gvt_use_gowork() {
  gvt_is_plain_path "$gvt_gowork" || return 1
  gvt_seek=''
  [ ! -e "$gvt_gowork" ] || gvt_work=$gvt_gowork
}

# R5: the word as gvt_pin, none where no line speaks of Go
gvt_read_tools() { # FILE
  gvt_read_pin_text "$1" || return 1
  IFS=$gvt_nl
  for gvt_line in $gvt_text; do
    IFS=$gvt_blank
    # shellcheck disable=SC2295 # it is a pattern
    gvt_split "${gvt_line%$gvt_cr}"
    case $gvt_first in
      '#'*) ;;
      golang | go)
        gvt_pin=$gvt_second gvt_pin_file=$1
        [ -n "$gvt_pin" ] && return || return 1
        ;;
      *[[:cntrl:]!]*) return 1 ;; # a blank may hide the name
      *) ;;
    esac
  done
  IFS=$gvt_blank
}

# R20: the value for GOTOOLCHAIN as gvt_toolchain, `-` where it is the user's
gvt_decide_toolchain() {
  gvt_toolchain=-
  [ -z "${GOTOOLCHAIN:-}" ] && [ "$gvt_found" != system ] || return 0
  gvt_policy=path
  case $gvt_basis in pin | argument) gvt_policy=local ;; *) ;; esac
  gvt_read_policy || return 1
  [ "$gvt_policy" != keep ] || return 0
  gvt_load_go_env || return 1
  [ -n "$gvt_user_toolchain" ] || gvt_toolchain=$gvt_policy
}

# The setting `toolchain` as gvt_policy: GVT_TOOLCHAIN; else `toolchain = "path"` before the first table of config.toml,
# where every line up to it is a statement of its own. What is not set, or is `default`, leaves it as it is.
gvt_read_policy() {
  case ${GVT_TOOLCHAIN:-} in
    '') ;;
    keep | path | local | auto) gvt_policy=$GVT_TOOLCHAIN && return ;;
    default) return ;;
    *) return 1 ;;
  esac
  gvt_is_there "$gvt_root/config.toml" || return 0
  gvt_load "$gvt_root/config.toml" 1200 || return 1
  IFS=$gvt_nl
  for gvt_line in $gvt_text; do
    IFS=$gvt_blank
    gvt_split "$gvt_line"
    case $gvt_first in
      '' | '#'*) continue ;;
      '['*) break ;;
      *) ;;
    esac
    case $gvt_line in
      *'"""'* | *"'''"* | *\\*) return 1 ;;
      *=*) gvt_split "${gvt_line%%=*}" ;;
      *) return 1 ;;
    esac
    case $gvt_first:$gvt_second in
      toolchain:) gvt_read_policy_value "${gvt_line#*=}" && break || return 1 ;;
      *[!abcdefghijklmnopqrstuvwxyz_.]*: | *:?* | :) return 1 ;;
      *) gvt_is_whole "${gvt_line#*=}" || return 1 ;;
    esac
  done
  IFS=$gvt_blank
}

gvt_read_policy_value() { # TEXT
  gvt_split "$1"
  case $gvt_second in '' | '#'*) ;; *) return 1 ;; esac
  case $gvt_first in
    '"path"' | "'path'") gvt_policy=path ;;
    '"local"' | "'local'") gvt_policy=local ;;
    '"auto"' | "'auto'") gvt_policy=auto ;;
    '"keep"' | "'keep'") gvt_policy=keep ;;
    '"default"' | "'default'") ;;
    *) return 1 ;;
  esac
}

# Whether a value ends on its line
gvt_is_whole() { # TEXT
  gvt_split "$1"
  case $gvt_first in
    '['*) case $1 in *] | *]' ') ;; *) return 1 ;; esac ;;
    '"'* | "'"* | true* | false* | [0123456789]*) ;;
    *) return 1 ;;
  esac
}

# A path that says the same to sh, which takes it as it is, and to the CLI, which tidies it
gvt_is_plain_path() { # PATH
  case $1/ in
    *//* | */./* | */../*) return 1 ;;
    /*) ;;
    *) return 1 ;;
  esac
}

# R1, R2, R3
gvt_select() {
  gvt_state=odd gvt_pin=${GVT_VERSION:-} gvt_pin_file='' gvt_mod='' gvt_work='' gvt_module='' gvt_seek=1
  gvt_want_kind='' gvt_module_read='' gvt_basis=pin
  gvt_is_plain_path "$gvt_root" || return 0
  if [ -n "$gvt_override" ]; then
    gvt_pin=${gvt_override#+} gvt_basis=argument
    [ -n "$gvt_pin" ] || return 0
  elif [ -z "$gvt_pin" ]; then
    gvt_is_plain_path "$PWD" || [ "$PWD" = / ] || return 0
    # R8: inside a toolchain of gvt's, the CLI knows better.
    case $PWD in "$gvt_root"/versions/*) return 0 ;; *) ;; esac
    [ "$PWD" -ef . ] && gvt_find_gowork && gvt_walk || return 0
  fi
  gvt_decide
}

# ---- third try: everything that sh can read, under every name ----

gvt_full=1 gvt_go_env_read=''
case $gvt_tool in
  go | gofmt)
    case ${1:-} in +*) gvt_override=$1 && shift ;; *) ;; esac
    ;;
  go1*)
    gvt_override=+${gvt_tool#go} gvt_tool=go
    # Before 1.21, go1.20 is the name of a release; everything later has three numbers.
    gvt_parse_version "${gvt_override#+}" && [ "$gvt_kind$gvt_order" = line2000 ] && gvt_override=$gvt_override.0
    ;;
  *)
    gvt_tool='' gvt_command=${1:-help}
    case $gvt_command in
      exec | current | which)
        shift
        case $gvt_command:${1:-} in exec:+*) gvt_override=$1 && shift ;; *) ;; esac
        ;;
      *) gvt_hopeless=1 ;;
    esac
    # A shim has tried already.
    case $gvt_command:${GVT_DEFERRED:-} in exec:?*) gvt_hopeless=1 && unset GVT_DEFERRED ;; *) ;; esac
    ;;
esac
gvt_find_root
if [ "$gvt_state" = odd ] && [ -z "$gvt_hopeless" ]; then gvt_select; fi
gvt_start "$@"

# ---- programs on PATH: absolute entries only ----

# R14: the first that is not gvt's own, as gvt_program
gvt_find_system() { # NAME
  IFS=:
  for gvt_path in ${PATH:-}; do
    IFS=$gvt_blank
    case $gvt_path in /*) ;; *) continue ;; esac
    gvt_program=${gvt_path%/}/$1
    [ -f "$gvt_program" ] && [ -x "$gvt_program" ] || continue
    gvt_is_ours "${gvt_path%/}" "$1" || return 0
  done
  IFS=$gvt_blank
  return 1
}

# However PATH spells the root; of another root, too, whose shim would look for a system's Go in its turn, and find this one
gvt_is_ours() { # DIRECTORY NAME
  gvt_dir=$1
  while [ -n "$gvt_dir" ]; do
    [ "$gvt_dir" -ef "$gvt_root" ] && return
    gvt_dir=${gvt_dir%/*}
  done
  [ "$gvt_program" -ef "$gvt_root/shims/$2" ] && return
  set +f
  for gvt_dir in "$gvt_root"/versions/*; do
    [ "$gvt_program" -ef "$gvt_dir/bin/$2" ] && break
    gvt_dir=''
  done
  set -f
  [ -n "$gvt_dir" ] && return
  # Both lines in one reading: the first line of this file, and the second.
  [ -r "$gvt_program" ] && { IFS= read -r gvt_dir && [ "$gvt_dir" = '#!/bin/sh' ] && IFS= read -r gvt_dir; } <"$gvt_program" || return
  case $gvt_dir in '# gvt shim:'*) ;; *) return 1 ;; esac
}

# ---- as go, gofmt, go1.22.6 ...: the system's Go, or the CLI ----

if [ -z "$gvt_command" ]; then
  if [ "$gvt_state" = decided ] && [ "$gvt_found" = system ] && gvt_find_system "$gvt_tool"; then
    exec "$gvt_program" "$@"
  fi
  [ -x "$gvt_root/bin/gvt" ] || gvt_fail_root bin/gvt
  GVT_DEFERRED=1
  export GVT_DEFERRED
  exec "$gvt_root/bin/gvt" exec ${gvt_override:+"$gvt_override"} -- "$gvt_tool" "$@"
fi

# ---- as gvt, the launcher: what needs no Node is answered here ----

gvt_find_program() { # NAME
  case $1 in
    */*) gvt_program=$1 && return ;;
    *) ;;
  esac
  IFS=:
  for gvt_path in ${PATH:-}; do
    IFS=$gvt_blank
    gvt_program=${gvt_path%/}/$1
    case $gvt_path in /*) [ -f "$gvt_program" ] && [ -x "$gvt_program" ] && return ;; *) ;; esac
  done
  IFS=$gvt_blank
  return 1
}

gvt_run_cli() { # ARGUMENT...
  [ -f "$gvt_root/lib/main.js" ] || gvt_fail_root lib/main.js
  gvt_program=$gvt_root/lib/node
  [ -x "$gvt_program" ] || gvt_find_program node ||
    gvt_fail 127 "gvt needs Node 20.19 or newer, and PATH has no \`node\`" "install Node, then run \`gvt rehash\`"
  GVT_ROOT=$gvt_root
  export GVT_ROOT
  exec "$gvt_program" "$gvt_root/lib/main.js" "$@"
}

gvt_run_exec() { # PROGRAM ARGUMENT...
  case $1 in go | gofmt) gvt_tool=$1 ;; *) ;; esac
  if [ "$gvt_state" != decided ] || ! gvt_decide_toolchain; then
    # The CLI decides, and this process becomes the program all the same.
    gvt_plan=$(gvt_run_cli exec-plan ${gvt_override:+"$gvt_override"} ${gvt_tool:+"$gvt_tool"} </dev/null) || exit "$?"
    gvt_split "$gvt_plan"
    gvt_found=$gvt_first gvt_toolchain=$gvt_second
  fi
  [ "$gvt_found" = system ] || gvt_enter
  case $gvt_found:$gvt_tool in
    *:) gvt_find_program "$1" || gvt_fail 127 "PATH has no program \`$1\`" "\`gvt which\` shows which Go is decided" ;;
    system:*) gvt_find_system "$1" || gvt_run_cli exec-plan ${gvt_override:+"$gvt_override"} "$1" ;;
    *)
      gvt_program=$GOROOT/bin/$1
      [ -x "$gvt_program" ] || gvt_fail 5 "\`$gvt_program\` is no program: this installation is damaged" \
        "\`gvt uninstall $gvt_found\`, then \`gvt install $gvt_found\`"
      ;;
  esac
  shift
  exec "$gvt_program" "$@"
}

# Prints what a name for a program is decided to be; returns where that takes the CLI.
gvt_print_program() { # NAME
  case $gvt_found in
    system) gvt_find_system "$1" || return 0 ;;
    *) gvt_program=$gvt_root/versions/$gvt_found/bin/$1 ;;
  esac
  # To echo, a backslash is more than a backslash in some shells.
  case $gvt_program in *\\*) return 0 ;; *) ;; esac
  gvt_is_plain_path "$gvt_program" && [ -x "$gvt_program" ] && echo "$gvt_program" && exit
}

case $gvt_command in
  exec)
    case ${1:-} in
      --) [ -z "${2:-}" ] || { shift && gvt_run_exec "$@"; } ;;
      '' | -*) ;;
      *) gvt_run_exec "$@" ;;
    esac
    ;;
  current | which)
    case $gvt_command:$gvt_state:$#:${1:-go}:${GVT_DEBUG:-} in
      # Without a Go of the system's, `system` is an error, which the CLI words.
      current:decided:0:go:) [ "$gvt_found" = system ] && ! gvt_find_system go || { echo "$gvt_found" && exit; } ;;
      which:decided:[01]:go: | which:decided:1:gofmt:) gvt_print_program "${1:-go}" ;;
      *) ;;
    esac
    ;;
  *) gvt_run_cli "$@" ;;
esac
gvt_run_cli "$gvt_command" ${gvt_override:+"$gvt_override"} "$@"
