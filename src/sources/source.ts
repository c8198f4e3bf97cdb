/**
 * What a source of releases is: a download site, a directory of archives, or a Go module proxy. Which versions exist
 * and where the bytes come from are separate questions, so a source may answer either without the other.
 */
import type { Platform } from "../go/platform.js";
import type { GoVersion } from "../go/version.js";

/** `tar.gz`: a published release archive. `module-zip`: the zip of the module golang.org/toolchain. */
export type ArchiveFormat = "tar.gz" | "module-zip";

/** One file that holds a toolchain, as one source offers it. */
export interface Archive {
  /** `go1.22.6.linux-amd64.tar.gz`, `v0.0.1-go1.22.6.linux-amd64.zip`. */
  readonly filename: string;
  readonly format: ArchiveFormat;
  readonly version: GoVersion;
  readonly platform: Platform;
  /** Bytes, where the source's index says so. */
  readonly size?: number;
  /** SHA-256 as 64 hex digits, where the source's own index says so: what *this source* claims. */
  readonly sha256?: string;
  /** Absolute location for people and receipts, without credentials. */
  readonly location: string;
  /** For people: the one server that has it, of a source that asks several. */
  readonly server?: string;
}

/** Where a partial download stands: enough to go on with the same file, or to notice that it is another one. */
export interface ResumePoint {
  readonly offset: number;
  /** ETag or Last-Modified of the first part; a range is asked for only with one. */
  readonly validator: string;
}

/** Bytes of an archive from `offset` on. */
export interface ArchiveStream {
  /** Where the bytes begin: 0 where the source began anew in spite of a resume point. */
  readonly offset: number;
  /** Size of the whole archive in bytes, where the source says so. */
  readonly size?: number;
  /** Strong validator for a later resume point, where there is one. */
  readonly validator?: string;
  /** Fails with `SOURCE_UNREACHABLE` or `SOURCE_BAD_ANSWER` on a stall, a cut or a wrong length. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Source {
  readonly kind: "site" | "directory" | "goproxy";
  /** For people, without credentials: `https://go.dev/dl`, `/media/mirror`, `module proxy https://…`. */
  readonly name: string;
  /** True only for go.dev/dl and its official copies over TLS: their own checksum may suffice alone. */
  readonly official: boolean;
  /**
   * The versions that can be had for a platform. Undefined where the source keeps no index (a byte mirror): that says
   * nothing about what it holds. A module proxy's list is a hint and may lack versions that exist.
   */
  listVersions(platform: Platform): Promise<readonly GoVersion[] | undefined>;
  /** Undefined where this source answers that there is no such archive. Throws where it cannot answer. */
  findArchive(version: GoVersion, platform: Platform): Promise<Archive | undefined>;
  openArchive(archive: Archive, resume?: ResumePoint): Promise<ArchiveStream>;
  /** When the version was published, where the source knows (a module's `.info`). */
  findReleaseTime(version: GoVersion, platform: Platform): Promise<Date | undefined>;
}

/** A source that was tried and why it did not serve; all of them are named in the error. */
export interface SourceFailure {
  readonly source: string;
  readonly reason: string;
  /** One line of advice, where there is one for this reason. */
  readonly hint?: string | undefined;
  /** No way to the host was found, and none by a proxy was tried: there may be one that gvt was not told of. */
  readonly unproxied?: boolean;
}
