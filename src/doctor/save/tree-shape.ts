/** The shapes of programs and toolchain trees in a saved snapshot. Pure. */
import { findGoVersion } from "../../go/version.js";
import type {
  BuildFacts,
  Counted,
  ManifestComparison,
  Program,
  ProgramOwner,
  Tree,
  TreePlace,
} from "../program-facts.js";
import { count, flag, list, object, oneOf, optional, text, textLike } from "../shape.js";

const texts = list(text);

/** Canonical, since commands are made of it. */
export const VERSION = textLike("Go version", (value) => findGoVersion(value) !== undefined);

export const OWNER = oneOf<ProgramOwner>({
  "gvt-shim": true,
  goenv: true,
  asdf: true,
  mise: true,
  gvm: true,
  g: true,
  snap: true,
  alternatives: true,
  "golang-dl": true,
  toolchain: true,
  other: true,
});

const place = object<{ path: string; there: boolean }>({ path: text, there: flag });

export const PROGRAM = object<Program>({
  name: text,
  path: text,
  realpath: text,
  executable: flag,
  owner: OWNER,
  format: oneOf<Program["format"]>({ elf: true, "mach-o": true, pe: true, script: true, other: true }),
  archs: optional(texts),
  os: optional(text),
  interpreter: optional(place),
  build: optional(
    object<BuildFacts>({
      go: text,
      path: optional(text),
      version: optional(text),
      trimmed: flag,
      goroot: optional(place),
    }),
  ),
  goroot: optional(text),
  sdk: optional(place),
});

const counted = object<Counted>({ count, first: texts });

export const TREE = object<Tree>({
  goroot: text,
  realpath: text,
  places: list(
    oneOf<TreePlace>({
      store: true,
      path: true,
      GOROOT: true,
      "go-env file": true,
      "start-up file": true,
      "usual place": true,
    }),
  ),
  state: oneOf<Tree["state"]>({
    directory: true,
    missing: true,
    "no directory": true,
    unreadable: true,
    unanswered: true,
  }),
  installed: optional(VERSION),
  version: optional(text),
  program: optional(PROGRAM),
  missing: texts,
  bin: texts,
  goEnv: optional(text),
  comparison: optional(
    object<ManifestComparison>({
      missing: counted,
      altered: counted,
      added: counted,
      addedPrograms: counted,
    }),
  ),
});
