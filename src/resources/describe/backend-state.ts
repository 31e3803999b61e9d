import type { Segment } from '../../core/styled.ts';
import { serviceHealth } from '../../domain/health.ts';
import type { Query } from '../../ports/query.ts';
import { status } from '../cells.ts';
import type { RowContext } from '../define.ts';

/** Whether somebody answers behind a service that something sends to: `✓ 3 ready`. */
export function backendState(
  namespace: string,
  name: string,
  query: Query,
  ctx: RowContext,
): readonly Segment[] {
  const service = query.named('services', namespace, name);
  if (service === undefined) {
    const known = query.status('services').synced;
    return known ? [['✗ no such service', 'bad']] : [['?', 'muted']];
  }
  if (service.type === 'ExternalName') return [[`a name for ${service.external}`, 'muted']];
  const { endpointsReady: ready } = service;
  if (ready === null) return [['?', 'muted']];
  const said = status(`${ready} ready`, serviceHealth(service, ctx.now));
  return typeof said === 'string' ? [[said, 'text']] : said;
}
