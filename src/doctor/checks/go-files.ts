/** Checks of where the go-env file and the caches are, and whose they are. */
import { isAbsolute, join } from "node:path";
import { escapeText } from "../../go/escape.js";
import { about, type Check, type Observation } from "../check.js";
import type { Facts } from "../facts.js";
import { quoteWord } from "../remedy.js";
import { evidenceOfVariable, stepsToUnset } from "../settings.js";
import type { Snapshot } from "../snapshot.js";
import { fileEvidence } from "./common.js";

/** The first line for which a relative XDG directory is an error; the lines before take it as it is. */
const REFUSES_RELATIVE = 24;

export const GO_FILES_CHECKS: readonly Check[] = [
  {
    id: "goenv-off-or-custom",
    priority: 1,
    severity: "info",
    title: "GOENV leads Go away from your go-env file",
    run: (facts) => {
      const { env, cwd, goEnvFile } = facts.snapshot;
      const value = env["GOENV"];
      const usual = usualGoEnvPath(facts.snapshot);
      if (!value || (goEnvFile.path !== undefined && goEnvFile.path === usual)) return [];
      const isRelative = value !== "off" && !isAbsolute(value);
      const fault = isRelative
        ? `GOENV is ${escapeText(value)}, another file in every directory (here below ${cwd})`
        : goEnvFile.state === "missing"
          ? `GOENV is ${escapeText(value)}, which is not there`
          : undefined;
      const effect =
        value === "off"
          ? "Go reads no go-env file"
          : `Go reads ${escapeText(value)} in place of your go-env file`;
      return [
        {
          severity: fault === undefined ? "info" : "warning",
          summary: fault ?? `GOENV is set: ${effect}`,
          about: [about.variable("GOENV")],
          evidence: evidenceOfVariable(facts, "GOENV"),
          remedy: {
            summary: `unset it${usual === undefined ? "" : `; then Go reads ${usual}`}`,
            steps: stepsToUnset(facts, "GOENV"),
          },
        },
      ];
    },
  },
  {
    id: "goenv-file-foreign-owner",
    priority: 1,
    severity: "warning",
    title: "files that Go writes for you belong to somebody else",
    run: (facts) =>
      listForeign(facts).map(({ name, path, uid, effect }) => ({
        summary: `${path} belongs to ${uid === 0 ? "root" : `uid ${uid}`}: ${effect}`,
        about: [about.file(path), about.directory(path)],
        evidence: [fileEvidence(path, `${name}, owned by uid ${uid}, not by ${facts.snapshot.user.uid}`)],
        remedy: {
          summary: "make it yours",
          steps: [{ kind: "run", command: `sudo chown -R ${facts.snapshot.user.uid} ${quoteWord(path)}` }],
        },
      })),
  },
  {
    id: "xdg-relative",
    priority: 2,
    severity: "error",
    title: "an XDG directory that Go uses is not absolute",
    run: (facts) => {
      const { env, platform } = facts.snapshot;
      const isUsed = {
        XDG_CACHE_HOME: facts.effective("GOCACHE").origin.kind === "default",
        XDG_CONFIG_HOME: !env["GOENV"],
      };
      const minor = facts.selected?.version.minor;
      if (platform.os === "darwin" || platform.os === "windows") return [];
      return (["XDG_CACHE_HOME", "XDG_CONFIG_HOME"] as const).flatMap((name): Observation[] => {
        const value = env[name];
        if (!value || isAbsolute(value) || !isUsed[name]) return [];
        const refuses = minor !== undefined && minor >= REFUSES_RELATIVE;
        const what = name === "XDG_CACHE_HOME" ? "build cache" : "go-env file";
        return [
          {
            severity: refuses && name === "XDG_CACHE_HOME" ? "error" : "warning",
            summary: refuses
              ? `${name} is ${escapeText(value)}, not absolute, so Go finds no ${what}`
              : `${name} is ${escapeText(value)}, not absolute, so each directory has its own ${what}`,
            about: [about.variable(name)],
            evidence: evidenceOfVariable(facts, name),
            remedy: { summary: "unset it, or write the whole path", steps: stepsToUnset(facts, name) },
          },
        ];
      });
    },
  },
];

/** Where the file is when GOENV says nothing. */
function usualGoEnvPath({ env, user, platform }: Snapshot): string | undefined {
  const { home } = user;
  if (platform.os === "darwin") return home && join(home, "Library", "Application Support", "go", "env");
  const configured = env["XDG_CONFIG_HOME"];
  if (configured) return isAbsolute(configured) ? join(configured, "go", "env") : undefined;
  return home && join(home, ".config", "go", "env");
}

interface Foreign {
  readonly name: string;
  readonly path: string;
  readonly uid: number;
  /** What does not work. */
  readonly effect: string;
}

/** Root may write everywhere, and nobody can say of a machine without user ids. */
function listForeign({ snapshot, effective, findDirectory }: Facts): Foreign[] {
  const { goEnvFile, user } = snapshot;
  const isForeign = (uid: number | undefined): uid is number =>
    uid !== undefined && user.uid !== undefined && user.uid !== 0 && uid !== user.uid;
  const found: Foreign[] = [];
  const { path, uid, state } = goEnvFile;
  // A link leads to a file that is kept elsewhere and made by other means.
  const isOut =
    state === "unreadable" || (state === "read" && !goEnvFile.writable && goEnvFile.link !== true);
  if (path !== undefined && isForeign(uid) && isOut) {
    const effect = state === "unreadable" ? "Go cannot read it" : "`go env -w` cannot write it";
    found.push({ name: "the go-env file", path, uid, effect });
  }
  for (const name of ["GOCACHE", "GOMODCACHE"] as const) {
    const directory = findDirectory(effective(name).value);
    if (directory?.state !== "directory" || directory.writable || directory.fileSystem?.readOnly === true)
      continue;
    if (!isForeign(directory.uid)) continue;
    const effect = name === "GOCACHE" ? "no build can be cached" : "no module can be downloaded";
    found.push({ name, path: directory.path, uid: directory.uid, effect });
  }
  return found;
}
