/** Lines about answers in HTTP: their status tells how severe they are. */
import type { LogLevel } from './log-buffer.ts';

/** Behind what was asked for: the size of the answer, or why there is none, as Envoy says it. */
const BEHIND = String.raw`(?:\d+|-|[A-Z]{2,5}(?:,[A-Z]{2,5})*)(?=\s|$)`;
const QUOTED = new RegExp(String.raw`" ([1-5]\d\d) ${BEHIND}`);
/** With words for the status, and far behind its beginning: an address may be long. */
const ASKED = /HTTP\/[\d.]{1,3}" ([1-5]\d\d)(?= )/;
const WITHIN = 4096;
/** HAProxy: times, status, bytes. */
const PROXIED = / -?\d{1,9}(?:\/-?\d{1,9}){3,4} ([1-5]\d\d) \+?\d{1,15} /;
const GIN = /^\[GIN\] [\d/: -]{10,40}\|\s{0,5}([1-5]\d\d)\s{0,5}\|/;

/** How severe a status is; empty where it tells of no failure, or is none. */
export function statusLevel(status: string): LogLevel {
  if (!/^[45]\d\d$/.test(status)) return '';
  return status.startsWith('5') ? 'error' : 'warn';
}

/** The status of an answer that a line tells of; empty where it does not. @param head its beginning */
export function accessStatus(text: string, head: string): string {
  return (
    (head.includes('" ') ? QUOTED.exec(head)?.[1] : undefined) ??
    asked(text) ??
    (head.startsWith('[GIN]') ? GIN.exec(head)?.[1] : undefined) ??
    (head.includes('/') ? PROXIED.exec(head)?.[1] : undefined) ??
    ''
  );
}

function asked(text: string): string | undefined {
  const within = text.length > WITHIN ? text.slice(0, WITHIN) : text;
  return within.includes('HTTP/') ? ASKED.exec(within)?.[1] : undefined;
}
