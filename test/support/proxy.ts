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

export interface SocksBehaviour {
  /** `name:password` that it demands. */
  readonly credentials?: string;
  /** Its answer to CONNECT, other than success. */
  readonly reply?: number;
  /** What it leaves unanswered, on an open connection. */
  readonly silentTo?: "greeting" | "CONNECT";
  /** It hangs up on every greeting. */
  readonly hangsUp?: true;
}

/** The same for SOCKS 5 (RFC 1928). `tunnels` tells the names as they were asked for, `connections` what is open. */
export async function startSocksProxy(
  leadsTo: string,
  behaviour: SocksBehaviour = {},
): Promise<Pick<TestProxy, "url" | "tunnels" | "close"> & { readonly connections: ReadonlySet<Socket> }> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    socket.once("data", (request: Buffer) => {
      const end = 5 + (request[4] ?? 0);
      tunnels.push(`${request.toString("latin1", 5, end)}:${request.readUInt16BE(end)}`);
      if (behaviour.silentTo === "CONNECT") return;
      const reply = Buffer.from([5, behaviour.reply ?? 0, 0, 3, 1, 120, 0, 0]);
      if (behaviour.reply !== undefined) return void socket.end(reply);
      const upstream = connect(Number(new URL(leadsTo).port), "127.0.0.1", () => {
        // In pieces, as a slow network may deliver it.
        socket.write(reply.subarray(0, 5), () => socket.write(reply.subarray(5)));
        upstream.pipe(socket).pipe(upstream);
      });
      sockets.add(upstream.on("error", () => socket.destroy()));
    });
  };
  const server = createSocketServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    socket.on("close", () => sockets.delete(socket));
    socket.once("data", (greeting: Buffer) => {
      if (behaviour.hangsUp) return void socket.end();
      if (behaviour.silentTo === "greeting") return;
      if (behaviour.credentials === undefined) {
        socket.write(Buffer.from([5, 0]));
        return accept(socket);
      }
      if (!greeting.subarray(2).includes(2)) return void socket.end(Buffer.from([5, 0xff]));
      socket.write(Buffer.from([5, 2]));
      socket.once("data", (login: Buffer) => {
        const [name, word] = [login.subarray(2, 2 + (login[1] ?? 0)), login.subarray(3 + (login[1] ?? 0))];
        const isRight = `${name}:${word}` === behaviour.credentials;
        socket.write(Buffer.from([1, isRight ? 0 : 1]));
        if (isRight) accept(socket);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `socks5h://127.0.0.1:${port}`,
    tunnels,
    connections: sockets,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
