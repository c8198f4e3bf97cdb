/** Real proxies on the loopback that lead every tunnel to one port, whatever host was asked for. */
import { createServer } from "node:http";
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from "node:net";

export interface TestProxy {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `mirror.example:443`: what CONNECT asked for, in order. */
  readonly tunnels: readonly string[];
  readonly authorizations: readonly (string | undefined)[];
  close(): Promise<void>;
}

/** `refusal`: the status that every request gets, or no answer at all. */
export async function startProxy(leadsTo: string, refusal?: number | "silence"): Promise<TestProxy> {
  const tunnels: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((_, response) => {
    if (refusal !== "silence") response.writeHead(refusal ?? 400).end();
  });
  const sockets = new Set<{ destroy(): void }>();
  server.on("connect", (request, socket, head) => {
    sockets.add(socket);
    tunnels.push(request.url ?? "");
    authorizations.push(request.headers["proxy-authorization"]);
    if (refusal === "silence") return;
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const upstream = connect(Number(new URL(leadsTo).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.add(upstream);
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    tunnels,
    authorizations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The same for SOCKS 5 (RFC 1928), without authentication. `tunnels` tells the names as they were asked for. */
export async function startSocksProxy(
  leadsTo: string,
): Promise<Pick<TestProxy, "url" | "tunnels" | "close">> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const server = createSocketServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.once("data", () => {
      socket.write(Buffer.from([5, 0]));
      socket.once("data", (request: Buffer) => {
        const isName = request[3] === 3;
        const end = isName ? 5 + (request[4] ?? 0) : 8;
        const host = isName ? request.toString("latin1", 5, end) : request.subarray(4, end).join(".");
        tunnels.push(`${host}:${request.readUInt16BE(end)}`);
        const upstream = connect(Number(new URL(leadsTo).port), "127.0.0.1", () => {
          socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]));
          upstream.pipe(socket).pipe(upstream);
        });
        sockets.add(upstream.on("error", () => socket.destroy()));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `socks5h://127.0.0.1:${port}`,
    tunnels,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
