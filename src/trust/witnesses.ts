/**
 * What each witness says of an archive's digest. Agreement is evidence, silence is undefined, and contradiction is an
 * error: no other witness can make up for it.
 *
 * Signatures (`.asc`) are not looked at: a witness of that kind is one more function here.
 */
import { GvtError } from "../errors.js";
import { findTableChecksum, TABLE_DATE } from "../go/release-table.js";
import type { LogRecord } from "./checksum-database.js";
import type { ChecksumList } from "./checksum-list.js";
import type { Evidence } from "./evidence.js";
import type { ModuleHashRelation } from "./module-hash.js";
import type { Silence } from "./policy.js";

/** An archive whose bytes were hashed: SHA-256 as 64 lower-case hex digits, and where it came from, for people. */
export interface HashedArchive {
  readonly filename: string;
  readonly sha256: string;
  readonly source: string;
}

/** The table of checksums that ships with gvt. */
export function askTable(archive: HashedArchive): Evidence | undefined {
  const expected = findTableChecksum(archive.filename);
  if (expected === undefined) return undefined;
  requireSame(archive, expected, `gvt's table of ${TABLE_DATE}`);
  return { witness: "checksum-table", detail: `SHA-256 in the table of ${TABLE_DATE}` };
}

/** A list that the user has named (`trust.checksums`). */
export function askOrganisation(archive: HashedArchive, list: ChecksumList): Evidence | undefined {
  const expected = list.checksums.get(archive.filename);
  if (expected === undefined) return undefined;
  requireSame(archive, expected, list.path);
  return { witness: "organisation", detail: `SHA-256 in ${list.path}` };
}

/** What the index of the archive's own source claims; worth something alone only where that source is official. */
export function askSite(archive: HashedArchive, claimed: string | undefined): Evidence | undefined {
  if (claimed === undefined || claimed === "") return undefined;
  requireSame(archive, claimed.toLowerCase(), `the index of ${archive.source}`);
  return { witness: "site-checksum", detail: `SHA-256 in the index of ${archive.source}` };
}

/**
 * The transparency log: `hash` is the module hash (`h1:`) of the contents, which a module's zip has by definition
 * (`equal`) and a release archive as `hashesToModule` says. Undefined where the two differ and that proves nothing.
 */
export function askLog(
  archive: Pick<HashedArchive, "filename" | "source">,
  hash: string,
  record: LogRecord,
  relation: Exclude<ModuleHashRelation, "unknown">,
): Evidence | undefined {
  if (hash !== record.h1) {
    if (relation === "expected") return undefined;
    throw contradiction(
      archive,
      "module hash",
      record.h1,
      hash,
      `record ${record.id} of the checksum database`,
    );
  }
  return { witness: "transparency-log", detail: `record ${record.id} in a tree of ${record.treeSize}` };
}

/** Why the log says nothing after all: its record differs where a difference proves nothing. */
export function unmatchedLog(record: LogRecord): Silence {
  return {
    witness: "transparency-log",
    reason: `its record ${record.id} could not be matched with this archive`,
  };
}

function requireSame(archive: HashedArchive, expected: string, witness: string): void {
  if (archive.sha256 !== expected)
    throw contradiction(archive, "checksum", expected, archive.sha256, witness);
}

function contradiction(
  { filename, source }: Pick<HashedArchive, "filename" | "source">,
  what: string,
  expected: string,
  actual: string,
  witness: string,
): GvtError {
  return new GvtError("CHECKSUM_MISMATCH", `${what} of \`${filename}\` does not match`, {
    facts: { source, witness, expected, actual },
    hint: "the archive is damaged or not the published one; another source may have that: `--source`",
  });
}
