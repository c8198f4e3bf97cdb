/**
 * Toy Go releases: complete as far as gvt looks, a few kilobytes large, as the release archive and as the toolchain
 * module made from it. `bin/go` is a real program of this machine (`true`), so that it runs.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { modulePlatform, type Platform, platformOfNode, toolDirectory } from "../../src/go/platform.js";
import { type GoVersion, parseGoVersion, toolchainName } from "../../src/go/version.js";
import { type TarEntry, tarGz } from "./tar-bytes.js";
import { zipBytes } from "./zip-bytes.js";

export interface ToyOptions {
  readonly version: string;
  readonly platform?: Platform;
  /** Files besides, or in place of, those that every toy has; undefined takes one away. */
  readonly files?: Readonly<Record<string, string | Uint8Array | undefined>>;
  /** Bytes of random ballast, to make an archive that takes time. */
  readonly ballast?: number;
}

export interface Toy {
  readonly version: GoVersion;
  /** `go1.22.6.linux-amd64.tar.gz` and its bytes. */
  readonly filename: string;
  readonly tarGz: Buffer;
  readonly sha256: string;
  /** `v0.0.1-go1.22.6.linux-amd64` and its zip. */
  readonly moduleVersion: string;
  readonly zip: Buffer;
  /** The module's hash, as the transparency log has it. */
  readonly h1: string;
  /** A line in SHA256SUMS form for either. */
  readonly checksums: string;
}

export const HERE: Platform = platformOfNode(process.platform, process.arch);

/** Left out of the module, as cmd/distpack does. */
const NOT_IN_MODULE = /^(?:api|doc|misc|test)\//;
const EXECUTABLE = /^bin\/|^pkg\/tool\/|\.(?:bash|sh|pl|rc)$|(?:^|\/)go_[^/_]+_[^/_]+_exec$/;

export function buildToy(options: ToyOptions): Toy {
  const { version: text, platform = HERE } = options;
  const version = parseGoVersion(text);
  const files = toyFiles(options, version, platform);
  const archive = tarGz([...directoryEntries(files), ...files.map(fileEntry)]);
  const moduleVersion = `v0.0.1-${toolchainName(version)}.${modulePlatform(platform)}`;
  const moduleFiles = filesOfModule(moduleVersion, files);
  const zip = zipBytes(moduleFiles.map(([name, content]) => ({ name, content })));
  const filename = `${toolchainName(version)}.${platform.os}-${platform.arch === "arm" ? "armv6l" : platform.arch}.tar.gz`;
  const checksums = `${sha256Of(archive)}  ${filename}\n${sha256Of(zip)}  ${moduleVersion}.zip\n`;
  const h1 = hashModule(moduleFiles);
  return { version, filename, tarGz: archive, sha256: sha256Of(archive), moduleVersion, zip, h1, checksums };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

type ToyFile = readonly [path: string, content: Buffer];

function toyFiles(
  { files = {}, ballast = 0 }: ToyOptions,
  version: GoVersion,
  platform: Platform,
): ToyFile[] {
  const program = readFileSync("/bin/true");
  const all: Record<string, string | Uint8Array | undefined> = {
    VERSION: `${toolchainName(version)}\ntime 2024-08-06T00:00:00Z\n`,
    "api/README": "left out of the module\n",
    "bin/go": program,
    "bin/gofmt": program,
    "go.env": "GOPROXY=https://proxy.example,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n",
    [`${toolDirectory(platform)}/compile`]: program,
    "lib/wasm/go_js_wasm_exec": "#!/bin/sh\n",
    "src/all.bash": "#!/bin/sh\n",
    "src/go.mod": "module std\n",
    "src/cmd/go.mod": "module cmd\n",
    "src/fmt/print.go": "package fmt\n",
    "src/fmt/empty.go": "",
    "test/Þfoo.go": "package foo\n",
    ...(ballast > 0 && { "src/ballast": pseudoRandom(ballast) }),
    ...files,
  };
  return Object.entries(all).flatMap(([path, content]) =>
    content === undefined ? [] : [[path, Buffer.from(content)] as const],
  );
}

/** Bytes that do not compress and are the same each time. */
function pseudoRandom(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let place = 0; place < length; place++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[place] = state >>> 24;
  }
  return bytes;
}

function directoryEntries(files: readonly ToyFile[]): TarEntry[] {
  const directories = new Set(["go/"]);
  for (const [path] of files) {
    const parts = path.split("/");
    for (let depth = 1; depth < parts.length; depth++)
      directories.add(`go/${parts.slice(0, depth).join("/")}/`);
  }
  return [...directories].sort().map((name) => ({ name, type: "5", mode: 0o755 }));
}

function fileEntry([path, content]: ToyFile): TarEntry {
  return { name: `go/${path}`, content, mode: EXECUTABLE.test(path) ? 0o755 : 0o644 };
}

function filesOfModule(moduleVersion: string, files: readonly ToyFile[]): ToyFile[] {
  return files
    .filter(([path]) => !NOT_IN_MODULE.test(path))
    .map(([path, content]) => [
      `golang.org/toolchain@${moduleVersion}/${path.replace(/(^|\/)go\.mod$/, "$1_go.mod")}`,
      content,
    ]);
}

function hashModule(files: readonly ToyFile[]): string {
  const lines = files
    .map(([name, content]) => [Buffer.from(name), `${sha256Of(content)}  ${name}\n`] as const)
    .sort(([a], [b]) => Buffer.compare(a, b))
    .map(([, line]) => line);
  return `h1:${createHash("sha256").update(lines.join("")).digest("base64")}`;
}
