/** What an installation tells while it works: drives the progress bar, the `--json` events and whoever watches. */
import type { GoVersion } from "../go/version.js";
import type { ArchiveFormat } from "../sources/source.js";
import type { Evidence } from "../trust/evidence.js";

/** One step reached, in the order in which they come; each belongs to one version. */
export type InstallEvent = { readonly version: GoVersion } & InstallStep;

export type InstallStep =
  /** Another process installs this version; this one waits for it. */
  | { readonly step: "wait" }
  /** This process does the work: the lock is held, nothing is downloaded yet. */
  | { readonly step: "lock" }
  /** A source did not serve, and one behind it does; told before what that one does. */
  | { readonly step: "pass-over"; readonly source: string; readonly reason: string }
  /** A source has the archive and is asked for its bytes. */
  | {
      readonly step: "resolve";
      readonly source: string;
      readonly filename: string;
      readonly format: ArchiveFormat;
      readonly location: string;
    }
  /** Bytes on disk so far, those of an earlier attempt included. Comes often; the last one has the whole size. */
  | {
      readonly step: "download";
      readonly source: string;
      readonly received: number;
      readonly total: number | undefined;
    }
  /** What vouches so far: first for the bytes, before anything is unpacked, then for the contents too. */
  | { readonly step: "verify"; readonly evidence: readonly Evidence[] }
  /** Bytes of the archive read so far to hash its contents, with nothing written: where no witness knows the bytes. */
  | { readonly step: "hash"; readonly read: number; readonly total: number }
  /** Bytes of the archive that were read while unpacking. Comes often. */
  | { readonly step: "unpack"; readonly read: number; readonly total: number }
  /** The unpacked tree is looked at. */
  | { readonly step: "check" }
  /** The receipt is in place and on disk; the next thing is the rename into versions/. */
  | { readonly step: "publish" }
  /** The tree that is repaired was moved away; the next thing is the rename of the new one into its place. */
  | { readonly step: "replace" }
  /** The version is installed. */
  | { readonly step: "done"; readonly goroot: string };

export type OnInstallEvent = (event: InstallEvent) => void;
