/**
 * The receipt `.gvt.json` of an installed toolchain: where its archive came from, what vouched for it, and every file
 * it had. Written last, so its presence means that the directory is whole.
 */
import { GvtError } from "../errors.js";
import { formatPlatform, type Platform } from "../go/platform.js";
import { findGoVersion, formatGoVersion, type GoVersion } from "../go/version.js";
import { describeFailedRead, readBoundedSync, readEndsSync } from "../io/files.js";

/** One regular file of the tree as it was published, its path relative to GOROOT with slashes. */
export interface ManifestFile {
  readonly path: string;
  readonly size: number;
  /** Permission bits: 0o755 or 0o644. */
  readonly mode: number;
  /** SHA-256 as 64 lower-case hex digits. */
  readonly sha256: string;
}

/** A witness's word as it stood when the version was installed. Newer gvts may know more witnesses. */
export interface ReceiptEvidence {
  readonly witness: string;
  readonly detail: string;
}

export interface Receipt {
  readonly version: GoVersion;
  readonly platform: Platform;
  readonly archive: {
    readonly filename: string;
    /** Where it came from, without credentials. */
    readonly location: string;
    readonly size: number;
    readonly sha256: string;
  };
  readonly evidence: readonly ReceiptEvidence[];
  readonly installed: Date;
  /** The version of gvt that wrote it. */
  readonly gvt: string;
  readonly manifest: readonly ManifestFile[];
}

const SCHEMA = 1;

/** A manifest of 12 000 files takes 1.6 MB. */
const MAX_RECEIPT_BYTES = 32 << 20;

/** `sha256 mode size path`, one string per file: half the size and a third of the time of an object each. */
const MANIFEST_LINE =
  /^(?<sha256>[0-9a-f]{64}) (?<mode>[0-7]{3,4}) (?<size>0|[1-9]\d{0,14}) (?<path>[^/].*)$/s;

/** Compact JSON whose first members are what selection and other tools need. */
export function formatReceipt(receipt: Receipt): string {
  const { version, platform, archive, evidence, installed, gvt, manifest } = receipt;
  return `${JSON.stringify({
    schema: SCHEMA,
    version: formatGoVersion(version),
    platform: formatPlatform(platform),
    archive,
    evidence,
    installed: installed.toISOString(),
    gvt,
    manifest: manifest.map(({ sha256, mode, size, path }) => `${sha256} ${mode.toString(8)} ${size} ${path}`),
  })}\n`;
}

/** Unknown members are a newer gvt's additions and passed over; a newer schema is refused. `path` is for errors. */
export function parseReceipt(text: string, path: string): Receipt {
  const fields = parseFields(text, path);
  const archive = objectAt(fields, "archive", path);
  return {
    version: versionAt(fields, path),
    platform: platformAt(fields, path),
    archive: {
      filename: stringAt(archive, "filename", path),
      location: stringAt(archive, "location", path),
      size: numberAt(archive, "size", path),
      sha256: stringAt(archive, "sha256", path),
    },
    evidence: arrayAt(fields, "evidence", path).map((item) => evidenceOf(item, path)),
    installed: dateAt(fields, "installed", path),
    gvt: stringAt(fields, "gvt", path),
    manifest: arrayAt(fields, "manifest", path).map((line) => manifestFile(line, path)),
  };
}

/** Throws `DISK` where there is no receipt that can be read. */
export function readReceipt(path: string): Receipt {
  return parseReceipt(readText(path), path);
}

/** How a whole receipt begins and ends as `formatReceipt` writes it. */
const WHOLE_HEAD = /^\{"schema":1,"version":"(?<version>[^"\\]+)","platform":"/;
const WHOLE_TAIL = /"\]\}\n$/;
const ENDS_BYTES = 256;

/**
 * The version alone, which is all that a receipt needs for its toolchain to be selected. Throws `DISK`. A manifest
 * takes a hundredth of a second to parse, so one that begins and ends as it was written is not parsed here.
 */
