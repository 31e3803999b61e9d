/** What EKS's insights come to, in words. */
import { bad, OK, warn, type Health } from './health.ts';
import type { InsightRow } from './tables/insights.ts';

/** `1.36` of what blocks it, with who calls what goes away; empty where it passes. */
export function insightCause({ deprecated, addons, reason, status }: InsightRow): string {
  if (status === 'PASSING') return '';
  const uses = deprecated.filter(({ clients }) => clients.length > 0);
  const [use] = uses;
  if (use !== undefined) {
    const [client] = [...use.clients].sort((a, b) => (b.requests ?? 0) - (a.requests ?? 0));
    const more = uses.length > 1 ? ` and ${uses.length - 1} more` : '';
    return `${client?.agent ?? 'somebody'} calls ${use.usage}, gone in ${use.stopsIn || '?'}${more}`;
  }
  if (addons.length > 0)
    return `${addons.map(({ name }) => name).join(', ')} must be updated first`;
  return reason;
}

/** An insight: an error blocks what it is about. */
export function insightHealth(row: InsightRow): Health {
  if (row.status === 'ERROR') return bad(insightCause(row));
  return row.status === 'WARNING' ? warn(insightCause(row)) : OK;
}
