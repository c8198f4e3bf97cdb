/** From sources to a sealed toolchain in the stage: the part of the transaction that nobody sees. */
import { join } from "node:path";
import type { Context } from "../context.js";
import { isGvtError } from "../errors.js";
import type { ArchivedFile } from "../io/archive.js";
import type { Archive } from "../sources/source.js";
import type { Receipt } from "../store/receipt.js";
import { verifyTree } from "./check-tree.js";
import { type Download, discardDownload, downloadArchive } from "./download.js";
import type { Job } from "./job.js";
import { sealTree } from "./publish.js";
import { openContents } from "./unpack.js";
import {
  hasVouchedBytes,
  type Inquiry,
  startInquiry,
  type Verification,
  verifyBytes,
  verifyContents,
  verifyPolicy,
} from "./verify.js";

/** Where a job works. */
export interface Workplace {
  readonly stage: string;
  /** Whether the lock is held; without it another process may be writing to the cache, so nothing there is used. */
  readonly held: boolean;
}

/** A toolchain in the stage: whole, verified, on disk and with its receipt; one rename makes it visible. */
export interface SealedTree {
  readonly tree: string;
  readonly receipt: Receipt;
}

/**
 * Downloads, verifies, unpacks and seals a toolchain in the stage, and hands it to `publish`. The download is kept until
 * that is done.
 */
export async function withSealedTree<T>(
  job: Job,
  { stage, held }: Workplace,
  publish: (sealed: SealedTree) => Promise<T>,
): Promise<T> {
  const { context, version, sources, log, tell } = job;
  let inquiry: Inquiry | undefined;
  const onArchive = (archive: Archive): void => {
    inquiry = startInquiry(context, log, archive);
  };
  const directory = held ? context.layout.downloads : stage;
  const download = await downloadArchive(context, { version, sources, directory, tell, onArchive });
  try {
    const answers = inquiry ?? startInquiry(context, log, download.archive);
    const outcome = await job.inTurn(async () => publish(await sealDownload(job, stage, download, answers)));
    await discardDownload(download);
    return outcome;
  } catch (error) {
    if (isGvtError(error, "CHECKSUM_MISMATCH", "ARCHIVE_UNSAFE")) await discardDownload(download);
    throw error;
  } finally {
    await download.file.close();
  }
}

async function sealDownload(
  job: Job,
  stage: string,
  download: Download,
  inquiry: Inquiry,
): Promise<SealedTree> {
  const { context, tell } = job;
  const tree = join(stage, "go");
  const { files, evidence } = await unpackVerified(job, download, inquiry, tree);
  tell({ step: "check" });
  await verifyTree(tree, download.archive);
  const receipt = describeInstallation(context, download, evidence, files);
  await sealTree(tree, receipt);
  context.signal.throwIfAborted();
  tell({ step: "publish" });
  return { tree, receipt };
}

/** Nothing is written before a witness has vouched for it, and nothing is published before all have been heard. */
async function unpackVerified(
  { context, tell }: Job,
  download: Download,
  inquiry: Inquiry,
  tree: string,
): Promise<{ files: ArchivedFile[]; evidence: Verification["evidence"] }> {
  const { archive, file, size } = download;
  const { verify } = context.config;
  const bytes = await verifyBytes(download, inquiry);
  tell({ step: "verify", evidence: bytes.evidence });
  const contents = await openContents(archive, { name: archive.filename, file, signal: context.signal });
  const onHashed = (read: number): void => tell({ step: "hash", read, total: size });
  const onUnpacked = (read: number): void => tell({ step: "unpack", read, total: size });
  const mustBeHashed = archive.format === "module-zip" || !hasVouchedBytes(download, bytes);
  const hashed = mustBeHashed ? await contents.hash(onHashed) : undefined;
  const known = hashed && (await verifyContents(download, hashed, inquiry, bytes));
  if (known) verifyPolicy(download, known, verify);
  const files = await contents.unpack(tree, onUnpacked);
  const all = known ?? (await verifyContents(download, files, inquiry, bytes));
  verifyPolicy(download, all, verify);
  tell({ step: "verify", evidence: all.evidence });
  return { files, evidence: all.evidence };
}

function describeInstallation(
  { clock, self }: Context,
  { archive, size, sha256 }: Download,
  evidence: Verification["evidence"],
  manifest: readonly ArchivedFile[],
): Receipt {
  const { version, platform, filename, location } = archive;
  return {
    version,
    platform,
    archive: { filename, location, size, sha256 },
    evidence,
    installed: clock(),
    gvt: self.version,
    manifest,
  };
}
