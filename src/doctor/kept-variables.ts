/** The variables that a snapshot keeps: what Go, gvt, other managers and the checks read, and nothing else. Pure. */

const KEPT =
  /^(?:GO(?!OGLE)|CGO_|GVT_(?!SHELL_GO$)|XDG_|SSL_CERT_|GOENV_|ASDF|MISE_|WSL|CC$|CXX$|FC$|AR$|PKG_CONFIG$|PATH$|HOME$|PWD$|SHELL$|CI$|TMPDIR$|TMP$|TEMP$|ZDOTDIR$|SUDO_U|GIT_CONFIG_(?:GLOBAL|COUNT)$)/;

export function isKeptVariable(name: string): boolean {
  return KEPT.test(name);
}
