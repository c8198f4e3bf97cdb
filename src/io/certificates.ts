/**
 * Which certificate authorities gvt trusts: Node's own, those that NODE_EXTRA_CA_CERTS adds, and the system's as Go
 * finds them, so that https works wherever `go get` does.
 */
import { X509Certificate } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { GvtError } from "../errors.js";
import { CERTIFICATE_BUNDLES } from "./certificate-bundles.js";
import { systemCode } from "./files.js";

export interface TrustedCertificates {
  readonly context: SecureContext;
  /** What a variable names but is not there; worth telling once a certificate is refused. */
  readonly missing: readonly string[];
}

const PEM = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[^-]+-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** Throws `BAD_CONFIG` where a variable names a file that holds no certificate. */
export async function readTrustedCertificates(
  env: Readonly<Record<string, string | undefined>>,
): Promise<TrustedCertificates> {
  const missing: string[] = [];
  const readNamed = async (variable: string): Promise<readonly string[] | undefined> => {
    const path = env[variable];
    if (!path) return undefined;
    const found = await readBundle(path, variable);
    if (!found) missing.push(`${variable}=${path}`);
    return found ?? [];
  };
  const system = (await readNamed("SSL_CERT_FILE")) ?? (await readFirstBundle());
  const extra = (await readNamed("NODE_EXTRA_CA_CERTS")) ?? [];
  const directories = env["SSL_CERT_DIR"] ? env["SSL_CERT_DIR"].split(":") : [];
  const listed = (await Promise.all(directories.map(readDirectory))).flat();
  // The same authorities come from all sides in lines of different lengths; parsing each but once halves the time.
  const all = [...rootCertificates, ...system, ...extra, ...listed];
  const unique = new Map(all.map((pem) => [pem.replace(/\s/g, ""), pem]));
  return { context: secureContextOf([...unique.values()]), missing };
}

async function readFirstBundle(): Promise<readonly string[]> {
  for (const path of CERTIFICATE_BUNDLES) {
    try {
      return (await readFile(path, "latin1")).match(PEM) ?? [];
    } catch {
      // No such bundle on this system, or not for us to read: the next one may do, and Node's own are there anyway.
    }
  }
  return [];
}

/** The certificates of a file that a variable names; undefined where there is no such file. */
async function readBundle(path: string, variable: string): Promise<readonly string[] | undefined> {
  let text: string;
  try {
    text = await readFile(path, "latin1");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return undefined;
    throw badBundle(variable, path, systemCode(cause) ?? String(cause), cause);
  }
  const certificates = text.match(PEM) ?? [];
  if (!certificates.some(isCertificate)) throw badBundle(variable, path, "it holds no PEM certificate");
  return certificates;
}

/** Every certificate in a directory such as /etc/ssl/certs; what is none is passed over, as Go does. */
async function readDirectory(directory: string): Promise<readonly string[]> {
  let names: string[];
  try {
    // Links that point within the directory are the hashed names of files that are listed themselves.
    names = (await readdir(directory)).filter((name) => !/^[0-9a-f]{8}\.\d+$/.test(name));
  } catch {
    return []; // as in Go, a directory that is not there adds nothing
  }
  const texts = await Promise.all(
    names.map((name) => readFile(join(directory, name), "latin1").catch(() => "")), // a subdirectory, a dangling link
  );
  return texts.flatMap((text) => text.match(PEM) ?? []);
}

/** One malformed certificate makes OpenSSL refuse all of them, so then they are tried one by one. */
function secureContextOf(certificates: readonly string[]): SecureContext {
  try {
    return createSecureContext({ ca: [...certificates] });
  } catch {
    return createSecureContext({ ca: certificates.filter(isCertificate) });
  }
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}

function badBundle(variable: string, path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("BAD_CONFIG", `cannot read the certificates that ${variable} names: ${reason}`, {
    facts: { file: path },
    hint: `let ${variable} name a file of PEM certificates, or unset it`,
    cause,
  });
}
