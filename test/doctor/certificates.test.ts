import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLook } from "../../src/doctor/collect/look.js";
import { collectCertificates } from "../../src/doctor/collect/machine.js";
import { createDisk, type Disk } from "./support/disk.js";

const PEM = "-----BEGIN CERTIFICATE-----\n";

let disk: Disk;
let usual: string;
beforeEach(async () => {
  disk = await createDisk();
  usual = join(disk.system, "etc/ssl/certs/ca-certificates.crt");
});
afterEach(() => disk.remove());

function look(env: Readonly<Record<string, string>> = {}) {
  return collectCertificates(
    createLook({ filesystemRoot: disk.system, silentMounts: [], patience: 400 }),
    env,
  );
}

describe("where Go finds certificate authorities", () => {
  it("is the first bundle that is there", async () => {
    expect((await look()).found).toBe(usual);
    await rm(usual);
    const other = join(disk.system, "etc/ssl/cert.pem");
    await disk.write(other, PEM);
    expect((await look()).found).toBe(other);
  });

  it("is a directory of single ones, where no bundle holds any", async () => {
    await disk.write(usual, "");
    await disk.write(join(disk.system, "etc/ssl/cert.pem"), PEM); // behind one that can be read, and so not asked
    await disk.write(join(disk.system, "etc/pki/tls/certs/own.pem"), `# ours\n${PEM}`);
    expect((await look()).found).toBe(join(disk.system, "etc/pki/tls/certs"));
  });

  it("is nowhere where only keys lie", async () => {
    await disk.write(usual, "-----BEGIN PRIVATE KEY-----\n");
    const { found, searched } = await look();
    expect(found).toBeUndefined();
    expect(searched).toContain(usual);
  });

  it("is what the variables name, and what it would be without them is told where they lead astray", async () => {
    const empty = join(disk.directory, "empty");
    await mkdir(empty);
    await disk.write(join(disk.directory, "own.pem"), PEM);
    expect((await look({ SSL_CERT_FILE: join(disk.directory, "own.pem") })).found).toMatch(/own\.pem$/);
    expect(await look({ SSL_CERT_FILE: "/gone", SSL_CERT_DIR: empty })).toEqual({
      searched: ["/gone", empty],
      usual,
    });
    expect((await look({ SSL_CERT_FILE: "/gone" })).found).toBe(join(disk.system, "etc/ssl/certs"));
  });
});
