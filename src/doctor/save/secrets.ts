/**
 * Secrets in texts that people wrote: found by where they stand (an URL, an assignment, a header) or by the form that
 * well-known tokens have, and replaced by numbered words, equal secrets by the same one. Pure.
 */

export interface Redactor {
  /** A text of any kind. */
  text(text: string): string;
  /** The value of a variable, which its name may give away. */
  variable(name: string, value: string): string;
  /** Once all texts have been seen: a secret that stands alone somewhere. */
  everywhere(text: string): string;
}

type Hide = (secret: string) => string;

const PLACEHOLDER = /^redacted\d+$/;
const SECRET_NAME =
  /token|secret|passw(?:or)?d|passphrase|credential|(?:api|access|private|signing|account)[_-]?key|auth(?!or|ent)|cookie|session[_-]?id|[_-](?:pat|pwd?|pw)$|^(?:login|account)$/i;
/** What stands before a value, by the name; a name begins where a word does, which bounds the work. */
const BEFORE_VALUES: readonly RegExp[] = [
  // `NAME=value`, `$env:NAME = "value"`
  /(?<![\w.-])(?<name>[\w.-]+)\s{0,9}=\s{0,9}/g,
  // `"name": "value"`; but `/home/me/secrets:/usr/bin` is a PATH
  /(?<![\w./-])(?<name>[\w.-]+)["']?\s{0,9}:\s{0,9}(?![/\s])/g,
  // fish: `set -gx NAME value`
  /\bset\s{1,9}(?:-\S{1,20}\s{1,9}){0,4}(?<name>[A-Za-z_]\w*)\s{1,9}/g,
  // `--token value`
  /(?<![\w-])(?<name>--?[\w-]+)\s{1,9}/g,
  // netrc: `login me password value`
  /\b(?<name>login)\s{1,9}(?=\S{1,200}\s{1,9}password\s)/g,
  /(?<=\blogin\s{1,9}\S{1,200}\s{1,9})(?<name>password)\s{1,9}/g,
];
const VALUE = /"[^"]*"|'[^']*'|[^\s;&|"',<>]+/y;
const HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]{0,40}(?:token|key))(\s{0,9}[:=]\s{0,9})([^'"\n]+)/gi;
const SCHEME_WORD = /\b(bearer|basic)(\s{1,9})([\w+/=.~-]{6,})/gi;
const KNOWN_TOKEN =
  /\b(?:gh[opsur]_[A-Za-z0-9]{16,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|npm_[A-Za-z0-9]{20,}|sk-[\w-]{20,}|eyJ[\w-]{10,}\.[\w-]+(?:\.[\w-]*)?)/g;

const URL = /[a-z][a-z0-9+.-]{0,20}:\/\/[^\s'"`<>]+/gi;
/** The second form is for passwords with a slash, which no port and no next URL of a list is. */
const USER_INFO = /^([^:]+:\/\/)([^/@]+|[^/@:]*:(?!\d+(?:[/,|]|$)|\/\/)[^@,|]*)@/;
const BARE_USER_INFO = /^(["']?)([^\s/@:"']+:[^\s/@"']+)@/;
const QUERY_VALUE = /([?&#;][\w.~%[\]-]{1,80}=)([^&;#,|]+)/g;
const PATH_SEGMENT = /(?<=\/)[\w~=-]{20,}(?=\/|$|[?#,|])/g;

export function createRedactor(): Redactor {
  const words = new Map<string, string>();
  const hide: Hide = (secret) => {
    // What names a variable, or is hidden already, tells nothing.
    if (secret === "" || secret.startsWith("$") || PLACEHOLDER.test(secret)) return secret;
    const word = words.get(secret) ?? `redacted${words.size + 1}`;
    words.set(secret, word);
    return word;
  };
  const text = (plain: string): string => hideIn(plain, hide);
  return {
    text,
    variable: (name, value) => {
      const hidden = hideNamed(name, value, hide);
      return hidden === value ? text(value) : hidden;
    },
    everywhere: (plain) => {
      let hidden = plain;
      for (const [secret, word] of words) {
        if (isUnmistakable(secret)) hidden = hidden.replaceAll(secret, word);
      }
      return hidden;
    },
  };
}

/** Whether a secret has been taken out of a text. */
export function isRedacted(text: string): boolean {
  return /\bredacted\d+\b/.test(text);
}

function hideIn(plain: string, hide: Hide): string {
  // Most texts are paths and names, which hold no more than a token.
  if (!/[=:\s]/.test(plain)) return plain.replace(KNOWN_TOKEN, hide);
  const known = plain
    .replace(URL, (urls) => hideInUrls(urls, hide))
    .replace(KNOWN_TOKEN, hide)
    .replace(HEADER, (_, name: string, colon: string, value: string) => `${name}${colon}${hide(value)}`)
    .replace(SCHEME_WORD, (_, scheme: string, gap: string, value: string) => `${scheme}${gap}${hide(value)}`);
  return BEFORE_VALUES.reduce((all, before) => hideValues(all, before, hide), known);
}

/** What is kept may hold a name and a value itself: `run: TOKEN=x`. */
function hideValues(plain: string, before: RegExp, hide: Hide): string {
  const [names, values] = [new RegExp(before), new RegExp(VALUE)];
  let hidden = "";
  let done = 0;
  for (let match = names.exec(plain); match; match = names.exec(plain)) {
    const { name = "" } = match.groups ?? {};
    if (!isSecretName(name)) continue;
    values.lastIndex = names.lastIndex;
    const value = values.exec(plain)?.[0] ?? "";
    hidden += `${plain.slice(done, names.lastIndex)}${hideNamed(name, value, hide)}`;
    done = names.lastIndex + value.length;
    names.lastIndex = done;
  }
  return hidden + plain.slice(done);
}

function isSecretName(name: string): boolean {
  return isGoauth(name) || isProxy(name) || SECRET_NAME.test(name);
}

/** A proxy may stand without `http://`: `me:password@proxy.example:3128`. */
function isProxy(name: string): boolean {
  return /proxy$/i.test(name);
}

function isGoauth(name: string): boolean {
  return name.toUpperCase() === "GOAUTH";
}

function hideNamed(name: string, value: string, hide: Hide): string {
  if (isGoauth(name)) return hideArguments(value, hide);
  if (isProxy(name))
    return value.replace(BARE_USER_INFO, (_, quote: string, user: string) => `${quote}${hide(user)}@`);
  return SECRET_NAME.test(name) ? hideQuoted(value, hide) : value;
}

function hideQuoted(raw: string, hide: Hide): string {
  const quote = /^["']/.exec(raw)?.[0];
  return quote ? `${quote}${hide(raw.slice(1, -1))}${quote}` : hide(raw);
}

/** GOAUTH: `off`, `netrc`, `git DIR`, or a command whose arguments are nobody's business. */
function hideArguments(value: string, hide: Hide): string {
  const [, quote = "", inner = ""] = /^(["']?)(.*)\1$/s.exec(value) ?? [];
  const parts = inner.split(";").map((part) => {
    const [, command = "", gap = "", rest = ""] = /^(\s*\S+)(\s*)(.*)$/s.exec(part) ?? [];
    return /^\s*(?:off|netrc|git)$/.test(command) || rest === "" ? part : `${command}${gap}${hide(rest)}`;
  });
  return `${quote}${parts.join(";")}${quote}`;
}

/** Several URLs may stand in one word: `https://a,https://b|direct`. */
function hideInUrls(urls: string, hide: Hide): string {
  return urls
    .split(/(?<=[,|])(?=[a-z][a-z0-9+.-]{0,20}:\/\/)/i)
    .map((url) =>
      url
        .replace(USER_INFO, (_, scheme: string, user: string) => `${scheme}${hide(user)}@`)
        .replace(QUERY_VALUE, (_, name: string, value: string) => `${name}${hide(value)}`)
        .replace(PATH_SEGMENT, (segment) => (isUnmistakable(segment) ? hide(segment) : segment)),
    )
    .join("");
}

/** Long, and of letters and digits: no word of a language, no directory, no state that a check asks for. */
function isUnmistakable(secret: string): boolean {
  return /^[\w.+~=-]{12,}$/.test(secret) && /\d/.test(secret) && /[a-z]/i.test(secret);
}
