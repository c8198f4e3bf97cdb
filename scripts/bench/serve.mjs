/**
 * A loopback server for the install benchmarks: files of a directory under /dl/, and under /proxy/ a module proxy that
 * remembers in the same directory what the real one answers, so that only the first round meets the network.
 *
 *     node serve.mjs DIRECTORY UPSTREAM      prints its port
 */
import { createReadStream, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, join } from "node:path";

const [directory = "", upstream = ""] = process.argv.slice(2);

const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const file = join(directory, path);
  if (!existsSync(file) && path.startsWith("/proxy/")) await remember(path, file);
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-length": statSync(file).size, etag: `"${statSync(file).mtimeMs}"` });
  if (request.method === "HEAD") response.end();
  else createReadStream(file, { highWaterMark: 1 << 20 }).pipe(response);
});

/** @param {string} path @param {string} file */
async function remember(path, file) {
  const answer = await fetch(upstream + path.slice("/proxy".length)).catch(() => undefined);
  if (!answer?.ok) return; // and the client is told that there is no such file
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.stdout.write(`${address.port}\n`);
});
