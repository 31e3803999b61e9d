/** Objects of Gateway API as their server has them, and what their panes say of them. */
import { plain } from '../../src/core/styled.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import type { Column } from '../../src/resources/define.ts';

export const NOW = Date.parse('2026-11-24T06:00:00Z');
export const ctx = { now: NOW, time: 'age' } as const;
export const metadata = (name: string, minutes = 60, more: object = {}): object => ({
  ...{ name, namespace: 'shop', uid: name },
  creationTimestamp: new Date(NOW - minutes * 60_000).toISOString(),
  ...more,
});
export const condition = (type: string, status: string, reason = type, message = ''): object => ({
  ...{ type, status, reason, message, observedGeneration: 1 },
  lastTransitionTime: '2026-11-24T05:00:00Z',
});
export const said = <Row extends BaseRow>(
  { columns }: { readonly columns: readonly Column<Row>[] },
  id: string,
  row: Row,
): string => plain(columns.find((column) => column.id === id)?.cell?.(row, ctx) ?? '');

export const PARENT = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'web' };

export const TAKEN = [condition('Accepted', 'True'), condition('ResolvedRefs', 'True')];
