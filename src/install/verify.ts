/**
 * Collects what vouches for an archive: first for its bytes, so that no parser meets bytes that nobody vouches for,
 * then for its contents. Contradicting evidence is an error wherever it comes from.
 */
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import type { ArchivedFile } from "../io/archive.js";
import type { Archive } from "../sources/source.js";
import type { VerifyPolicy } from "../store/config.js";
import { findLogRecord, type Log, type LogRecord } from "../trust/checksum-database.js";
import { type ChecksumList, readChecksumList } from "../trust/checksum-list.js";
import type { Evidence } from "../trust/evidence.js";
import {
  archiveModuleHash,
  hashesToModule,
  type Module,
  moduleHash,
  toolchainModule,
} from "../trust/module-hash.js";
import { type Silence, verifyEvidence } from "../trust/policy.js";
import {
  askLog,
  askOrganisation,
  askSite,
  askTable,
  type HashedArchive,
  unmatchedLog,
} from "../trust/witnesses.js";
import type { Download } from "./download.js";

/** Answers that are asked for while the archive is downloaded. */
export interface Inquiry {
  readonly list: Promise<ChecksumList | undefined>;
  readonly record: Promise<LogAnswer>;
}

type LogAnswer = { readonly record: LogRecord } | { readonly silence: string };

export function startInquiry({ config }: Context, log: Log | undefined, archive: Archive): Inquiry {
  const inquiry = {
    list:
      config.trustChecksums === undefined
        ? Promise.resolve(undefined)
        : readChecksumList(config.trustChecksums),
    record: askForRecord(log, archive),
  };
  // Whoever needs an answer awaits it; a download that fails first is told of its own failure.
  for (const answer of Object.values(inquiry)) answer.catch(() => undefined);
  return inquiry;
}

/** The log's word is only worth something for contents that can be turned into the module's. */
async function askForRecord(
  log: Log | undefined,
  { format, version, platform }: Archive,
): Promise<LogAnswer> {
  if (format === "tar.gz" && hashesToModule(version, platform) === "unknown") {
    return { silence: "says nothing about archives as old as this" };
  }
  if (!log) return { silence: "cannot be asked offline" };
  const module = toolchainModule(version, platform);
  try {
    const record = await findLogRecord(log, module.path, module.version);
    return record ? { record } : { silence: `has no record of ${module.path}@${module.version}` };
  } catch (error) {
    // Silence is not contradiction; an answer that cannot be trusted, or a forked log, is no silence.
    if (isGvtError(error, "OFFLINE", "SOURCE_UNREACHABLE", "SOURCE_BAD_ANSWER"))
      return { silence: error.message };
    throw error;
  }
}

/** What is known of one download. */
export interface Verification {
  readonly evidence: readonly Evidence[];
  readonly tried: readonly Silence[];
}

/** What vouches for the bytes. */
export async function verifyBytes(download: Download, inquiry: Inquiry): Promise<Verification> {
  const archive = hashedArchive(download);
  const list = await inquiry.list;
  const witnesses = [
    askTable(archive),
    list && askOrganisation(archive, list),
    askSite(archive, download.archive.sha256),
  ];
  return { evidence: witnesses.filter((one) => one !== undefined), tried: [] };
}

/** Whether the bytes may be unpacked before their contents are known. */
export function hasVouchedBytes({ source, archive }: Download, { evidence, tried }: Verification): boolean {
  try {
    verifyEvidence(archive.filename, evidence, "standard", { official: source.official, tried });
    return true;
  } catch (error) {
    if (isGvtError(error, "UNVERIFIED")) return false;
    throw error;
  }
}

/** Adds what the log says of the contents. Throws `CHECKSUM_MISMATCH` where it says something else. */
export async function verifyContents(
  download: Download,
  files: readonly ArchivedFile[],
  inquiry: Inquiry,
  known: Verification,
): Promise<Verification> {
  const answer = await inquiry.record;
  const silent = (reason: string): Verification => ({
    evidence: known.evidence,
    tried: [...known.tried, { witness: "transparency-log", reason }],
  });
  if ("silence" in answer) return silent(answer.silence);
  const { archive } = download;
  const module = toolchainModule(archive.version, archive.platform);
  const relation =
    archive.format === "module-zip" ? "equal" : hashesToModule(archive.version, archive.platform);
  if (relation === "unknown") return silent("says nothing about archives as old as this");
  const hash = contentsHash(archive, module, files);
  const evidence = askLog(hashedArchive(download), hash, answer.record, relation);
  if (!evidence) return { evidence: known.evidence, tried: [...known.tried, unmatchedLog(answer.record)] };
  return { evidence: [...known.evidence, evidence], tried: known.tried };
}

/** Throws `UNVERIFIED` unless what is known suffices. */
export function verifyPolicy(
  { source, archive }: Download,
  { evidence, tried }: Verification,
  policy: VerifyPolicy,
): void {
  verifyEvidence(archive.filename, evidence, policy, { official: source.official, tried });
}

function contentsHash({ format }: Archive, module: Module, files: readonly ArchivedFile[]): string {
  if (format === "tar.gz")
    return archiveModuleHash(
      module,
      files.map(({ path, sha256 }) => ({ name: path, sha256 })),
    );
  const prefix = modulePrefix(module);
  return moduleHash(files.map(({ path, sha256 }) => ({ name: `${prefix}${path}`, sha256 })));
}

/** The directory that all files of a module zip lie in. */
export function modulePrefix({ path, version }: Module): string {
  return `${path}@${version}/`;
}

function hashedArchive({ archive, sha256, source }: Download): HashedArchive {
  return { filename: archive.filename, sha256, source: source.name };
}