export function readReceiptVersion(path: string): GoVersion {
  const ends = readEndsSync(path, ENDS_BYTES);
  if (ends && WHOLE_TAIL.test(ends.tail.toString("latin1"))) {
    const version = findGoVersion(WHOLE_HEAD.exec(ends.head.toString("latin1"))?.groups?.["version"] ?? "");
    if (version) return version;
  }
  return versionAt(parseFields(readText(path), path), path);
}

function readText(path: string): string {
  const file = readBoundedSync(path, MAX_RECEIPT_BYTES);
  if (file.kind !== "text") throw badReceipt(path, describeFailedRead(file));
  return file.bytes.toString("utf8");
}

type Fields = Readonly<Record<string, unknown>>;

function parseFields(text: string, path: string): Fields {
  const fields = parseObject(text, path);
  const schema = fields["schema"];
  if (typeof schema === "number" && schema > SCHEMA) throw newerSchema(path, schema);
  if (schema !== SCHEMA) throw badReceipt(path, "it states no schema");
  return fields;
}

function parseObject(text: string, path: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw badReceipt(path, "it is no JSON", cause);
  }
  if (!isObject(value)) throw badReceipt(path, "it is no JSON object");
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(fields: Fields, name: string, path: string): Fields {
  const value = fields[name];
  if (!isObject(value)) throw badReceipt(path, `it lacks \`${name}\``);
  return value;
}

function stringAt(fields: Fields, name: string, path: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw badReceipt(path, `it lacks \`${name}\``);
  return value;
}

function numberAt(fields: Fields, name: string, path: string): number {
  const value = fields[name];
  if (typeof value !== "number") throw badReceipt(path, `it lacks \`${name}\``);
  return value;
}

function arrayAt(fields: Fields, name: string, path: string): readonly unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw badReceipt(path, `it lacks \`${name}\``);
  return value;
}

function dateAt(fields: Fields, name: string, path: string): Date {
  const date = new Date(stringAt(fields, name, path));
  if (Number.isNaN(date.getTime())) throw badReceipt(path, `\`${name}\` is no time`);
  return date;
}

function versionAt(fields: Fields, path: string): GoVersion {
  const version = findGoVersion(stringAt(fields, "version", path));
  if (!version) throw badReceipt(path, "`version` is no Go version");
  return version;
}

function platformAt(fields: Fields, path: string): Platform {
  const [os, arch, ...rest] = stringAt(fields, "platform", path).split("/");
  if (!os || !arch || rest.length > 0) throw badReceipt(path, "`platform` is no os/arch pair");
  return { os, arch };
}

function evidenceOf(item: unknown, path: string): ReceiptEvidence {
  if (!isObject(item)) throw badReceipt(path, "`evidence` holds something else");
  return { witness: stringAt(item, "witness", path), detail: stringAt(item, "detail", path) };
}

function manifestFile(line: unknown, path: string): ManifestFile {
  const groups = typeof line === "string" ? MANIFEST_LINE.exec(line)?.groups : undefined;
  const { sha256, mode, size, path: file } = groups ?? {};
  if (sha256 === undefined || mode === undefined || size === undefined || file === undefined) {
    throw badReceipt(path, "its manifest has a line that cannot be read");
  }
  return { path: file, size: Number(size), mode: Number.parseInt(mode, 8), sha256 };
}

function badReceipt(path: string, reason: string, cause?: unknown): GvtError {
  return new GvtError("DISK", `cannot read the receipt \`${path}\`: ${reason}`, {
    hint: "`gvt list` shows what is damaged; `gvt uninstall` and `gvt install` bring a version back",
    cause,
  });
}

function newerSchema(path: string, schema: number): GvtError {
  return new GvtError("DISK", `the receipt \`${path}\` was written by a newer gvt (schema ${schema})`, {
    hint: "use that gvt, or uninstall the version and install it again with this one",
  });
}
