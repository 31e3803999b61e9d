/**
 * What secrets look like, wherever they stand: rules as data. A rule has words that open it, of a
 * length that is known, and says from there on what the secret is. A rule never reads a part of the
 * text twice (see Scan): foreign text must not make it slow.
 */
import { isBasic } from './secret-names.ts';
import type { Scan } from './scan.ts';

/** From where to where the secret goes; `resume`: where to look on when there is none. */
export type Found =
  { readonly secret: readonly [start: number, end: number] } | { readonly resume: number };

/** A shape of secrets. */
export interface Shape {
  readonly opens: RegExp;
  /**
   * @param at where it opens, @param from the end of what opens it
   * @param floor the end of what this rule has read before
   */
  readonly find: (scan: Scan, at: number, from: number, floor: number) => Found;
}

export const charsOf = (text: string): ReadonlySet<string> => new Set(text);
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const ALNUM = `${UPPER}${UPPER.toLowerCase()}0123456789`;
export const BLANKS = charsOf(' \t');
const BASE64 = charsOf(`${ALNUM}+/`);
const TOKEN = charsOf(`${ALNUM}+/=_-.~`);
/** What ends a word, in shells and in most formats. */
export const WORD_ENDS = [' ', '\t', '\n', '\r', '"', "'", '`', '<', '>'];
const WORD = charsOf(`${ALNUM}_`);

const secret = (start: number, end: number): Found =>
  end > start ? { secret: [start, end] } : { resume: end };
const none = (resume: number): Found => ({ resume });
const startsWord = ({ text }: Scan, at: number): boolean => !WORD.has(text.charAt(at - 1));

/** Prefixes of tokens that say what they are: AWS sessions, EKS, GitHub, GitLab, Slack, …, keys in Base64. */
const PREFIXES = [
  'IQoJb3JpZ2lu',
  'FwoGZXIvYXdz',
  'k8s-aws-v1\\.',
  'gh[pousr]_',
  'github_pat_',
  'glpat-',
  'xox[abeprs]-',
  '[sr]k_live_',
  'AIza',
  'npm_',
  'dckr_pat_',
  'hvs\\.',
  'SG\\.',
  // `-----BEGIN PRIVATE KEY`, RSA, EC, OPENSSH, ENCRYPTED, DSA, and `{"auths":` of a registry's login.
  'LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0Eg|BFQyBQ|BPUEVOU1NI|BFTkNSWVBU|BEU0Eg)',
  'eyJhdXRocyI6',
];
const SHORTEST = 20;

/** Programs whose short options take a password, and which: one that stands apart, or is attached. */
const TOOLS =
  /(?:redis-cli|sshpass|mysql(?:dump|admin)?|mariadb|mongo(?:sh|dump)?|curl|ldapsearch|sqlcmd)[ \t]/g;
const OPTIONS: readonly (readonly [tool: RegExp, apart: RegExp | null, attached: RegExp | null])[] =
  [
    [/^redis-cli/, /^-a$/, null],
    [/^sshpass/, /^-p$/, /^-p./],
    [/^mongo/, /^-p$/, null],
    [/^(?:mysql|mariadb)/, null, /^-p./],
    [/^curl/, /^(?:-u|-U|--user|--proxy-user)$/, null],
    [/^ldapsearch/, /^-w$/, null],
    [/^sqlcmd/, /^-P$/, null],
  ];

/** Does this word of a program's command line say that the next one, or the rest of it, is a password? */
export function isPasswordOption(tool: string, word: string): 'apart' | 'attached' | null {
  const [, apart = null, attached = null] = OPTIONS.find(([name]) => name.test(tool)) ?? [];
  if (apart?.test(word) === true) return 'apart';
  return attached?.test(word) === true ? 'attached' : null;
}

