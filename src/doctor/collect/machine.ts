/** What kind of machine this is: its kernel, WSL, whose programs it starts, where it keeps certificates. */
import { join } from "node:path";
import type { Platform } from "../../go/platform.js";
import type { HostFacts } from "../host.js";
import type { Certificates, Host, Variables } from "../snapshot.js";
import type { Look } from "./look.js";

const MAX_BYTES = 64 << 10;
/** What a 64-bit machine starts besides its own programs. */
const NATIVE: Readonly<Record<string, readonly string[]>> = { amd64: ["386"], arm64: ["arm"] };
const QEMU: Readonly<Record<string, string>> = { x86_64: "amd64", i386: "386", aarch64: "arm64" };

export async function collectHost(look: Look, platform: Platform, host: HostFacts): Promise<Host> {
  const version = await look.read(look.system("/proc/version"), MAX_BYTES);
  const names =
    platform.os === "linux" ? await look.list(look.system("/proc/sys/fs/binfmt_misc")) : undefined;
  const emulated = (names ?? []).flatMap((name) => {
    const machine = /^qemu-(\w+)$/.exec(name)?.[1];
    return machine === undefined ? [] : [QEMU[machine] ?? machine];
  });
  const rosetta =
    (names ?? []).includes("rosetta") || (platform.os === "darwin" && platform.arch === "arm64");
  return {
    release: host.release,
    wsl: version.kind === "text" && /microsoft/i.test(version.bytes.toString("latin1")),
    foreignArchs: [
      ...new Set([...(NATIVE[platform.arch] ?? []), ...emulated, ...(rosetta ? ["amd64"] : [])]),
    ],
  };
}

/** Where Go looks on Linux (https://go.dev/src/crypto/x509/root_linux.go): the first file that is there, then directories. */
const BUNDLES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];
const CERTIFICATE_DIRECTORIES = ["/etc/ssl/certs", "/etc/pki/tls/certs"];
const MARK = "-----BEGIN ";
const MAX_CANDIDATES = 20;

export async function collectCertificates(look: Look, env: Variables): Promise<Certificates> {
  const files = env["SSL_CERT_FILE"] ? [env["SSL_CERT_FILE"]] : BUNDLES.map((path) => look.system(path));
  const directories = env["SSL_CERT_DIR"]
    ? env["SSL_CERT_DIR"].split(":")
    : CERTIFICATE_DIRECTORIES.map((path) => look.system(path));
  for (const path of files)
    if (await holdsCertificate(look, path)) return { found: path, searched: [...files, ...directories] };
  for (const directory of directories) {
    for (const name of ((await look.list(directory)) ?? []).slice(0, MAX_CANDIDATES)) {
      if (await holdsCertificate(look, join(directory, name))) {
        return { found: directory, searched: [...files, ...directories] };
      }
    }
  }
  return { searched: [...files, ...directories] };
}

async function holdsCertificate(look: Look, path: string): Promise<boolean> {
  const head = await look.withPieces(path, (piece) => piece(0, MAX_BYTES));
  return head?.toString("latin1").includes(MARK) ?? false;
}
