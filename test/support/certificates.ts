/** Throw-away certificates for https on the loopback, made with the `openssl` program that the tests need. */
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface TestCertificates {
  /** PEM file of the authority that signed the server's certificate. */
  readonly authority: string;
  readonly tls: { readonly key: string; readonly cert: string };
}

/** A certificate for some names (`DNS:mirror.example`, `IP:127.0.0.1`), signed by an authority nobody knows. */
export async function createCertificates(
  directory: string,
  names: string,
  days = "2",
): Promise<TestCertificates> {
  const at = (name: string) => join(directory, name);
  const openssl = async (...words: string[]) => {
    await run("openssl", words).catch((cause: unknown) => {
      throw new Error("the https tests need the `openssl` program (apt-get install openssl)", { cause });
    });
  };
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  await openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    at("ca.key"),
    "-out",
    at("ca.pem"),
    "-subj",
    "/CN=test authority",
    "-days",
    "2",
  );
  await openssl(
    "req",
    ...key,
    "-keyout",
    at("server.key"),
    "-out",
    at("server.csr"),
    "-subj",
    "/CN=test server",
  );
  await writeFile(at("names"), `subjectAltName=${names}\n`);
  const signing = [
    "-CA",
    at("ca.pem"),
    "-CAkey",
    at("ca.key"),
    "-CAcreateserial",
    "-extfile",
    at("names"),
    "-days",
    days,
  ];
  await openssl("x509", "-req", "-in", at("server.csr"), ...signing, "-out", at("server.pem"));
  const [serverKey, cert] = await Promise.all([
    readFile(at("server.key"), "utf8"),
    readFile(at("server.pem"), "utf8"),
  ]);
  return { authority: at("ca.pem"), tls: { key: serverKey, cert } };
}
