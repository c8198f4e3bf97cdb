/**
 * Writes the files of a new tree. Small files are written at once and large ones in Node's thread pool: handing a small
 * file over costs more than writing it, and a thread of its own for them saves nothing and costs 40 MB (measured on a
 * Go release with two processors: docs/decisions).
 */
import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsync,
  mkdirSync,
  openSync,
  statSync,
  write,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { GvtError } from "../errors.js";
import { describeSystemError } from "./files.js";

/** Files above this go to the thread pool: 90 of 12 000, two thirds of the bytes. */
export const LARGE = 256 << 10;

/** Bytes that may wait to be written before the reader is held up. */
const MAX_PENDING = 12 << 20;
/** Flushes that may occupy threads of the pool, in which there are four and the archive is inflated too. */
const MAX_FLUSHES = 2;

const DIRECTORY_MODE = 0o755;

/** A file whose bytes come piece by piece. */
export interface GrowingFile {
  /** The bytes must stay as they are. */
  append(bytes: Uint8Array): void;
  close(): void;
}

interface OpenFile {
  readonly fd: number;
  readonly path: string;
  size: number;
  /** Pieces handed to the thread pool and not yet written. */
  writing: number;
  complete: boolean;
}

export class TreeWriter {
  readonly #root: string;
  readonly #directories = new Set<string>([""]);
  /** The umask would take bits away that a toolchain needs, so each mode is set again. */
  readonly #exactModes: boolean;
  /** Bytes handed over, and files still open. */
  #pending = 0;
  #open = 0;
  #flushes = 0;
  #failure: unknown;
  #waiting: (() => void)[] = [];

  /** Creates `root`, which must not exist. */
  constructor(root: string) {
    this.#root = root;
    this.#exactModes = this.#io(root, () => {
      mkdirSync(root, { mode: 0o777 });
      const granted = statSync(root).mode & 0o777;
      chmodSync(root, DIRECTORY_MODE);
      return (granted & DIRECTORY_MODE) !== DIRECTORY_MODE;
    });
  }

  /** Paths are relative to the root and known to be harmless; parents are made as needed. */
  addDirectory(path: string): void {
    if (this.#directories.has(path)) return;
    this.addDirectory(parentOf(path));
    const full = join(this.#root, path);
    this.#io(path, () => {
      mkdirSync(full, { mode: DIRECTORY_MODE });
      if (this.#exactModes) chmodSync(full, DIRECTORY_MODE);
    });
    this.#directories.add(path);
  }

  /** Writes a whole file; the bytes of a large one must stay as they are. */
  writeFile(path: string, mode: number, bytes: Uint8Array): void {
    if (bytes.length > LARGE) {
      const file = this.openFile(path, mode);
      file.append(bytes);
      file.close();
      return;
    }
    const fd = this.#create(path, mode);
    try {
      this.#io(path, () => {
        for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
      });
    } finally {
      closeSync(fd);
    }
  }

  /** For a large file whose bytes come piece by piece. */
  openFile(path: string, mode: number): GrowingFile {
    const file: OpenFile = { fd: this.#create(path, mode), path, size: 0, writing: 0, complete: false };
    this.#open += 1;
    return {
      append: (bytes) => {
        this.#pending += bytes.length;
        file.writing += 1;
        this.#writePiece(file, bytes, file.size);
        file.size += bytes.length;
      },
      close: () => {
        file.complete = true;
        this.#closeIfDone(file);
      },
    };
  }

  /** Resolves when there is room for more; rejects where a write has failed. */
  async room(): Promise<void> {
    if (this.#pending > MAX_PENDING) await this.#until(() => this.#pending <= MAX_PENDING);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Resolves when everything is written. */
  async finish(): Promise<void> {
    await this.#until(() => this.#pending === 0 && this.#open === 0);
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition() && this.#failure === undefined) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  #settled(bytes: number, failure?: unknown): void {
    this.#pending -= bytes;
    this.#failure ??= failure;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #create(path: string, mode: number): number {
    this.addDirectory(parentOf(path));
    return this.#io(path, () => {
      // `wx` neither follows a planted link nor touches what is there.
      const fd = openSync(join(this.#root, path), "wx", mode);
      if (this.#exactModes) fchmodSync(fd, mode);
      return fd;
    });
  }

  /** Pieces know their places, so they may be written in any order. */
  #writePiece(file: OpenFile, bytes: Uint8Array, position: number): void {
    write(file.fd, bytes, 0, bytes.length, position, (error, written) => {
      if (!error && written < bytes.length) {
        this.#settled(written);
        this.#writePiece(file, bytes.subarray(written), position + written);
        return;
      }
      file.writing -= 1;
      this.#settled(bytes.length, error ? cannotWrite(file.path, error) : undefined);
      this.#closeIfDone(file);
    });
  }

  /** Large files are flushed at once, while the rest is unpacked: there is then less to wait for at the end. */
  #closeIfDone({ fd, path, complete, writing }: OpenFile): void {
    if (!complete || writing > 0) return;
    const close = (): void => {
      const failure = findCloseFailure(fd, path);
      this.#open -= 1;
      this.#settled(0, failure);
    };
    if (this.#flushes >= MAX_FLUSHES) {
      close();
      return;
    }
    this.#flushes += 1;
    fsync(fd, () => {
      // An error of the disk comes back at the flush of the whole tree, which counts.
      this.#flushes -= 1;
      close();
    });
  }

  #io<T>(path: string, action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw cannotWrite(path, error);
    }
  }
}

/** A network file system may tell only now that it is full. */
function findCloseFailure(fd: number, path: string): GvtError | undefined {
  try {
    closeSync(fd);
    return undefined;
  } catch (error) {
    return cannotWrite(path, error);
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function cannotWrite(path: string, cause: unknown): GvtError {
  return new GvtError("DISK", `cannot write \`${path}\`: ${describeSystemError(cause)}`, {
    hint: "nothing was installed",
    cause,
  });
}
