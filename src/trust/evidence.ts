/** What vouches for an archive, as data: made by the witnesses, weighed by the policy, kept in the receipt. */

export type Witness =
  /** The table of checksums that ships with gvt. */
  | "checksum-table"
  /** An OpenPGP signature bound to Google's primary key. */
  | "signature"
  /** The checksum database's record of the toolchain module. */
  | "transparency-log"
  /** A table or key that the user has named. */
  | "organisation"
  /** What the index of the download site says over TLS. */
  | "site-checksum";

/** One witness's word for the archive at hand; a witness that contradicts is an error, never evidence. */
export interface Evidence {
  readonly witness: Witness;
  /** For people: `SHA-256 in the table of 2026-08-11`, `record 28865909 in a tree of 71769961`. */
  readonly detail: string;
}
