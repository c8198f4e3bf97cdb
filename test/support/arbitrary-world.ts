/** Worlds biased to trouble, for the differential test of the two resolvers. */
import fc from "fast-check";
import type { Content, SandboxSpec } from "./sandbox.js";
import type { Call } from "./selection-world.js";

export interface ArbitraryWorld {
  readonly spec: SandboxSpec;
  readonly call: Call;
}

const INSTALLABLE = [
  "1.20.0",
  "1.20.14",
  "1.21rc2",
  "1.21.0",
  "1.22.3",
  "1.22.9",
  "1.22.10",
  "1.23.1",
  "1.23rc1",
  "1.30.0",
];

/** Mostly things that name something installed; else what people, editors and attackers leave in such files. */
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...INSTALLABLE, "1.22", "1.21", "1.23", "1.20", "1.22.x", "1.3") },
  {
    weight: 2,
    arbitrary: fc.constantFrom("go1.22.3", "v1.21.0", "go-1.22", "go1.23", "system", "1.22.4", "1.19.1"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "latest",
      "1",
      "1.2",
      "",
      "1.022.3",
      "1.22.3.",
      "work",
      "loop",
      "../x",
      "-h",
      "1.22.3\u00a0",
      "１.22.3",
      "1.22.3\0",
      "1.2\x002.3",
      "1.22.3\x01",
      "\x1b[1m",
      "1.22.3#",
      "*",
      "1.22.*",
      "[1].22",
      "$HOME",
      "2.0",
      "1.21rc02",
      "1.22.3rc1",
      "default",
      "go1.22.3-x",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 0, max: 31 }), fc.integer({ min: 0, max: 11 }))
      .map(([a, b]) => `1.${a}.${b}`),
  },
);
const blank = fc.constantFrom("", "", "", "", " ", "\t", "  ", "\r", "\v", "\u00a0");
const end = fc.constantFrom(
  "\n",
  "\n",
  "\n",
  "\n",
  "\r\n",
  "",
  "\n\n",
  " \n",
  "\t# x\n",
  " // x\n",
  "\0\n",
  "\x02\n",
  "!\n",
  "!\r\n",
);
const filler = fc.constantFrom(
  "# golang 1.21.0",
  "// go 1.21.0",
  "",
  "module x",
  "\tgithub.example/go v1.2.3",
  "nodejs 20",
  "godebug default=go1.21",
  "# é",
  "go",
  "require (",
  ")",
  "toolchain",
  "\ufeff",
  "// é go 1.20",
  "!",
  "x\0",
  "/* go 1.21.0 */",
);
const line = (before: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(blank, fc.constantFrom(...before), word, blank, end)
    .map(([lead, key, value, tail, close]) => `${lead}${key}${value}${tail}${close}`);
const text = (before: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: line(before) },
        { weight: 2, arbitrary: filler.map((row) => `${row}\n`) },
      ),
      {
        maxLength: 5,
      },
    )
    .map((lines) => lines.join(""));

const trouble = fc.constantFrom<Content>(
  { directory: true },
  { fifo: true },
  { link: "$WORK/nowhere" },
  { link: "$ROOT/version" },
  { repeat: "1.22.3\n", times: 700 },
  { repeat: "\0", times: 9 },
  { repeat: "// x\n", times: 400 },
  "",
  { base64: "MS4yMi4z/woK" },
);
const content = (before: readonly string[]): fc.Arbitrary<Content> =>
  fc.oneof({ weight: 9, arbitrary: text(before) }, { weight: 1, arbitrary: trouble });

const pin = content(["", "", "", "go", "v", "# "]);
const tools = content(["golang ", "go ", "golang\t", "nodejs ", "golang", "#golang "]);
const moduleFile = content([
  "go ",
  "go ",
  "toolchain go",
  "toolchain ",
  "go\t",
  "go",
  "// go ",
  "toolchain go1.22.3 // ",
]);
const goEnv = content([
  "GOTOOLCHAIN=",
  "GOWORK=",
  "GOWORK=off",
  "GOFLAGS=",
  "#GOTOOLCHAIN=",
  "export GOWORK=",
]);
const config = fc.constantFrom(
  'toolchain = "path"\n',
  "toolchain = 'keep'\n",
  'verify = "strict"\ntoolchain = "auto"\n',
  '[alias]\nwork = "1.22"\n',
  'x = """\ntoolchain = "local"\n"""\n',
  'sources = [\n"goproxy"]\ntoolchain="local"\n',
  '[alias]\nloop = "loop"\n',
  'toolchain = "x"\n',
  'toolchain="path"# x\n',
  '\t toolchain\t=\t"local"\t# x\r\n',
  'a.b = 1\ntoolchain = "path"\n',
  "# toolchain = 'auto'\n",
);

