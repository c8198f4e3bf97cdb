/**
 * Names inside archives: one strict rule for all formats, checked before anything is written. A name that two systems
 * could read differently is refused, whatever this one would make of it.
 */
import { GvtError } from "../errors.js";

/** Far above any Go release: 15 700 entries, 108 bytes, 10 levels, 300 MB, 26 MB. */
const MAX_ENTRIES = 100_000;
const MAX_NAME_BYTES = 1024;
const MAX_COMPONENT_BYTES = 255;
const MAX_DEPTH = 64;
const MAX_TOTAL_BYTES = 1 << 30;
const MAX_FILE_BYTES = 128 << 20;

/** Control characters, backslashes, and what a decoder puts where bytes are no UTF-8. */
const FORBIDDEN = /[\p{Cc}\\\ufffd]/u;
const ASCII = /^[\u0020-\u007e]*$/;

/** The names of one archive, all below one directory. Throws `ARCHIVE_UNSAFE` naming the archive and the entry. */
export class EntryNames {
  readonly #archive: string;
  readonly #prefix: string;
  /** How a file system that ignores case and Unicode forms sees a name → the name, with a slash where a directory. */
  readonly #seen = new Map<string, string>();
  #entries = 0;
  #bytes = 0;

  /** `prefix` ends with a slash: `go/`. */
  constructor(archive: string, prefix: string) {
    this.#archive = archive;
    this.#prefix = prefix;
  }

  /** The path below the prefix of a regular file that nothing else in the archive is called. */
  addFile(name: string, size: number): string {
    const path = this.#pathOf(name);
    if (path === "" || path.endsWith("/")) throw this.refuse(name, "a file has the name of a directory");
    if (size > MAX_FILE_BYTES) throw this.refuse(name, `the file is larger than ${MAX_FILE_BYTES} bytes`);
    this.#bytes += size;
    if (this.#bytes > MAX_TOTAL_BYTES) throw this.refuse(name, `the files exceed ${MAX_TOTAL_BYTES} bytes`);
    this.#addParents(name, path);
    if (this.#seen.has(foldName(path))) throw this.refuse(name, "another entry has this name");
    this.#seen.set(foldName(path), path);
    return path;
  }

  /** The path below the prefix of a directory, without a slash at its end; `""` for the top. */
  addDirectory(name: string): string {
    const path = this.#pathOf(name.endsWith("/") ? name : `${name}/`);
    this.#addParents(name, path);
    return path.slice(0, -1);
  }

  refuse(name: string, reason: string): GvtError {
    return unsafeArchive(this.#archive, reason, name);
  }

  #pathOf(name: string): string {
    this.#entries += 1;
    if (this.#entries > MAX_ENTRIES) throw this.refuse(name, `there are more than ${MAX_ENTRIES} entries`);
    if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw this.refuse(name, "the name is too long");
    if (FORBIDDEN.test(name)) throw this.refuse(name, "the name has characters that no Go file has");
    if (!name.startsWith(this.#prefix))
      throw this.refuse(name, `the name does not begin with \`${this.#prefix}\``);
    const path = name.slice(this.#prefix.length);
    if (path !== "") this.#verifyComponents(name, path.endsWith("/") ? path.slice(0, -1) : path);
    return path;
  }

  #verifyComponents(name: string, path: string): void {
    const components = path.split("/");
    if (components.length > MAX_DEPTH)
      throw this.refuse(name, `it lies more than ${MAX_DEPTH} directories deep`);
    for (const component of components) {
      if (component === "" || component === "." || component === "..") {
        throw this.refuse(name, "the name is not the plain name of one place");
      }
      if (component.length > MAX_COMPONENT_BYTES / 4 && Buffer.byteLength(component) > MAX_COMPONENT_BYTES) {
        throw this.refuse(name, "a part of the name is too long");
      }
    }
  }

  /** Remembers each directory on the way to a path; walks upwards and stops where the rest is known. */
  #addParents(name: string, path: string): void {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const directory = path.slice(0, end);
      const folded = foldName(directory);
      const known = this.#seen.get(folded);
      if (known === `${directory}/`) return;
      if (known !== undefined) throw this.refuse(name, `it collides with \`${known}\``);
      this.#seen.set(folded, `${directory}/`);
    }
  }
}

/** Equal for names that some file system takes for one: `A` and `a`, `ß` and `ss`, composed and decomposed letters. */
function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase();
  return name.normalize("NFD").toUpperCase().toLowerCase().normalize("NFC");
}

export function unsafeArchive(archive: string, reason: string, entry?: string, cause?: unknown): GvtError {
  return new GvtError("ARCHIVE_UNSAFE", `\`${archive}\` is no archive that gvt will unpack: ${reason}`, {
    ...(entry !== undefined && { facts: { entry: showName(entry) } }),
    hint: "nothing was installed; try another source with `--source`",
    cause,
  });
}

/** A name that may hold anything, as text that drives no terminal. */
function showName(name: string): string {
  const quoted = JSON.stringify(name.length > 120 ? `${name.slice(0, 120)}…` : name);
  return quoted.replace(
    /[^\u0020-\u007e\u2026]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
