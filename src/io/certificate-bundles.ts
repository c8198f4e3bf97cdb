/** Where systems keep the certificate authorities that they trust, in one file; apart, for whoever only asks where. */

/** Where Go looks on Linux, in its order (https://go.dev/src/crypto/x509/root_linux.go). */
export const LINUX_BUNDLES: readonly string[] = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** The first one there counts (Go's lists for Linux and the BSDs). */
export const CERTIFICATE_BUNDLES: readonly string[] = [
  ...LINUX_BUNDLES,
  "/usr/local/etc/ssl/cert.pem",
  "/usr/local/share/certs/ca-root-nss.crt",
  "/etc/openssl/certs/ca-certificates.crt",
];
