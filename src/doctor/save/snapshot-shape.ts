/** The shape of a saved snapshot, member by member: what is read back is one that collect() could have made. Pure. */
import type { Platform } from "../../go/platform.js";
import type { EntryState, PathEntry, ToolDirectory } from "../program-facts.js";
import type { EditorSetting, GoEnvFile, StartupFile, Statement } from "../setting-facts.js";
import {
  amount,
  count,
  flag,
  list,
  literal,
  object,
  oneOf,
  optional,
  record,
  type Shape,
  text,
  textLike,
  variants,
} from "../shape.js";
import {
  type DirectoryFacts,
  type DirectorySize,
  type FileSystemFacts,
  type Host,
  type Leftover,
  type ReleaseFacts,
  type RootFacts,
  type ShellFacts,
  SNAPSHOT_SCHEMA,
  type Snapshot,
  type User,
} from "../snapshot.js";
import { REPOSITORY } from "./repository-shape.js";
import { SELECTION } from "./selection-shape.js";
import { OWNER, PROGRAM, TREE, VERSION } from "./tree-shape.js";

const texts = list(text);
const time = textLike(
  "time such as 2026-11-20T12:00:00Z",
  (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
);

const platform = object<Platform>({ os: text, arch: text });

const state = oneOf<EntryState>({
  directory: true,
  missing: true,
  "no directory": true,
  unreadable: true,
  unanswered: true,
  relative: true,
});

const root = object<RootFacts>({
  path: text,
  shims: text,
  realShims: optional(text),
  versions: text,
  realVersions: optional(text),
  shell: text,
  policy: oneOf<RootFacts["policy"]>({ default: true, path: true, local: true, auto: true, keep: true }),
  installed: list(VERSION),
  defaultVersion: optional(text),
  leftovers: list(
    object<Leftover>({
      path: text,
      kind: oneOf<Leftover["kind"]>({ stage: true, lock: true, partial: true }),
      ageSeconds: amount,
    }),
  ),
});

const line = { line: count, text } as const;

const startupFile = object<StartupFile>({
  path: text,
  syntax: oneOf<StartupFile["syntax"]>({
    sh: true,
    fish: true,
    powershell: true,
    environment: true,
    launchd: true,
  }),
  state: oneOf<StartupFile["state"]>({ read: true, unreadable: true, "too large": true, unanswered: true }),
  statements: list(
    variants<Statement>({
      assign: { ...line, variable: text, value: optional(text), exported: flag, removable: flag },
      unset: { ...line, variable: text },
      path: {
        ...line,
        removable: flag,
        where: oneOf<"front" | "back">({ front: true, back: true }),
        directories: texts,
      },
      manager: { ...line, manager: OWNER },
    }),
  ),
  gvtLine: optional(count),
});

const directory = object<DirectoryFacts>({
  path: text,
  roles: texts,
  state,
  realpath: optional(text),
  symlink: flag,
  writable: flag,
  uid: optional(count),
  fileSystem: optional(
    object<FileSystemFacts>({
      mountPoint: text,
      type: text,
      noexec: flag,
      readOnly: flag,
      freeBytes: optional(amount),
    }),
  ),
  holdsGoMod: flag,
  toolchains: optional(texts),
  size: optional(object<DirectorySize>({ bytes: amount, complete: flag, share: optional(amount) })),
});

export const SNAPSHOT: Shape<Snapshot> = object<Snapshot>({
  schema: literal(SNAPSHOT_SCHEMA),
  taken: time,
  gvt: text,
  platform,
  host: object<Host>({
    release: text,
    wsl: flag,
    foreignArchs: texts,
    translated: optional(flag),
    windowsPath: optional(object<{ user: string; system: string }>({ user: text, system: text })),
  }),
  user: object<User>({ uid: optional(count), home: optional(text), shell: optional(text) }),
  cwd: text,
  env: record<string | undefined>(text),
  root,
  path: list(
    object<PathEntry>({
      text,
      state,
      realpath: optional(text),
      programs: list(PROGRAM),
      holdsGoroot: flag,
    }),
  ),
  tools: optional(object<ToolDirectory>({ path: text, realpath: optional(text), programs: list(PROGRAM) })),
  trees: list(TREE),
  goEnvFile: object<GoEnvFile>({
    path: optional(text),
    state: oneOf<GoEnvFile["state"]>({ off: true, none: true, missing: true, read: true, unreadable: true }),
    text,
    writable: flag,
    uid: optional(count),
    link: optional(flag),
  }),
  startupFiles: list(startupFile),
  editors: list(
    object<EditorSetting>({
      path: text,
      line: count,
      key: text,
      value: text,
      realpath: optional(text),
      removable: optional(text),
    }),
  ),
  repository: REPOSITORY,
  directories: list(directory),
  certificates: object<Snapshot["certificates"]>({
    found: optional(text),
    searched: texts,
    usual: optional(text),
  }),
  cacheProgram: optional(object<NonNullable<Snapshot["cacheProgram"]>>({ path: text, executable: flag })),
  selection: SELECTION,
  releases: optional(object<ReleaseFacts>({ newest: VERSION, date: text })),
  shell: optional(
    object<ShellFacts>({
      syntax: oneOf<ShellFacts["syntax"]>({ sh: true, fish: true }),
      starts: optional(text),
      instead: optional(
        object({ kind: oneOf<"alias" | "function">({ alias: true, function: true }), says: text }),
      ),
    }),
  ),
  unanswered: texts,
});
