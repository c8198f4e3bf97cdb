/** Manual pages of the checks of caches and disks. */
import type { Manuals } from "./manual.js";

export const CACHE_MANUALS: Manuals = {
  "gocache-invalid": {
    looksAt: "GOCACHE, or the default in your cache directory: whether it is absolute and can be written to",
    messages: [
      "build cache is disabled by GOCACHE=off, but required as of Go 1.12",
      "GOCACHE is not an absolute path",
      "failed to initialize build cache at <path>",
    ],
    why: "no build works without the cache",
    remedy: "take GOCACHE back, or make the directory yours; an empty GOCACHE is an unset one",
    ignore: "never",
  },
  "disk-low": {
    looksAt: "free space where gvt, GOCACHE and GOMODCACHE lie (1 GiB), and temporary files (256 MiB)",
    messages: ["no space left on device"],
    why: "builds and installations stop half-way",
    remedy: "`go clean -cache` empties the build cache; `gvt prune` and `gvt cache` show what gvt keeps",
    ignore: "where the disk is small on purpose",
  },
};
