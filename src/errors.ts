/**
 * The one error gvt throws on purpose, its codes, and the exit status each code stands for.
 * No messages live here: each is made beside the throw it belongs to.
 */

/** Exit statuses by category, as `gvt help` and docs/reference/exit-status.md list them. */
export const EXIT_STATUS = {
  BUG: 1,
  NEGATIVE: 1,
  USAGE: 2,
  BAD_SELECTOR: 2,
  BAD_VERSION_FILE: 2,
  BAD_CONFIG: 2,
  CHECKSUM_MISMATCH: 3,
  UNVERIFIED: 3,
  LOG_FORK: 3,
  ARCHIVE_UNSAFE: 3,
  OFFLINE: 4,
  SOURCE_UNREACHABLE: 4,
  SOURCE_BAD_ANSWER: 4,
  DISK: 5,
  UNSAFE_ROOT: 5,
  LOCKED: 6,
  VERSION_NOT_FOUND: 7,
  NO_VERSION: 7,
  NOT_INSTALLED: 7,
  PLATFORM_UNSUPPORTED: 7,
  PROGRAM_NOT_FOUND: 127,
  INTERRUPTED: 130,
} as const;

export type ErrorCode = keyof typeof EXIT_STATUS;

/** One `name  value` row printed under the error line. */
export type Facts = Readonly<Record<string, string>>;

export interface ErrorDetails {
  readonly facts?: Facts;
  /** One line of advice; a command in backticks wherever there is one. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** The same in every file of the build, each of which holds its own copy of the class. */
const BRAND = Symbol.for("gvt.error");

/** This command cannot do what was asked, and the reason is known. Anything else thrown is a bug in gvt. */
export class GvtError extends Error {
  readonly [BRAND] = true;
  readonly code: ErrorCode;
  readonly facts: Facts;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "GvtError";
    this.code = code;
    this.facts = details.facts ?? {};
    this.hint = details.hint;
  }
}

/** Whether this is a GvtError, and of one of the codes where some are given. */
export function isGvtError(error: unknown, ...codes: ErrorCode[]): error is GvtError {
  if (!(error instanceof Error && BRAND in error)) return false;
  return codes.length === 0 || codes.includes((error as GvtError).code);
}

export function exitStatusOf(error: unknown): number {
  return isGvtError(error) ? EXIT_STATUS[error.code] : EXIT_STATUS.BUG;
}
