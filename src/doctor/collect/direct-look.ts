/**
 * Eyes for a hurry: the same looks, each a single call of the system's, many times as cheap as one that another thread
 * makes. Only for where nothing can keep silent: on a machine without remote mounts, or where they have just answered.
 */
import {
  accessSync,
  closeSync,
  constants,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  readSync,
  realpathSync,
  statfsSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { readBoundedSync, systemCode } from "../../io/files.js";
import type { Look, ReadPiece } from "./look.js";

export function createDirectLook(filesystemRoot: string): Look {
  const touch = async <T>(path: string, work: (path: string) => T): Promise<T | undefined> => {
    try {
      return work(path);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return undefined; // whatever keeps it from being looked at
    }
  };
  return {
    system: (path) => (filesystemRoot === "" ? path : join(filesystemRoot, path)),
    stat: (path) => touch(path, (at) => statSync(at, { throwIfNoEntry: false })),
    lstat: (path) => touch(path, (at) => lstatSync(at, { throwIfNoEntry: false })),
    realpath: (path) => touch(path, (at) => realpathSync.native(at)),
    readlink: (path) => touch(path, (at) => readlinkSync(at)),
    list: (path) => touch(path, (at) => readdirSync(at).sort()),
    entries: (path) => touch(path, (at) => readdirSync(at, { withFileTypes: true })),
    read: async (path, limit) => readBoundedSync(path, limit),
    withPieces,
    may: async (path, what) => {
      const mode = what === "execute" ? constants.X_OK : constants.W_OK;
      const allowed = await touch(path, (at) => {
        accessSync(at, mode);
        return true;
      });
      return allowed ?? false;
    },
    freeBytes: (path) =>
      touch(path, (at) => {
        const { bavail, bsize } = statfsSync(at);
        return bavail * bsize;
      }),
    wait: (_, work) => work,
    reaches: async () => true,
    unanswered: new Set(),
  };
}

async function withPieces<T>(path: string, use: (piece: ReadPiece) => Promise<T>): Promise<T | undefined> {
  let descriptor: number | undefined;
  try {
    const opened = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    descriptor = opened;
    return await use(async (offset, length) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(opened, buffer, 0, length, offset));
    });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined; // as for any other look
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
