/** What evidence suffices: pure, and the one place that decides it. */
import { GvtError } from "../errors.js";
import type { VerifyPolicy } from "../store/config.js";
import type { Evidence, Witness } from "./evidence.js";

/** A witness that said nothing, and why: `the log has no such record`, `OFFLINE: no network`. */
export interface Silence {
  readonly witness: Witness;
  readonly reason: string;
}

export interface Circumstances {
  /** The archive came from go.dev/dl or an official copy over TLS. */
  readonly official: boolean;
  /** Witnesses that were asked in vain. */
  readonly tried: readonly Silence[];
}

/** For people, and in the order in which they are named. */
const WITNESSES: Readonly<Record<Witness, { name: string; silence: string; strict: boolean }>> = {
  "checksum-table": { name: "gvt's own table", silence: "does not list this archive", strict: false },
  signature: { name: "signature", silence: "this gvt does not look for it", strict: true },
  "transparency-log": { name: "transparency log", silence: "was not asked", strict: true },
  organisation: { name: "trust.checksums", silence: "names no list that has this archive", strict: false },
  "site-checksum": { name: "site's index", silence: "states no checksum", strict: false },
};

/** Throws `UNVERIFIED` unless the evidence suffices, naming what each witness said or why it said nothing. */
export function verifyEvidence(
  archiveName: string,
  evidence: readonly Evidence[],
  policy: VerifyPolicy,
  circumstances: Circumstances,
): void {
  const sufficient = evidence.some(({ witness }) => suffices(witness, policy, circumstances));
  if (!sufficient) throw unverified(archiveName, evidence, policy, circumstances);
}

function suffices(witness: Witness, policy: VerifyPolicy, { official }: Circumstances): boolean {
  if (policy === "strict") return WITNESSES[witness].strict;
  return witness !== "site-checksum" || official;
}

function unverified(
  archiveName: string,
  evidence: readonly Evidence[],
  policy: VerifyPolicy,
  { tried }: Circumstances,
): GvtError {
  const facts = Object.fromEntries(
    Object.entries(WITNESSES).map(([witness, { name, silence }]) => {
      const spoken = evidence.find((one) => one.witness === witness)?.detail;
      return [name, spoken ?? tried.find((one) => one.witness === witness)?.reason ?? silence];
    }),
  );
  const lax = policy === "strict" && evidence.some(({ witness }) => witness !== "site-checksum");
  const message = lax
    ? `nothing that strict verification accepts vouches for \`${archiveName}\``
    : `nothing vouches for \`${archiveName}\``;
  return new GvtError("UNVERIFIED", message, {
    facts,
    hint: lax
      ? "strict verification demands the transparency log; `GVT_VERIFY=standard` accepts the rest too"
      : "let gvt reach the transparency log, or name a list that vouches for the archive: `GVT_TRUST_CHECKSUMS=FILE`",
  });
}
