/** Worlds for the checks of GOPATH and of the home directory. */
import {
  HOME,
  machine,
  setDirectory,
  setVariable,
  useVersion,
  WORK,
  writeGoEnv,
  writeModuleFile,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

export const GOPATH_VECTORS: readonly Vector[] = [
  {
    check: "gopath-invalid",
    name: "fires for a relative second entry",
    expect: ["error"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${HOME}/go:work`)),
    mentions: ["GOPATH holds work, which is not absolute", "unset GOPATH"],
  },
  {
    check: "gopath-invalid",
    name: "fires for a tilde in the go-env file",
    expect: ["error"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOPATH=~/go\n")),
  },
  {
    check: "gopath-invalid",
    name: "passes over empty entries",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `:${HOME}/go:`)),
  },
  {
    check: "gopath-multi",
    name: "informs of a second entry",
    expect: ["info"],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `${HOME}/go:/srv/go`)),
    mentions: [`${HOME}/go`, "/srv/go"],
  },
  {
    check: "gopath-multi",
    name: "passes over empty entries",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOPATH", `:${HOME}/go:`)),
  },
  {
    check: "gopath-has-go-mod",
    name: "fires as an error where Go stops",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.21.13");
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { holdsGoMod: true });
    }),
    mentions: [`mv ${HOME}/go/go.mod ${HOME}/go/go.mod-unused`],
  },
  {
    check: "gopath-has-go-mod",
    name: "warns where Go passes over it",
    expect: ["warning"],
    snapshot: machine((draft) => setDirectory(draft, `${HOME}/go`, ["GOPATH"], { holdsGoMod: true })),
  },
  {
    check: "gopath-has-go-mod",
    name: "leaves the module that somebody works in where it is",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPATH", WORK);
      writeModuleFile(draft, `${WORK}/go.mod`, "module example.com/m\n\ngo 1.20\n");
      setDirectory(draft, WORK, ["GOPATH"], { holdsGoMod: true });
    }),
    mentions: ['"remedy":{"summary":"let GOPATH be another directory"', "unset GOPATH"],
  },
  {
    check: "gopath-has-go-mod",
    name: "leads GOPATH away from the default where that is the module",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeModuleFile(draft, `${HOME}/go/go.mod`, "module example.com/m\n\ngo 1.20\n");
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { holdsGoMod: true });
    }),
    mentions: [`go env -w GOPATH=${HOME}/gopath`],
  },
  {
    check: "gopath-has-go-mod",
    name: "leads a line of the go-env file away where that names the module",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, `GOPATH=${HOME}/go\n`);
      writeModuleFile(draft, `${HOME}/go/go.mod`, "module example.com/m\n\ngo 1.20\n");
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { holdsGoMod: true });
    }),
    mentions: [`"after":"GOPATH=${HOME}/gopath"`],
    omits: ["go env -w"],
  },
  {
    check: "gopath-has-go-mod",
    name: "is silent for a later entry, which Go does not look into",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GOPATH", `${HOME}/go:/srv/go`);
      setDirectory(draft, "/srv/go", ["GOPATH"], { holdsGoMod: true });
    }),
  },
  {
    check: "gopath-has-go-mod",
    name: "is silent without modules",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "GO111MODULE", "off");
      setDirectory(draft, `${HOME}/go`, ["GOPATH"], { holdsGoMod: true });
    }),
  },
  {
    check: "home-unset",
    name: "fires where neither cache nor GOPATH has a place",
    expect: ["error"],
    snapshot: machine((draft) => {
      delete draft.env["HOME"];
    }),
    mentions: ["GOCACHE and GOPATH have no default", `export HOME='${HOME}'`],
  },
  {
    check: "home-unset",
    name: "fires where GOPATH alone has no place, and nobody knows a home",
    expect: ["error"],
    snapshot: machine((draft) => {
      setVariable(draft, "HOME", "");
      delete draft.user.home;
      setVariable(draft, "XDG_CACHE_HOME", "/var/cache/job");
    }),
    mentions: ["GOPATH has no default"],
  },
  {
    check: "home-unset",
    name: "sends nobody to the home of those who have none",
    expect: ["error"],
    snapshot: machine((draft) => {
      delete draft.env["HOME"];
      draft.user.home = "/nonexistent";
    }),
    mentions: ["set HOME, or GOCACHE to a directory of its own"],
  },
  {
    check: "home-unset",
    name: "fires for Go 1.17, which needs GOPATH even beside GOMODCACHE",
    expect: ["error"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.17.13");
      delete draft.env["HOME"];
      setVariable(draft, "GOCACHE", "/var/cache/build");
      setVariable(draft, "GOMODCACHE", "/var/cache/mod");
    }),
  },
  {
    check: "home-unset",
    name: "is silent where HOME is set",
    expect: [],
    snapshot: machine(),
  },
  {
    check: "home-unset",
    name: "is silent where both caches have a place",
    expect: [],
    snapshot: machine((draft) => {
      delete draft.env["HOME"];
      setVariable(draft, "GOCACHE", "/var/cache/build");
      setVariable(draft, "GOMODCACHE", "/var/cache/mod");
    }),
  },
];
