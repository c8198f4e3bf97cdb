import type { LabWorld } from "../world.js";

/** Somebody's home, on a machine whose administrator he may be. */
const HIS = `
  echo 1.22.6 >.go-version; mkdir -p bin $HOME/.config/go $HOME/.cache/go-build $HOME/go/bin
  printf '#!/bin/sh\\nexec "$@"\\n' >bin/sudo; chmod +x bin/sudo
  chown 65534:65534 . $HOME $HOME/.config $HOME/.config/go $HOME/.cache $HOME/.cache/go-build $HOME/go $HOME/go/bin`;
const AS_NOBODY = { as: "nobody", needs: "root" } as const;
const PATH = "$ROOT/shims:$ROOT/bin:$WORK/bin:$TOOLS:$HOME/go/bin";
/** With a cache of his own. */
const ENV = { PATH, GOCACHE: "" };

/** What belongs to somebody else. */
export const OWNER_WORLDS: readonly LabWorld[] = [
  {
    ...AS_NOBODY,
    name: "a home where everything is one's own",
    silent: "goenv-file-foreign-owner",
    healthy: true,
    made: `${HIS}; echo GOPRIVATE=corp.example >$HOME/.config/go/env; chown 65534 $HOME/.config/go/env`,
    env: ENV,
  },
  {
    ...AS_NOBODY,
    name: "`sudo go env -w` has made the go-env file",
    fires: "goenv-file-foreign-owner",
    made: `${HIS}; echo GOPRIVATE=corp.example >$HOME/.config/go/env`,
    env: ENV,
    outline: ["warning goenv-file-foreign-owner"],
    symptom: { run: "go env -w GONOPROXY=none", says: /writing go env config: open .*permission denied/ },
  },
  {
    ...AS_NOBODY,
    name: "the go-env file is root's, and for root's eyes only",
    fires: "goenv-file-foreign-owner",
    made: `${HIS}; echo GOPRIVATE=corp.example >$HOME/.config/go/env; chmod 600 $HOME/.config/go/env`,
    env: ENV,
    symptom: { run: 'echo "[$(go env GOPRIVATE)]"', says: /\[\]/ },
  },
  {
    ...AS_NOBODY,
    name: "`sudo go build` has made the build cache",
    fires: "goenv-file-foreign-owner",
    made: `${HIS}; chown -R root $HOME/.cache/go-build`,
    env: ENV,
    symptom: {
      run: "go build internal/goos",
      says: /failed to initialize build cache at .*permission denied/,
    },
  },
  {
    ...AS_NOBODY,
    name: "the go-env file is root's, and a group's that may write",
    silent: "goenv-file-foreign-owner",
    made: `${HIS}; : >$HOME/.config/go/env; chgrp 65534 $HOME/.config/go/env; chmod g+w $HOME/.config/go/env`,
    env: ENV,
  },
  {
    ...AS_NOBODY,
    name: "`sudo go install` has made GOPATH/bin",
    fires: "gobin-unwritable",
    made: `
      ${HIS}; chown root $HOME/go/bin; cp -r "$GOCACHE/." $HOME/.cache/go-build || :; chown -R 65534 $HOME/.cache/go-build
      printf 'module m\\n\\ngo 1.20\\n' >go.mod; printf 'package main\\n\\nfunc main() {}\\n' >main.go`,
    env: ENV,
    outline: ["error gobin-unwritable"],
    symptom: { run: "go install .", says: /open .*go\/bin\/m: permission denied/ },
  },
  {
    ...AS_NOBODY,
    name: "GOPATH/bin is one's own, and write-protected",
    fires: "gobin-unwritable",
    made: `${HIS}; chmod a-w $HOME/go/bin`,
    env: ENV,
    symptom: { run: "touch $HOME/go/bin/tool", says: /Permission denied/ },
  },
  {
    ...AS_NOBODY,
    name: "GOBIN is a directory of the system's",
    fires: "gobin-unwritable",
    made: `${HIS}; mkdir system-bin`,
    env: { GOCACHE: "", PATH: `${PATH}:$WORK/system-bin`, GOBIN: "$WORK/system-bin" },
    symptom: { run: 'bin=$(go env GOBIN); touch "${bin:-$HOME/go/bin}/tool"', says: /Permission denied/ },
  },
];
