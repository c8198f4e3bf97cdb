/** Worlds for the checks of the go-env file and of what decides where it is. */
import { NEWEST_LINE } from "../../../src/doctor/go-variables.js";
import {
  GO_ENV_FILE,
  HOME,
  machine,
  setDirectory,
  setVariable,
  useVersion,
  writeGoEnv,
} from "../support/machine.js";
import type { Vector } from "./vector.js";

export const GO_ENV_VECTORS: readonly Vector[] = [
  {
    check: "goenv-file-overridden",
    name: "fires where the environment says something else",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOPROXY=https://proxy.example\n");
      setVariable(draft, "GOPROXY", "direct");
    }),
    mentions: [`${GO_ENV_FILE}:1`, "GOPROXY=direct"],
  },
  {
    check: "goenv-file-overridden",
    name: "is silent where both agree, or the variable is empty",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOPROXY=direct\nGOSUMDB=off\n");
      setVariable(draft, "GOPROXY", "direct");
      setVariable(draft, "GOSUMDB", "");
    }),
  },
  {
    check: "goenv-file-overridden",
    name: "is silent for a key that Go does not know",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "PATH=/x\nGOVERSION=go1.20\n");
      setVariable(draft, "GOVERSION", "go1.21");
    }),
  },
  {
    check: "goenv-file-malformed",
    name: "fires once for a file from Windows, and takes every carriage return off",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeGoEnv(draft, "GOPRIVATE=corp.example\r\nGOINSECURE=corp.example\r\n\r\n"),
    ),
    mentions: [`${GO_ENV_FILE}:1`, '"after":"GOPRIVATE=corp.example"', '"after":"GOINSECURE=corp.example"'],
  },
  {
    check: "goenv-file-malformed",
    name: "fires for a byte order mark, which hides the first line",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "\ufeffGOPRIVATE=corp.example\n")),
    mentions: ['a byte order mark hides this line from Go","about"', '"after":"GOPRIVATE=corp.example"'],
  },
  {
    check: "goenv-file-malformed",
    name: "fires for lines of a shell script: export, quotes, a variable, a tilde",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeGoEnv(
        draft,
        "export GONOPROXY='corp.example'\nGOPRIVATE=\"corp.example\"\nGOMODCACHE=$HOME/mod\nGOTMPDIR=~/tmp\n",
      ),
    ),
    mentions: [
      '"after":"GONOPROXY=corp.example"',
      '"after":"GOPRIVATE=corp.example"',
      `"after":"GOMODCACHE=${HOME}/mod"`,
      `"after":"GOTMPDIR=${HOME}/tmp"`,
    ],
  },
  {
    check: "goenv-file-malformed",
    name: "fires for a space at the end, and for a name with one",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GOOS=linux \n  GOARCH=amd64\n")),
    mentions: ["spaces belong to the value", '"after":"GOOS=linux"', '"after":"GOARCH=amd64"'],
  },
  {
    check: "goenv-file-malformed",
    name: "fires for a space before the sign, and for a comment behind a value",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeGoEnv(draft, 'GOPRIVATE = corp.example\nGOPROXY="direct" # for now\nGOSUMDB=# none\nGOBIN=/a#b\n'),
    ),
    mentions: [
      '"after":"GOPRIVATE=corp.example"',
      '"after":"GOPROXY=direct"',
      '"line":3,"before":"GOSUMDB=# none"}',
    ],
  },
  {
    check: "goenv-file-malformed",
    name: "warns of the worst, and does not answer for a name that Go does not know",
    expect: ["warning"],
    snapshot: machine((draft) => writeGoEnv(draft, "GONOSUMCHECK=1\nGOPRIVATE='corp.example'\n")),
    mentions: [
      `${GO_ENV_FILE}:2: quotes belong to the value, and 1 more`,
      `"about":["file:${GO_ENV_FILE}","variable:GOPRIVATE"]`,
    ],
  },
  {
    check: "goenv-file-malformed",
    name: "tells of a name that the newest line does not know",
    expect: ["info"],
    snapshot: machine((draft) => {
      useVersion(draft, `1.${NEWEST_LINE}.0`);
      writeGoEnv(draft, "GONEW=1\n");
    }),
  },
  {
    check: "goenv-file-malformed",
    name: "takes out what only a running shell could tell, and what would count twice",
    expect: ["warning"],
    snapshot: machine((draft) =>
      writeGoEnv(
        draft,
        "GOTMPDIR=$WORK/tmp\nexport GOPRIVATE=a.example\nGOPRIVATE=b.example\nexport GOROOT=/x\n",
      ),
    ),
  },
  {
    check: "goenv-file-malformed",
    name: "only informs of names that Go does not know, and of lines that a later one replaces",
    expect: ["info"],
    snapshot: machine((draft) =>
      writeGoEnv(draft, "GONOSUMCHECK=1\nGOPRIVATE=a.example\nGOPRIVATE=b.example\n"),
    ),
    mentions: ["GONOSUMCHECK", "line 3 sets GOPRIVATE again"],
  },
  {
    check: "goenv-file-malformed",
    name: "is silent for what Go splits into words itself, comments, blank lines and spaces around a proxy",
    expect: [],
    snapshot: machine((draft) =>
      writeGoEnv(
        draft,
        "# mine\n\n  # too\nGOFLAGS='-ldflags=-s -w' \nCC=\"gcc\"\r\nCGO_CFLAGS=-g \nGOPROXY=direct \nGOPATH=/a b/go\n",
      ),
    ),
  },
  {
    check: "goenv-file-malformed",
    name: "leaves GOROOT and what the environment hides to other checks",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOROOT=~/go1.20\nGOPRIVATE='x.example'\n");
      setVariable(draft, "GOPRIVATE", "y.example");
    }),
  },
  {
    check: "goenv-file-malformed",
    name: "says nothing of names where the line is newer than any it knows",
    expect: [],
    snapshot: machine((draft) => {
      useVersion(draft, `1.${NEWEST_LINE + 1}.0`);
      writeGoEnv(draft, "GONEW=1\n");
    }),
  },
  {
    check: "empty-var-noop",
    name: "informs of a variable that is set to nothing",
    expect: ["info"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOPROXY=direct\nGOBIN=/home/me/go/bin\n");
      setVariable(draft, "GOBIN", "");
      setVariable(draft, "PATHX", "");
    }),
    mentions: ["GOBIN is set to nothing", `"path":"${GO_ENV_FILE}","line":2`],
  },
  {
    check: "empty-var-noop",
    name: "is silent where the file says nothing of it, or nothing at all, and for what Go does not know",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOSUMDB=\nGONEW=1\n");
      setVariable(draft, "GONEW", "");
      setVariable(draft, "GOSUMDB", "");
      setVariable(draft, "GOFLAGS", "");
    }),
  },
  {
    check: "goenv-off-or-custom",
    name: "informs of off",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOENV", "off");
      draft.goEnvFile = { state: "off", text: "", writable: false };
    }),
    mentions: ["Go reads no go-env file"],
  },
  {
    check: "goenv-off-or-custom",
    name: "informs of another file",
    expect: ["info"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOENV", "/srv/go.env");
      writeGoEnv(draft, "GOPROXY=direct\n");
      draft.goEnvFile.path = "/srv/go.env";
    }),
  },
  {
    check: "goenv-off-or-custom",
    name: "warns of a file that is not there",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOENV", "/srv/go.env");
      draft.goEnvFile.path = "/srv/go.env";
    }),
    mentions: ["/srv/go.env, which is not there", "unset GOENV"],
  },
  {
    check: "goenv-off-or-custom",
    name: "warns of a relative one",
    expect: ["warning"],
    snapshot: machine((draft) => {
      setVariable(draft, "GOENV", "go.env");
      writeGoEnv(draft, "GOPROXY=direct\n");
      draft.goEnvFile.path = `${draft.cwd}/go.env`;
    }),
    mentions: ["another file in every directory"],
  },
  {
    check: "goenv-off-or-custom",
    name: "is silent where it names the usual file",
    expect: [],
    snapshot: machine((draft) => setVariable(draft, "GOENV", GO_ENV_FILE)),
  },
  {
    check: "goenv-off-or-custom",
    name: "is silent where it names the usual file of a Mac",
    expect: [],
    snapshot: machine((draft) => {
      draft.platform = { os: "darwin", arch: "arm64" };
      draft.goEnvFile.path = `${HOME}/Library/Application Support/go/env`;
      setVariable(draft, "GOENV", draft.goEnvFile.path);
    }),
  },
  {
    check: "goenv-off-or-custom",
    name: "is silent where it names the file that XDG_CONFIG_HOME leads to",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "XDG_CONFIG_HOME", "/srv/config");
      setVariable(draft, "GOENV", "/srv/config/go/env");
      draft.goEnvFile.path = "/srv/config/go/env";
    }),
  },
  {
    check: "goenv-file-foreign-owner",
    name: "fires for a file of root's that can be read",
    expect: ["warning"],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOSUMDB=sum.golang.org\n");
      draft.goEnvFile.writable = false;
      draft.goEnvFile.uid = 0;
    }),
    mentions: ["belongs to root", `sudo chown -R 1000 ${GO_ENV_FILE}`],
  },
  {
    check: "goenv-file-foreign-owner",
    name: "fires for a file that cannot even be read, and for both caches",
    expect: ["warning", "warning", "warning"],
    snapshot: machine((draft) => {
      draft.goEnvFile = { path: GO_ENV_FILE, state: "unreadable", text: "", writable: false, uid: 0 };
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { writable: false, uid: 0 });
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], { writable: false, uid: 1001 });
    }),
    mentions: [
      "Go cannot read it",
      "belongs to root: no build can be cached",
      "belongs to uid 1001: no module can be downloaded",
    ],
  },
  {
    check: "goenv-file-foreign-owner",
    name: "is silent for a link, which is kept elsewhere, and for one's own file without the right to write",
    expect: [],
    snapshot: machine((draft) => {
      writeGoEnv(draft, "GOSUMDB=sum.golang.org\n");
      draft.goEnvFile.writable = false;
      draft.goEnvFile.uid = 0;
      draft.goEnvFile.link = true;
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { writable: false });
    }),
  },
  {
    check: "goenv-file-foreign-owner",
    name: "is silent where a group may write, and for a file in its place",
    expect: [],
    snapshot: machine((draft) => {
      setDirectory(draft, `${HOME}/.cache/go-build`, ["GOCACHE"], { uid: 0 });
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], {
        state: "no directory",
        writable: false,
        uid: 0,
      });
    }),
  },
  {
    check: "goenv-file-foreign-owner",
    name: "is silent for root",
    expect: [],
    snapshot: machine((draft) => {
      draft.user.uid = 0;
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], { writable: false, uid: 1000 });
    }),
  },
  {
    check: "goenv-file-foreign-owner",
    name: "is silent on a file system that is read-only",
    expect: [],
    snapshot: machine((draft) =>
      setDirectory(draft, `${HOME}/go/pkg/mod`, ["GOMODCACHE"], {
        writable: false,
        uid: 0,
        fileSystem: { mountPoint: "/home", type: "squashfs", noexec: false, readOnly: true },
      }),
    ),
  },
  {
    check: "xdg-relative",
    name: "fires as an error for the cache where Go refuses it, and as a warning for the go-env file",
    expect: ["error", "warning"],
    snapshot: machine((draft) => {
      useVersion(draft, "1.24.4");
      setVariable(draft, "XDG_CACHE_HOME", "cache");
      setVariable(draft, "XDG_CONFIG_HOME", ".config");
    }),
    mentions: [
      '"severity":"error","summary":"XDG_CACHE_HOME is cache, not absolute, so Go finds no build cache"',
      "unset XDG_CACHE_HOME",
      "unset XDG_CONFIG_HOME",
    ],
  },
  {
    check: "xdg-relative",
    name: "warns where Go takes it as it is",
    expect: ["warning"],
    snapshot: machine((draft) => setVariable(draft, "XDG_CACHE_HOME", "cache")),
    mentions: ["each directory has its own build cache"],
  },
  {
    check: "xdg-relative",
    name: "is silent where GOCACHE and GOENV say more",
    expect: [],
    snapshot: machine((draft) => {
      setVariable(draft, "XDG_CACHE_HOME", "cache");
      setVariable(draft, "GOCACHE", `${HOME}/.cache/go-build`);
      setVariable(draft, "XDG_CONFIG_HOME", ".config");
      setVariable(draft, "GOENV", GO_ENV_FILE);
    }),
  },
  {
    check: "xdg-relative",
    name: "is silent for an empty one, and on a Mac, where Go does not look at them",
    expect: [],
    snapshot: machine((draft) => {
      draft.platform = { os: "darwin", arch: "arm64" };
      setVariable(draft, "XDG_CACHE_HOME", "cache");
      setVariable(draft, "XDG_CONFIG_HOME", "");
    }),
  },
];
