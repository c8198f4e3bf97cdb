/** The house as data: who may import whom, and which file is the one door to each package. ARCHITECTURE.md shows it. */

/** Folder of src → the folders it may import. errors.ts, and the type Context, may be imported from anywhere. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ["cli", "io"],
  cli: ["commands", "context", "go", "io"],
  commands: [
    "context",
    "doctor",
    "shim",
    "select",
    "install",
    "trust",
    "sources",
    "env",
    "store",
    "go",
    "io",
  ],
  doctor: ["select", "env", "store", "go", "io"],
  shim: ["select", "install", "env", "store", "go", "io"],
  install: ["trust", "sources", "store", "go", "io"],
  select: ["store", "go", "io"],
  env: ["select", "store", "go"],
  sources: ["trust", "store", "go", "io"],
  trust: ["store", "go", "io"],
  context: ["store", "go", "io"],
  store: ["go", "io"],
  go: [],
  io: [],
};

/** Third-party package → the only file that imports it. */
export const DOORS: Readonly<Record<string, string>> = {
  "proper-lockfile": "io/lock.ts",
  semver: "go/selector.ts",
  "smol-toml": "io/toml.ts",
  tar: "io/archive.ts",
  undici: "io/http.ts",
  "yargs-parser": "cli.ts",
  yauzl: "io/zip.ts",
};

/** The table as ARCHITECTURE.md prints it and a failing test shows it. */
export function renderHouse(): string {
  const rows = Object.entries(MAY_IMPORT).map(
    ([folder, below]) => [folder, below.join(" ") || "nothing"] as const,
  );
  const width = Math.max(...rows.map(([folder]) => folder.length));
  const doors = Object.entries(DOORS).map(([name, file]) => [name, file] as const);
  const doorWidth = Math.max(...doors.map(([name]) => name.length));
  return [
    "who may import whom",
    ...rows.map(([folder, below]) => `  ${folder.padEnd(width)}  →  ${below}`),
    "the one door to each package",
    ...doors.map(([name, file]) => `  ${name.padEnd(doorWidth)}  ←  ${file}`),
  ].join("\n");
}
