/**
 * The budgets of docs/explanation/speed.md, measured in one run against the floor and against what else is on PATH.
 *
 *     npm run bench [-- --quick] [-- --archive go1.24.4.linux-amd64.tar.gz]
 *
 * Prints ratios and never fails for being slow: this is for reading, on a quiet machine. `goenv`, `mise` and `go` are
 * measured where they are on PATH.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureDoctor } from "./doctor.js";
import { measureInstalls } from "./install.js";
import { findOnPath, findPeers } from "./peers.js";
import { type Candidate, timeOnce, timeRuns } from "./timing.js";
import { buildWorld, type World } from "./world.js";

/** npm runs scripts in the top of the package. */
const repository = process.cwd();
const cli = join(repository, "dist", "main.js");
const quick = process.argv.includes("--quick");
const archive = process.argv[process.argv.indexOf("--archive") + 1];
const directory = mkdtempSync(join(tmpdir(), "gvt-bench-"));

const BUDGETS: Readonly<Record<string, string>> = {
  "shim, .go-version here": "≤ +1.0 ms, ≤ 2.5 ×",
  "shim, long go.mod nine up": "≤ +2.0 ms",
  "gvt current": "≤ 5 ms",
  "gvt which": "≤ 5 ms",
  "gvt exec go": "≤ 5 ms",
};

try {
  const world = buildWorld(directory, cli);
  benchStart(world);
  benchDoctor(world);
  await benchInstall();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function benchStart(world: World): void {
  const { bare, pinned, nested, root, env } = world;
  const peers = findPeers(world);
  const own: Candidate[] = [
    { name: "bare program", command: [bare], cwd: pinned, env },
    { name: "shim, .go-version here", command: [`${root}/shims/go`], cwd: pinned, env },
    { name: "shim, long go.mod nine up", command: [`${root}/shims/go`], cwd: nested, env },
    { name: "gvt current", command: [`${root}/bin/gvt`, "current"], cwd: pinned, env },
    { name: "gvt which", command: [`${root}/bin/gvt`, "which"], cwd: pinned, env },
    { name: "gvt exec go", command: [`${root}/bin/gvt`, "exec", "go"], cwd: pinned, env },
  ];
  const installed = join(root, "lib", "main.js");
  const rounds = quick ? 3 : 15;
  const times = timeRuns([...own, ...peers.candidates], rounds, 50);
  const nodes = timeRuns(
    [
      { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: pinned, env },
      { name: "gvt root", command: [process.execPath, installed, "root"], cwd: pinned, env },
      { name: "gvt why", command: [process.execPath, installed, "why"], cwd: pinned, env },
      { name: "gvt list", command: [process.execPath, installed, "list"], cwd: pinned, env },
      { name: "gvt help", command: [process.execPath, installed, "help"], cwd: pinned, env },
    ],
    rounds,
    3,
  );
  const floor = times.get("bare program") ?? Number.NaN;
  const node = nodes.get("node -e 0") ?? Number.NaN;
  console.log("starting go                             ms    over bare   × bare   budget");
  for (const [name, ms] of times) row(name, ms, `+${(ms - floor).toFixed(2)} ms`, ms / floor, BUDGETS[name]);
  row("opening a shell (. env.sh)", timeEnvFile(world), "", undefined, "≤ 1 ms");
  console.log("\nstarting the CLI                        ms                × node");
  for (const [name, ms] of nodes) row(name, ms, "", ms / node, name === "node -e 0" ? "" : "≤ 1.3 ×");
  if (peers.absent.length > 0) console.log(`\nnot on PATH, not measured: ${peers.absent.join(", ")}`);
}

function benchDoctor(world: World): void {
  const { whole, quick: quickly, node, memory } = measureDoctor(world, cli, quick ? 1 : 7);
  console.log("\n40 PATH entries, 300 tools              ms                × node");
  row("gvt doctor", whole, "", whole / node, "≤ 700 ms");
  row("gvt doctor --quick", quickly, `+${(quickly - node).toFixed(1)} ms`, quickly / node, "≤ +30 ms");
  console.log(`peak memory of gvt doctor         ${memory.toFixed(0)} MB${" ".repeat(26)}≤ 80 MB`);
}

async function benchInstall(): Promise<void> {
  const upstream = findModuleProxy();
  if (upstream === undefined || findOnPath("curl") === undefined) {
    console.log(
      "\ninstalling: not measured; it needs curl, and GOPROXY or a go on PATH that names a module proxy",
    );
    return;
  }
  const rounds = quick ? 1 : 5;
  const genuine = process.argv.includes("--archive") ? archive : undefined;
  const figures = await measureInstalls({ directory, cli, archive: genuine, upstream, rounds });
  const { floor } = figures;
  console.log("\ninstalling from loopback                ms                × floor");
  row("curl + sha256sum + tar xzf", figures.floor, "", 1, "");
  row("gvt install, release archive", figures.archive, "", figures.archive / floor, "≤ 0.75 ×");
  row("gvt install, toolchain module", figures.module, "", figures.module / floor, "≤ 1.0 ×");
  console.log(`peak memory of gvt install        ${figures.memory.toFixed(0)} MB${" ".repeat(26)}≤ 150 MB`);
}

function row(name: string, ms: number, over: string, ratio: number | undefined, budget = ""): void {
  const times = ratio === undefined ? "" : `${ratio.toFixed(2)} ×`;
  console.log(
    `${name.padEnd(34)}${ms.toFixed(2).padStart(9)}${over.padStart(12)}${times.padStart(10)}   ${budget}`,
  );
}

/** Sourced 500 times by one shell whose PATH is set back each time. */
function timeEnvFile({ root, pinned, env }: World): number {
  const script = `p=$PATH; i=0; while [ "$i" -lt "$COUNT" ]; do PATH=$p; . "$1"; i=$((i+1)); done`;
  const command = ["/bin/sh", "-c", script, "sh", join(repository, "shims", "env.sh")];
  return (
    timeOnce(
      command,
      { name: "env.sh", cwd: pinned, env: { ...env, GVT_ROOT: root, PATH: "/usr/bin:/bin" } },
      500,
    ) / 500
  );
}

/** The first proxy that Go's configuration names; the `go` on PATH is asked, as this is no product code. */
function findModuleProxy(): string | undefined {
  const asked = spawnSync("go", ["env", "GOPROXY"], {
    encoding: "utf8",
    env: { ...process.env, GOTOOLCHAIN: "local" },
  });
  const stated = process.env["GOPROXY"] || asked.stdout;
  return stated
    ?.trim()
    .split(/[,|]/)
    .find((word) => word.startsWith("http"));
}
