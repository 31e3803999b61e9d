import { auditLevel } from './log-audit.ts';
import type { LogLevel } from './log-buffer.ts';
import { isErrorHead, isFrame } from './log-stack.ts';

// Looked for in the head of the line only: a level comes first, and a long line must not cost more.
const HEAD = 240;
/** In JSON it may stand behind the message, which may be long. */
const JSON_HEAD = 2048;
const JSON_LEVEL = /"(?:level|lvl|severity|log\.level|levelname|loglevel|@l)"\s*:\s*"?(\w+)/i;
const LOGFMT_LEVEL = /\b(?:level|lvl|severity)=("?)(\w+)\1/i;
const WORD =
  /(?:^|[\s[(<|:])(FATAL|PANIC|CRITICAL|ERROR|ERR|SEVERE|WARNING|WARN|INFO|NOTICE|DEBUG|TRACE|LOG)(?=$|[\s\])>|:])/;
/** In brackets behind nothing but a time and other brackets: nginx, Envoy, Apache, spdlog. */
const BRACKETED =
  /^(?:[\w-]{1,30}: )?(?:[\d/:.,TZ +-]|\[[^[\]]{1,60}\])*\[(?:[\w-]{1,30}:)?(emerg|alert|crit|critical|fatal|error|err|warning|warn|notice|info|debug|trace)\]/;
/** Between tabs behind a time, as zap writes it for people. */
const TABBED = /^\S{1,40}\t(fatal|panic|dpanic|error|warn|info|debug)\t/;
const KLOG = /^([IWEF])\d{4} \d\d:\d\d/;
const HTTP = /" ([1-5])\d\d (?:\d+|-)/;
/** How .NET begins its lines. */
const DOTNET = /^(trce|dbug|info|warn|fail|crit): /;
/** How PHP begins its own, wherever a server puts them. */
const PHP = /(?:^|[\s"])PHP ((?:Recoverable f|F)atal|Parse|Warning|Notice|Deprecated)(?: error)?: /;

const NAMES: Readonly<Record<string, LogLevel>> = {
  fatal: 'error',
  panic: 'error',
  dpanic: 'error',
  critical: 'error',
  crit: 'error',
  alert: 'error',
  emerg: 'error',
  error: 'error',
  err: 'error',
  severe: 'error',
  warning: 'warn',
  warn: 'warn',
  info: 'info',
  notice: 'info',
  log: 'info',
  debug: 'debug',
  trace: 'debug',
  // .NET
  fail: 'error',
  dbug: 'debug',
  trce: 'debug',
  // PHP
  'recoverable fatal': 'error',
  parse: 'error',
  deprecated: 'info',
  // bunyan and pino write numbers
  '60': 'error',
  '50': 'error',
  '40': 'warn',
  '30': 'info',
  '20': 'debug',
  '10': 'debug',
  e: 'error',
  f: 'error',
  w: 'warn',
  i: 'info',
};

/** Levels that are worse or less than what their letter or number stands for among four. */
const WORDS: Readonly<Record<string, string>> = { f: 'FATAL', '60': 'FATAL', '10': 'TRACE' };

/** What a level that a program wrote is called here: `ERROR` for `err`, `E` and `50`. */
export function levelWord(said: string): string {
  const level = levelNamed(said);
  const isName = said.length === 4 || said.length === 5;
  if (isName || level === '') return said.toUpperCase();
  return Object.hasOwn(WORDS, said.toLowerCase())
    ? (WORDS[said.toLowerCase()] ?? '')
    : level.toUpperCase();
}

/** How severe a level of that name is; empty where it is unknown. */
export function levelNamed(said: string): LogLevel {
  const name = said.toLowerCase();
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? '') : '';
}

/** How severe a line says it is, in the ways in which common loggers say it; empty where it does not. */
export function statedLevel(text: string): LogLevel {
  const isJson = text.startsWith('{');
  const audited = isJson ? auditLevel(text) : null;
  if (audited !== null) return audited;
  const head = headOf(text);
  const said =
    JSON_LEVEL.exec(isJson ? text.slice(0, JSON_HEAD) : head.includes('{') ? head : '')?.[1] ??
    KLOG.exec(head)?.[1] ??
    (head.includes('=') ? LOGFMT_LEVEL.exec(head)?.[2] : undefined) ??
    (head.includes('PHP ') ? PHP.exec(head)?.[1] : undefined) ??
    (head.includes('[') ? BRACKETED.exec(head)?.[1] : undefined) ??
    TABBED.exec(head)?.[1] ??
    WORD.exec(head)?.[1] ??
    DOTNET.exec(head)?.[1];
  if (said !== undefined) return levelNamed(said);
  const status = HTTP.exec(head)?.[1];
  return status === '5' ? 'error' : status === '4' ? 'warn' : '';
}

/** How severe each level is. */
export const LEVEL_RANKS: Readonly<Record<LogLevel, number>> = {
  '': 0,
  debug: 1,
  info: 2,
  warn: 3,
  error: 4,
};

/**
 * How severe a line is by itself: as it says, or an error where it looks like one that a program
 * died of or caught.
 */
export function logLevel(text: string): LogLevel {
  const head = headOf(text);
  // What an error says may have any word in it.
  if (isErrorHead(head)) return 'error';
  return statedLevel(text) || (isFrame(head) ? 'error' : '');
}

const headOf = (text: string): string => (text.length > HEAD ? text.slice(0, HEAD) : text);
