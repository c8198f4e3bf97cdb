/**
 * The opening words of a SOCKS 5 connection (RFC 1928, RFC 1929): after them the socket leads to the host that was asked
 * for. undici's own client is not used: it is experimental and says so on stderr, tries a refusal again, and keeps the
 * connection to a proxy that is silent, so that the process never ends.
 */
import type { Socket } from "node:net";
import { NetworkFault, PROXY_HINT } from "./network-fault.js";

export interface SocksRequest {
  /** What messages call the proxy: `socks5h://proxy.example:1080`. */
  readonly name: string;
  readonly credentials: { readonly username: string; readonly password: string } | undefined;
  /** The host is sent by its name, which the proxy looks up: to Go `socks5` and `socks5h` both mean that. */
  readonly host: string;
  readonly port: number;
  /** Milliseconds for all of it. */
  readonly timeout: number;
}

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USERNAME_PASSWORD = 2;
const CONNECT = 1;
const ADDRESS = { ipv4: 1, name: 3, ipv6: 4 } as const;
const PORT_BYTES = 2;

/** The replies of RFC 1928, from 1 on. */
const REFUSALS: readonly string[] = [
  "it has failed",
  "its rules forbid it",
  "the network cannot be reached",
  "the host cannot be reached",
  "the host refuses the connection",
  "the connection took too long",
  "it does not know the command",
  "it does not know such addresses",
];

/** Throws a NetworkFault that names the proxy, and destroys the socket. */
export async function openSocksTunnel(socket: Socket, request: SocksRequest): Promise<void> {
  const silence = new NetworkFault(
    "no-answer",
    `the proxy ${request.name} did not answer within ${request.timeout / 1000} s`,
    { hint: PROXY_HINT },
  );
  const timer = setTimeout(() => socket.destroy(silence), request.timeout);
  try {
    await authenticate(socket, request);
    await connectTo(socket, request);
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function authenticate(socket: Socket, { name, credentials }: SocksRequest): Promise<void> {
  const methods = credentials ? [USERNAME_PASSWORD, NO_AUTHENTICATION] : [NO_AUTHENTICATION];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await readExactly(socket, 2, name);
  if (version !== VERSION) throw notSocks(name);
  if (method === NO_AUTHENTICATION) return;
  if (method !== USERNAME_PASSWORD || !credentials) throw wantsCredentials(name);
  socket.write(
    Buffer.concat([Buffer.of(1), withLength(credentials.username), withLength(credentials.password)]),
  );
  const [, status] = await readExactly(socket, 2, name);
  if (status !== 0) throw wantsCredentials(name);
}

async function connectTo(socket: Socket, { name, host, port }: SocksRequest): Promise<void> {
  const portBytes = Buffer.alloc(PORT_BYTES);
  portBytes.writeUInt16BE(port);
  socket.write(
    Buffer.concat([Buffer.from([VERSION, CONNECT, 0, ADDRESS.name]), withLength(host), portBytes]),
  );
  const [version, reply, , address] = await readExactly(socket, 4, name);
  if (version !== VERSION) throw notSocks(name);
  if (reply) throw refusal(name, `${host}:${port}`, reply);
  // The address that the proxy uses itself is nobody's concern, but it is in the way of what follows.
  await readExactly(socket, (await readAddressLength(socket, address, name)) + PORT_BYTES, name);
}

async function readAddressLength(socket: Socket, type: number | undefined, name: string): Promise<number> {
  if (type === ADDRESS.ipv4) return 4;
  if (type === ADDRESS.ipv6) return 16;
  if (type !== ADDRESS.name) throw notSocks(name);
  return (await readExactly(socket, 1, name)).readUInt8();
}

/** No byte more than was asked for: what follows belongs to whoever uses the connection. */
function readExactly(socket: Socket, length: number, name: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      socket.off("readable", attempt).off("end", onEnd).off("error", onError);
      act();
    };
    const attempt = (): void => {
      const bytes: Buffer | null = socket.read(length);
      if (bytes?.length === length) settle(() => resolve(bytes));
    };
    const onEnd = (): void => settle(() => reject(hangsUp(name)));
    const onError = (error: Error): void => settle(() => reject(error));
    socket.on("readable", attempt).on("end", onEnd).on("error", onError);
    attempt();
  });
}

/** A text behind one byte that is its length. */
function withLength(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length > 255)
    throw new NetworkFault("no-answer", "SOCKS 5 has no room for names and passwords longer than 255 bytes");
  return Buffer.concat([Buffer.of(bytes.length), bytes]);
}

function refusal(name: string, target: string, reply: number): NetworkFault {
  const reason = REFUSALS[reply - 1] ?? `it answers ${reply}`;
  return new NetworkFault("no-answer", `the proxy ${name} does not connect to ${target}: ${reason}`, {
    hint: PROXY_HINT,
  });
}

function wantsCredentials(name: string): NetworkFault {
  return new NetworkFault("no-answer", `the proxy ${name} asks for another user name and password`, {
    hint: "put them into HTTPS_PROXY: `socks5h://user:password@host:port`",
  });
}

function notSocks(name: string): NetworkFault {
  return new NetworkFault("no-answer", `the proxy ${name} does not speak SOCKS 5`, {
    hint: "for a proxy that speaks HTTP, set HTTPS_PROXY to `http://host:port`",
  });
}

function hangsUp(name: string): NetworkFault {
  return new NetworkFault("no-answer", `the proxy ${name} hangs up before it has answered`, {
    hint: PROXY_HINT,
  });
}
