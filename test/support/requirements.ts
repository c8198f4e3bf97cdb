/**
 * Means that a test needs and a machine may lack. A test that cannot run is neither skipped in silence nor passed: it
 * says that it checked nothing, and where `CI=true` that is a failure.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Requirement =
  /** Mounting a tmpfs: root, or a user namespace that may. */
  | "mount"
  /** Running a program as another user. */
  | "root"
  /** The first proxy of the machine's GOPROXY, which is to answer. */
  | "module proxy";

const PROBES: Readonly<Record<Requirement, () => void>> = {
  mount: () => {
    const directory = mkdtempSync(join(tmpdir(), "gvt-mount-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", directory], { stdio: "ignore" });
      execFileSync("umount", [directory], { stdio: "ignore" });
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
  root: () => {
    if (process.getuid?.() !== 0) throw new Error("this user is not root");
  },
  "module proxy": () => {
    execFileSync(
      "curl",
      ["-fsS", "-m", "10", "-o", "/dev/null", `${moduleProxy()}/golang.org/toolchain/@v/list`],
      {
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
  },
};

const known = new Map<Requirement, string | undefined>();

/**
 * True where the machine has what a test needs. Where it does not: throws under `CI=true`, else lists the test as not
 * checked on stderr, and the test returns.
 *
 *     test("a full disk leaves the store as it was", async () => {
 *       if (!requires("mount", "a full disk")) return;
 */
export function requires(requirement: Requirement, subject: string): boolean {
  const lack = findLack(requirement);
  if (lack === undefined) return true;
  const message = `not checked: ${subject} (needs ${requirement}: ${lack})`;
  if (process.env["CI"] === "true") throw new Error(message);
  process.stderr.write(`${message}\n`);
  return false;
}

function findLack(requirement: Requirement): string | undefined {
  if (!known.has(requirement)) known.set(requirement, probe(requirement));
  return known.get(requirement);
}

function probe(requirement: Requirement): string | undefined {
  try {
    PROBES[requirement]();
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

/** Its address without a final slash. Throws where nothing names one. */
export function moduleProxy(): string {
  const stated = process.env["GOPROXY"] ?? execFileSync("go", ["env", "GOPROXY"], { encoding: "utf8" });
  const proxy = stated.split(/[,|]/).find((word) => /^https?:/.test(word));
  if (proxy === undefined) throw new Error(`GOPROXY is ${stated.trim()}`);
  return proxy.trim().replace(/\/+$/, "");
}

/** One file of the module proxy's, asked for once. */
export async function fetchFromProxy(path: string): Promise<Buffer> {
  let answer = fetched.get(path);
  if (!answer) {
    answer = download(`${moduleProxy()}/${path}`);
    fetched.set(path, answer);
  }
  return answer;
}

const fetched = new Map<string, Promise<Buffer>>();

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}