const directories = fc.constantFrom("", "a/", "a/b/", "a/b/c d/");
const treeFile = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(directories, fc.constant(".go-version"), pin) },
  { weight: 2, arbitrary: fc.tuple(directories, fc.constant(".tool-versions"), tools) },
  { weight: 5, arbitrary: fc.tuple(directories, fc.constant("go.mod"), moduleFile) },
  { weight: 2, arbitrary: fc.tuple(directories, fc.constant("go.work"), moduleFile) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("~/"),
      fc.constantFrom(".go-version", "go.mod"),
      fc.oneof(pin, moduleFile),
    ),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constant("$ROOT/"), fc.constant("version"), pin) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("$ROOT/"), fc.constant("config.toml"), config) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("~/.config/go/"), fc.constant("env"), goEnv) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant("$ROOT/versions/1.22.11/"),
      fc.constantFrom(".gvt.json", "bin/x"),
      fc.constant("{}"),
    ),
  },
);
const variable = fc.oneof(
  fc.tuple(
    fc.constant("GVT_VERSION"),
    word.filter((value) => !value.includes("\0")),
  ),
  fc.tuple(
    fc.constant("GOWORK"),
    fc.constantFrom(
      "off",
      "auto",
      "",
      "$WORK/a/go.work",
      "$WORK/nowhere",
      "rel/go.work",
      "$WORK/../work/go.work",
    ),
  ),
  fc.tuple(fc.constant("GOTOOLCHAIN"), fc.constantFrom("", "auto", "local", "go1.99")),
  fc.tuple(fc.constant("GVT_TOOLCHAIN"), fc.constantFrom("", "keep", "path", "bogus")),
  fc.tuple(fc.constant("GOENV"), fc.constantFrom("off", "", "$WORK/e", "e")),
  fc.tuple(fc.constant("XDG_CONFIG_HOME"), fc.constantFrom("", "x", "$HOME/.config")),
  fc.tuple(fc.constant("GVT_ROOT"), fc.constantFrom("", "$ROOT", "$ROOT/", "$HOME/work/../.gvt")),
  fc.tuple(fc.constantFrom("IFS", "CDPATH", "ENV", "gvt_found", "gvt_text"), fc.constantFrom("1.", "/", "x")),
  fc.tuple(fc.constant("LC_ALL"), fc.constantFrom("C.UTF-8", "POSIX")),
  fc.tuple(fc.constant("PWD"), fc.constantFrom("$WORK", "/", "relative", null)),
);
/** In the C locale, yash has no arguments of other letters. */
const argument = word.filter((value) => !value.includes("\0") && /^\p{ASCII}*$/u.test(value));
const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ as: "go", args: ["build", "a b", "", "*", "'\"\\"] }) },
  { weight: 1, arbitrary: fc.constant({ as: "gofmt", args: ["-l"] }) },
  {
    weight: 1,
    arbitrary: argument.map((value) => ({ as: "go", args: [`+${value}`, "x"] })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("go1.22.3", "go1.20", "go1.22.4", "go1.21rc2")
      .map((as) => ({ as, args: ["+1.21.0"] })),
  },
);

export const arbitraryWorld: fc.Arbitrary<ArbitraryWorld> = fc
  .record({
    files: fc.array(treeFile, { maxLength: 6 }),
    env: fc.array(variable, { maxLength: 2 }),
    installed: fc.subarray(INSTALLABLE, { minLength: 2 }),
    system: fc.boolean(),
    cwd: fc.constantFrom("a/b/c d", "a/b", "a"),
    call,
  })
  .map(({ files, env, installed, system, cwd, call }) => ({
    call,
    spec: {
      files: Object.fromEntries(files.map(([directory, name, held]) => [directory + name, held])),
      env: Object.fromEntries(env),
      installed,
      system,
      cwd,
    },
  }));
