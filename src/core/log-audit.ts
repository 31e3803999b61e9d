/** Audit events of Kubernetes, as sentences: who asked for what, and what came of it. */
import type { LogLevel } from './log-buffer.ts';
import type { LogField, LogRecord } from './log-parts.ts';
import { sanitize } from './text.ts';

/** What all of them begin with: their first two fields are written in this order. */
const HEAD = '{"kind":"Event","apiVersion":"audit.k8s.io/';
const STATUS = /"responseStatus":\{(?:[^{}]|\{[^{}]*\})*?"code":(\d{3})/;
/** The status stands behind what was asked for and by whom, which is longer with some (UTF-16 units). */
const STATUS_WITHIN = 16 * 1024;

/** Told by the sentence, or the same in all. */
const SPARED = new Set(['kind', 'apiVersion', 'user', 'responseStatus', 'objectRef']);

/** How bad the answer is that an audit event tells of; null where the text is none. */
export function auditLevel(text: string): LogLevel | null {
  if (!text.startsWith(HEAD)) return null;
  return levelOf(STATUS.exec(text.slice(0, STATUS_WITHIN))?.[1] ?? '');
}

/** What is refused is worth a look; what is not found, or there already, is asked for all the time. */
function levelOf(code: string): LogLevel {
  if (code.startsWith('5')) return 'error';
  return code === '401' || code === '403' || code === '429' ? 'warn' : 'info';
}

/**
 * The record of an audit event, with fields to filter by: `user`, `verb`, `code`, `resource`.
 * @param fields of its object, what is nested as JSON
 * @returns null where they are of none
 */
export function auditRecord(fields: readonly LogField[]): LogRecord | null {
  const given = new Map(fields);
  if (given.get('kind') !== 'Event') return null;
  if (given.get('apiVersion')?.startsWith('audit.k8s.io/') !== true) return null;
  const nested = (name: string): Readonly<Record<string, unknown>> => objectIn(given.get(name));
  const said = (name: string): string => sanitize(given.get(name) ?? '');
  const { username, groups } = nested('user');
  const { code } = nested('responseStatus');
  const { resource, subresource } = nested('objectRef');
  const what = [word(resource), word(subresource)].filter((part) => part !== '').join('/');
  const message = [said('verb'), said('requestURI'), word(code)].filter((part) => part !== '');
  const own: LogField[] = [
    ['user', word(username)],
    ['code', word(code)],
    ['resource', what],
    ['groups', Array.isArray(groups) ? groups.map(word).join(',') : ''],
  ];
  const rest = fields.filter(([name]) => !SPARED.has(name) && name !== RECEIVED);
  return {
    time: said(RECEIVED),
    level: levelOf(word(code)).toUpperCase(),
    message: message.join(' '),
    fields: [
      ...own.filter(([, value]) => value !== ''),
      ...rest.map(([name, value]): LogField => [sanitize(name), sanitize(value)]),
    ],
  };
}

const RECEIVED = 'requestReceivedTimestamp';

function objectIn(json: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const word = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? sanitize(String(value)) : '';