export const SHAPES: readonly Shape[] = [
  { opens: /:\/\//g, find: userInfo },
  {
    // The Go driver's `user:password@tcp(host)/db`.
    opens: /@(?:tcp|unix|cloudsql)\(/g,
    find: (scan, at, from, floor) => {
      const word = Math.max(
        floor,
        ...[' ', '"', "'", '\n', '='].map((end) => lastIn(scan, end, floor, at) + 1),
      );
      const colon = scan.text.slice(word, at).indexOf(':');
      return colon < 0 ? none(from) : secret(word + colon + 1, at);
    },
  },
  {
    // Oracle's `thin:user/password@host`.
    opens: /:thin:/gi,
    find: (scan, _at, from) => {
      const end = scan.next('@', from);
      const slash = scan.next('/', from);
      return slash < end && end < scan.nextOf(WORD_ENDS, from)
        ? secret(slash + 1, end)
        : none(from);
    },
  },
  {
    opens: /(?:bearer|basic)[ \t]/gi,
    find: (scan, at, from) => {
      const start = scan.run(BLANKS, from);
      const end = scan.run(TOKEN, start);
      const value = scan.text.slice(start, end);
      const isSecret =
        scan.text.charAt(at).toLowerCase() === 'b' && scan.text.charAt(at + 1).toLowerCase() === 'a'
          ? isBasic(value)
          : value.length >= 8 && (/\d/.test(value) || value.length >= 24);
      return startsWord(scan, at) && isSecret ? secret(start, end) : none(end);
    },
  },
  {
    // A JSON Web Token: three parts, the first of which is an object.
    opens: /eyJ/g,
    find: (scan, at, from) => {
      const end = scan.run(TOKEN, from);
      const parts = scan.text.slice(at, end).split('.');
      return startsWord(scan, at) && parts.length >= 3 && (parts[1]?.length ?? 0) > 4
        ? secret(at, end)
        : none(end);
    },
  },
  {
    opens: new RegExp(PREFIXES.join('|'), 'g'),
    find: (scan, at, from) => {
      const end = scan.run(TOKEN, from);
      return startsWord(scan, at) && end - at >= SHORTEST ? secret(at, end) : none(end);
    },
  },
  {
    opens: /-----BEGIN /g,
    find: (scan, _at, from) => {
      const label = scan.next('-----', from);
      if (label - from > 64 || !scan.text.slice(from, label).includes('PRIVATE KEY'))
        return none(from);
      return secret(label + 5, scan.next('-----END', label));
    },
  },
  {
    // A secret access key beside the id that it belongs to.
    opens: /(?:AKIA|ASIA)[A-Z0-9]{16}/g,
    find: (scan, at, from) => {
      if (!startsWord(scan, at)) return none(from);
      const end = Math.min(from + 400, scan.text.length);
      for (let start = from; start < end;) {
        const stop = scan.run(BASE64, start, end);
        if (isAccessKey(scan.text.slice(start, stop))) return secret(start, stop);
        start = stop + 1;
      }
      return none(end);
    },
  },
  { opens: TOOLS, find: toolPassword },
];

/** 40 characters of Base64 in all kinds, which no digest in hexadecimal is. */
const isAccessKey = (word: string): boolean =>
  word.length === 40 && /[a-z]/.test(word) && /[A-Z]/.test(word) && /[\d+/]/.test(word);

/** The password of `scheme://user:password@host`; all of it before the `@` where a web address has no user. */
function userInfo(scan: Scan, at: number, from: number): Found {
  const { text } = scan;
  const blank = scan.nextOf(WORD_ENDS, from);
  const end = Math.min(blank, scan.nextOf(['/', '?', '#', '\\'], from));
  const authority = text.slice(from, end);
  const colon = authority.indexOf(':');
  let last = authority.lastIndexOf('@');
  if (last < 0 && colon >= 0 && !/^(?:\d*(?:,|$)|\[)/.test(authority.slice(colon + 1))) {
    // What follows the colon is no port: a password with a slash in it that nobody has escaped.
    const sign = scan.next('@', end);
    if (sign < blank && !authority.startsWith('[')) last = sign - from;
  }
  if (last < 0) return none(Math.max(from, end));
  const start = colon >= 0 && colon < last ? from + colon + 1 : from;
  const isWeb = /https?$/i.test(text.slice(Math.max(0, at - 5), at));
  if (start === from && !isWeb) return none(from + last);
  const password = text.slice(start, from + last);
  return /^\$[({]?\w+[)}]?$/.test(password) ? none(from + last) : secret(start, from + last);
}

/** The last place of a character between two, or one before the first. */
function lastIn(scan: Scan, char: string, from: number, to: number): number {
  scan.steps += to - from;
  const index = scan.text.slice(from, to).lastIndexOf(char);
  return index < 0 ? from - 1 : from + index;
}

function toolPassword(scan: Scan, at: number, from: number): Found {
  const { text } = scan;
  const end = scan.nextOf(['\n', ';', '|', '&'], from);
  if (!startsWord(scan, at)) return none(from);
  const tool = text.slice(at, from);
  for (let start = scan.run(BLANKS, from); start < end;) {
    const stop = Math.min(end, scan.nextOf([' ', '\t'], start));
    const next = scan.run(BLANKS, stop);
    const option = isPasswordOption(tool, text.slice(start, stop));
    if (option === 'attached') return secret(start + 2, stop);
    if (option === 'apart') {
      const last = Math.min(end, scan.nextOf([' ', '\t'], next));
      // Of `user:password` the user may be read.
      return secret(next + text.slice(next, last).indexOf(':') + 1, last);
    }
    start = next;
  }
  return none(end);
}
