/** Installing, measured: a release archive and a toolchain module from loopback, against curl, sha256sum and tar. */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readPeak, reportPeak } from "./memory.js";
import { median, timeOnce } from "./timing.js";

export interface InstallFigures {
  /** Median milliseconds of `curl`, `sha256sum` and `tar xzf`. */
  readonly floor: number;
  readonly archive: number;
  readonly module: number;
  /** Largest resident set of gvt, in MB. */
  readonly memory: number;
}

export interface InstallBench {
  readonly directory: string;
  /** The CLI that is measured. */
  readonly cli: string;
  /** A genuine release archive; without one, the files of the module are packed into one. */
  readonly archive: string | undefined;
  /** The Go module proxy, asked once for what is then served from loopback. */
  readonly upstream: string;
  readonly rounds: number;
}

/** Newer than the shipped table, which would rightly contradict an archive packed anew under a name it knows. */
const PACKED = "1.27.4";

export async function measureInstalls(bench: InstallBench): Promise<InstallFigures> {
  const served = join(bench.directory, "served");
  mkdirSync(join(served, "dl"), { recursive: true });
  const server = spawn(process.execPath, ["scripts/bench/serve.mjs", served, bench.upstream]);
  try {
    const port = await new Promise<string>((resolve) =>
      server.stdout.once("data", (text) => resolve(String(text).trim())),
    );
    return run(bench, served, `http://127.0.0.1:${port}`);
  } finally {
    server.kill();
  }
}

function run(bench: InstallBench, served: string, url: string): InstallFigures {
  const version = versionOf(bench);
  const filename = `go${version}.linux-${process.arch === "arm64" ? "arm64" : "amd64"}.tar.gz`;
  const environment = { HOME: bench.directory, PATH: process.env["PATH"] ?? "", GOPROXY: `${url}/proxy` };
  const rss = join(bench.directory, "rss");
  const install = (source: string): number => {
    const root = mkdtempSync(join(bench.directory, "root-"));
    const env = {
      ...environment,
      GVT_ROOT: root,
      GVT_TRUST_CHECKSUMS: checksums,
      NODE_OPTIONS: reportPeak(rss),
    };
    const command = [process.execPath, bench.cli, "install", version, "--source", source];
    const milliseconds = timeOnce(command, { name: `install from ${source}`, cwd: bench.directory, env });
    rmSync(root, { recursive: true, force: true });
    return milliseconds;
  };
  const checksums = join(bench.directory, "SHA256SUMS");
  writeFileSync(checksums, "");
  const target = join(served, "dl", filename);
  if (bench.archive === undefined) packModule(bench, environment, target);
  else copyFileSync(bench.archive, target);
  writeFileSync(checksums, `${readSum(target)}  ${filename}\n`);

  const floor: number[] = [];
  const archive: number[] = [];
  const module: number[] = [];
  for (let round = 0; round <= bench.rounds; round++) {
    const times = [
      measureFloor(bench.directory, `${url}/dl/${filename}`),
      install(`${url}/dl`),
      install("goproxy"),
    ];
    if (round === 0) continue; // warms up
    for (const [place, values] of [floor, archive, module].entries()) values.push(times[place] ?? Number.NaN);
  }
  return { floor: median(floor), archive: median(archive), module: median(module), memory: readPeak(rss) };
}

function measureFloor(directory: string, url: string): number {
  const work = mkdtempSync(join(directory, "floor-"));
  const script = 'curl -sS -o a.tar.gz "$1" && sha256sum a.tar.gz >/dev/null && tar xzf a.tar.gz';
  const milliseconds = timeOnce(["/bin/sh", "-c", script, "sh", url], {
    name: basename(url),
    cwd: work,
    env: { PATH: process.env["PATH"] ?? "" },
  });
  rmSync(work, { recursive: true, force: true });
  return milliseconds;
}

/** The files of the module as an archive: what an organisation that packs its own would serve. */
function packModule(
  bench: InstallBench,
  environment: Readonly<Record<string, string>>,
  target: string,
): void {
  const version = versionOf(bench);
  const root = mkdtempSync(join(bench.directory, "pack-"));
  const env = { ...environment, GVT_ROOT: root };
  timeOnce([process.execPath, bench.cli, "install", version, "--source", "goproxy"], {
    name: "pack",
    cwd: root,
    env,
  });
  const args = ["czf", target, "--exclude", ".gvt.json", "--transform", `s,^${version},go,`, version];
  timeOnce(["tar", ...args], { name: "tar", cwd: join(root, "versions"), env: environment });
  rmSync(root, { recursive: true, force: true });
}

function readSum(path: string): string {
  return spawnSync("sha256sum", [path], { encoding: "utf8" }).stdout.slice(0, 64);
}

/** Of a genuine archive, by its name: `go1.24.4.linux-amd64.tar.gz`. */
function versionOf({ archive }: InstallBench): string {
  return archive === undefined ? PACKED : (/^go([\d.]+)\.[a-z]/.exec(basename(archive))?.[1] ?? PACKED);
}
