/** What kind of machine this is: its kernel, WSL, whose programs it starts, where it keeps certificates. */
import { join } from "node:path";
import type { Platform } from "../../go/platform.js";
import { LINUX_BUNDLES } from "../../io/certificate-bundles.js";
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
    // Rosetta calls Apple's processor `VirtualApple`; nothing else is both amd64 and Apple's.
    translated:
      (platform.os === "darwin" && platform.arch === "amd64" && host.cpu?.includes("VirtualApple")) ||
      undefined,
    wsl: version.kind === "text" && /microsoft/i.test(version.bytes.toString("latin1")),
    foreignArchs: [
      ...new Set([...(NATIVE[platform.arch] ?? []), ...emulated, ...(rosetta ? ["amd64"] : [])]),
    ],
  };
}

/** Besides the bundles, as in root_linux.go too. */
const CERTIFICATE_DIRECTORIES = ["/etc/ssl/certs", "/etc/pki/tls/certs"];
/** The only kind of PEM block that Go takes. */
const MARK = "-----BEGIN CERTIFICATE-----";
const MAX_CANDIDATES = 60;

/** As https://go.dev/src/crypto/x509/root_unix.go looks: the first file that can be read, and then all directories. */
export async function collectCertificates(look: Look, env: Variables): Promise<Certificates> {
  const bundles = LINUX_BUNDLES.map((path) => look.system(path));
  const usual = CERTIFICATE_DIRECTORIES.map((path) => look.system(path));
  const files = env["SSL_CERT_FILE"] ? [env["SSL_CERT_FILE"]] : bundles;
  const directories = env["SSL_CERT_DIR"] ? env["SSL_CERT_DIR"].split(":") : usual;
  const searched = [...files, ...directories];
  const found = await findCertificates(look, files, directories);
  if (found !== undefined || (files === bundles && directories === usual)) return { found, searched };
  return { searched, usual: await findCertificates(look, bundles, usual) };
}

async function findCertificates(
  look: Look,
  files: readonly string[],
  directories: readonly string[],
): Promise<string | undefined> {
  for (const path of files) {
    const holds = await holdsCertificate(look, path);
    if (holds === true) return path;
    if (holds === false) break;
  }
  for (const directory of directories) {
    for (const name of ((await look.list(directory)) ?? []).slice(0, MAX_CANDIDATES)) {
      if (await holdsCertificate(look, join(directory, name))) return directory;
    }
  }
  return undefined;
}

/** Undefined where there is no file to read. */
async function holdsCertificate(look: Look, path: string): Promise<boolean | undefined> {
  const head = await look.withPieces(path, (piece) => piece(0, MAX_BYTES));
  return head?.toString("latin1").includes(MARK);
}
