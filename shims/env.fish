# Puts gvt's shims first on PATH and defines `gvt` as a function, so that `gvt shell` can set this shell's version.
# For fish: source ~/.gvt/shell/env.fish. Starts no process.

set -l __gvt_root "$HOME/.gvt"
test -n "$GVT_ROOT"; and set __gvt_root "$GVT_ROOT"

# A program that a shim started runs with its own toolchain first; a shell inside it must not undo that.
if not string match -q -- "$__gvt_root/versions/*" "$PATH[1]"
    set -l __gvt_path
    for __gvt_entry in $PATH
        contains -- "$__gvt_entry" "$__gvt_root/shims" "$__gvt_root/bin"
        or set -a __gvt_path "$__gvt_entry"
    end
    set -gx PATH "$__gvt_root/shims" "$__gvt_root/bin" $__gvt_path
end

function gvt
    if test "$argv[1]" = doctor
        # Only this shell knows what `go` is to it.
        set -lx GVT_SHELL_GO (type go 2>/dev/null | string collect)
        command gvt $argv
        return
    end
    if test "$argv[1]" != shell; or contains -- -h $argv; or contains -- --help $argv
        command gvt $argv
        return
    end
    # The CLI prints what this shell must do; its messages go to stderr.
    set -l __gvt_code (command gvt shell --emit fish $argv[2..-1])
    or return
    eval $__gvt_code
end
