# Puts gvt's shims first on PATH and defines `gvt` as a function, so that `gvt shell` can set this shell's version.
# For sh, bash, zsh and ksh: . "$HOME/.gvt/shell/env.sh". Starts no process.

__gvt_root=${GVT_ROOT:-$HOME/.gvt}

case $PATH in
  # A program that a shim started runs with its own toolchain first; a shell inside it must not undo that.
  "$__gvt_root/versions/"*) ;;
  "$__gvt_root/shims:$__gvt_root/bin" | "$__gvt_root/shims:$__gvt_root/bin:"*) ;;
  *)
    # Moved to the front rather than added: what ran before (macOS's path_helper does) may have put others first.
    __gvt_path=${PATH:+:$PATH:}
    for __gvt_entry in "$__gvt_root/shims" "$__gvt_root/bin"; do
      while :; do
        case $__gvt_path in
          *":$__gvt_entry:"*) __gvt_path=${__gvt_path%%":$__gvt_entry:"*}:${__gvt_path#*":$__gvt_entry:"} ;;
          *) break ;;
        esac
      done
    done
    __gvt_path=${__gvt_path#:}
    PATH=$__gvt_root/shims:$__gvt_root/bin${__gvt_path:+:${__gvt_path%:}}
    export PATH
    unset __gvt_path __gvt_entry
    ;;
esac
unset __gvt_root

gvt() {
  case ${1-} in
    shell) ;;
    install | uninstall | local | global | rehash)
      command gvt "$@"
      set -- "$?"
      # A shell remembers where a program was; shims come and go.
      hash -r
      return "$1"
      ;;
    doctor)
      # Only this shell knows what `go` is to it, and where it remembers it.
      GVT_SHELL_GO=$(command -V go 2>/dev/null || true) command gvt "$@"
      return
      ;;
    *)
      command gvt "$@"
      return
      ;;
  esac
  for __gvt_code in "$@"; do
    case $__gvt_code in
      -h | --help)
        unset __gvt_code
        command gvt "$@"
        return
        ;;
      *) ;;
    esac
  done
  shift
  # The CLI prints what this shell must do; its messages go to stderr.
  __gvt_code=$(command gvt shell --emit sh "$@") && eval "$__gvt_code"
  set -- "$?"
  unset __gvt_code
  return "$1"
}
