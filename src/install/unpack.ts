/** From a verified archive to a GOROOT in the stage, and to the manifest of what is in it. */
import { type ArchivedFile, type ArchiveRead, hashTarGz, unpackTarGz } from "../io/archive.js";
import { unsafeArchive } from "../io/entry-names.js";
import type { ZipEntry } from "../io/zip.js";
import type { Placement } from "../io/zip-contents.js";
import type { Archive } from "../sources/source.js";
import { toolchainModule } from "../trust/module-hash.js";
import { modulePrefix } from "./verify.js";

/** Told the bytes of the archive that a pass has read so far. */
export type OnProgress = (read: number) => void;

/** An archive opened for its two passes. */
export interface Contents {
  /** Reads and hashes all files and writes nothing. */
  hash(onProgress: OnProgress): Promise<ArchivedFile[]>;
  /** Writes the tree to a directory that does not exist yet. Gives the files as they are then on disk. */
  unpack(root: string, onProgress: OnProgress): Promise<ArchivedFile[]>;
}

export function openContents(archive: Archive, read: ArchiveRead): Promise<Contents> {
  if (archive.format === "module-zip") return openModuleZip(archive, read);
  return Promise.resolve({
    hash: (onProgress) => hashTarGz({ ...read, onProgress }),
    unpack: (root, onProgress) => unpackTarGz({ ...read, onProgress }, root),
  });
}

async function openModuleZip({ version, platform, filename }: Archive, read: ArchiveRead): Promise<Contents> {
  // Loaded where it is used: most archives are no module zips.
  const [{ listZip }, { hashZip, unpackZip }] = await Promise.all([
    import("../io/zip.js"),
    import("../io/zip-contents.js"),
  ]);
  const entries = await listZip(read, modulePrefix(toolchainModule(version, platform)));
  verifyModuleNames(filename, entries);
  let files: ArchivedFile[] | undefined;
  const hash = async (onProgress: OnProgress): Promise<ArchivedFile[]> => {
    files ??= await hashZip({ ...read, onProgress }, entries);
    return files;
  };
  return {
    hash,
    async unpack(root, onProgress) {
      const hashed = await hash(onProgress);
      await unpackZip({ ...read, onProgress }, entries, root, placeModuleFile);
      return hashed.map((file) => ({ ...file, ...placeModuleFile(file.path) }));
    },
  };
}

/** A module's own go.mod files are all called `_go.mod`, so that they do not split it; another would collide. */
function verifyModuleNames(filename: string, entries: readonly ZipEntry[]): void {
  const foreign = entries.find(({ path }) => /(^|\/)go\.mod$/i.test(path));
  if (foreign) throw unsafeArchive(filename, "a toolchain module has no go.mod of this name", foreign.path);
}

/** What has an x-bit in the release archive: https://go.dev/src/cmd/distpack/archive.go, `SetMode`. */
const EXECUTABLE = /^bin\/|^pkg\/tool\/|\.(?:bash|sh|pl|rc)$|(?:^|\/)go_[^/_]+_[^/_]+_exec$/;

/** Undoes what turning a release into a module did: names of go.mod files, and modes, which a module has none of. */
function placeModuleFile(path: string): Placement {
  return {
    path: path.replace(/(^|\/)_go\.mod$/, "$1go.mod"),
    mode: EXECUTABLE.test(path) ? 0o755 : 0o644,
  };
}
