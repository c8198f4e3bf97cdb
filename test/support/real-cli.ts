/** gvt as shipped, with the machine's own module proxy and nothing else of the machine's: for real toolchains. */
import { type Cli, createCli } from "./cli.js";
import { moduleProxy } from "./requirements.js";

/** What the way to the proxy takes. */
const WAY = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"];
const CERTIFICATES = ["NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "SSL_CERT_DIR"];

export function createRealCli(): Promise<Cli> {
  const own = [...WAY, ...CERTIFICATES].map((name) => [name, process.env[name] ?? null] as const);
  return createCli({
    env: {
      ...Object.fromEntries(own),
      GVT_SOURCE: "goproxy",
      GVT_TRUST_CHECKSUMS: null,
      GOSUMDB: null,
      GOPROXY: moduleProxy(),
      PATH: "$ROOT/shims:$ROOT/bin:/usr/bin:/bin",
    },
  });
}
