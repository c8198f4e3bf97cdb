import type { LabWorld } from "../world.js";
import { DOWNLOAD, GO_ENV, MOUNT, PACKAGE, PINNED, PROXY } from "./fragments.js";

const PROGRAM = `${PINNED}; printf 'module m\\n\\ngo 1.20\\n' >go.mod; printf 'package main\\n\\nfunc main() {}\\n' >m.go`;

export const DISK_WORLDS: readonly LabWorld[] = [
  {
    name: "the build cache fills its disk",
    fires: "disk-low",
    needs: "mount",
    outline: ["warning disk-low"],
    made: `${PINNED}; ${MOUNT}; mounted $HOME/small size=1030m; mkdir -p $HOME/small/cache/00; head -c 16M /dev/zero >$HOME/small/cache/00/00-d`,
    env: { GOCACHE: "$HOME/small/cache" },
  },
  {
    name: "the module cache is on a disk that is too small",
    fires: "disk-low",
    needs: "mount",
    made: `${PACKAGE}; ${PROXY}; ${MOUNT}; mounted $HOME/mod size=4k`,
    env: { GOMODCACHE: "$HOME/mod/cache" },
    symptom: { run: DOWNLOAD, says: /no space left on device/ },
    byHand: "unset GOMODCACHE",
  },
  {
    name: "temporary files are on a disk that is too small",
    fires: "disk-low",
    needs: "mount",
    made: `${PROGRAM}; ${MOUNT}; mounted $HOME/tmp size=8k`,
    env: { TMPDIR: "$HOME/tmp" },
    symptom: { run: "go build -o /dev/null .", says: /no space left on device/ },
    byHand: "unset TMPDIR",
  },
  {
    name: "a small disk for temporary files is large enough",
    silent: "disk-low",
    needs: "mount",
    outline: [],
    made: `${PINNED}; ${MOUNT}; mounted $HOME/tmp size=300m`,
    env: { TMPDIR: "$HOME/tmp" },
  },
  {
    name: "GOTMPDIR is gone",
    fires: "gotmpdir-invalid",
    outline: ["error gotmpdir-invalid"],
    made: `${PACKAGE}; ${GO_ENV}; echo GOTMPDIR=$HOME/gone >env`,
    symptom: { run: "go build .", says: /creating work dir: stat/ },
  },
  {
    name: "GOTMPDIR is gone, and so is TMPDIR behind it",
    fires: "gotmpdir-invalid",
    made: `${PACKAGE}; echo 'export TMPDIR=$HOME/gone' >$HOME/.bashrc`,
    env: { GOTMPDIR: "$HOME/away", TMPDIR: "$HOME/gone" },
    symptom: { run: "unset GOTMPDIR; go build .", says: /creating work dir: stat/ },
  },
  {
    name: "GOTMPDIR begins with a tilde, in the go-env file",
    fires: "gotmpdir-invalid",
    outline: ["warning goenv-file-malformed < gotmpdir-invalid"],
    made: `${PACKAGE}; mkdir $HOME/tmp; ${GO_ENV}; echo 'GOTMPDIR=~/tmp' >env`,
    symptom: { run: "go build .", says: /creating work dir/ },
  },
  {
    name: "no build cache, and no place for temporary files",
    fires: "gocache-invalid",
    outline: ["error gocache-invalid", "error gotmpdir-invalid"],
    made: PACKAGE,
    env: { GOCACHE: "off", GOTMPDIR: "$HOME/gone" },
    symptom: { run: "GOTMPDIR= go build .", says: /build cache is disabled/ },
  },
  {
    name: "TMPDIR is gone, and GOTMPDIR is there",
    silent: "gotmpdir-invalid",
    outline: [],
    made: `${PINNED}; mkdir $HOME/tmp`,
    env: { GOTMPDIR: "$HOME/tmp", TMPDIR: "$HOME/gone" },
  },
  {
    name: "temporary files are where no program may start",
    fires: "tmp-noexec",
    outline: ["warning tmp-noexec"],
    needs: "mount",
    made: `${PROGRAM}; ${MOUNT}; mounted $HOME/tmp noexec; mkdir -p $HOME/.cache/go-build`,
    env: { TMPDIR: "$HOME/tmp" },
    symptom: { run: "go run .", says: /permission denied/ },
  },
  {
    name: "GOTMPDIR leads away from where no program may start",
    silent: "tmp-noexec",
    needs: "mount",
    outline: [],
    made: `${PINNED}; ${MOUNT}; mounted $HOME/tmp noexec; mkdir $HOME/own`,
    env: { TMPDIR: "$HOME/tmp", GOTMPDIR: "$HOME/own" },
  },
];
