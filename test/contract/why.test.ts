import { describe, expect, it } from 'vitest';
import type { BaseRow } from '../../src/domain/rows.ts';
import { finished } from '../../src/core/work.ts';
import { answerOf, type World } from '../../src/domain/why/finding.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { untyped } from '../../src/ui/resource/row-resource.ts';
import { whySections } from '../../src/resources/why.ts';
import { plain } from '../../src/core/styled.ts';
import { recordedRows } from './sample-rows.ts';

const now = Date.UTC(2026, 10, 24, 4, 4, 6);

/** The recorded cluster; `refusal` is why nothing else of it may be read, if it may not. */
const worldOf = (refusal: string): World => ({
  now,
  *each(table, visit) {
    yield;
    if (refusal === '') for (const row of recordedRows(table)) visit(row as never);
  },
  named: (table, namespace, name) =>
    ((refusal === '' &&
      recordedRows(table).find((row) => row.name === name && row.namespace === namespace)) ||
      null) as never,
  unread: () => refusal,
  events: () =>
    refusal === '' ? { state: 'known', value: [] } : { state: 'unread', why: refusal },
  object: () => (refusal === '' ? { state: 'absent' } : { state: 'unread', why: refusal }),
  other: () => (refusal === '' ? { state: 'absent' } : { state: 'unread', why: refusal }),
});

const worlds = [
  ['all may be read', worldOf('')],
  ['nothing may be read', worldOf('pods are forbidden to dev')],
] as const;

const explained = RESOURCES.map(untyped).filter(({ why }) => why !== undefined);

describe.each(explained)('why of $id', ({ table, why }) => {
  const rows: readonly BaseRow[] = recordedRows(table);
  it.each(worlds)('is told in a sentence with what it rests on: %s', (_, world) => {
    for (const row of rows) {
      const finding = finished(answerOf(why?.(row, world) ?? null));
      if (finding === null) continue;
      expect(finding.sentence).toMatch(/^[^\n]+[^\n.]$/);
      expect(finding.evidence.length + finding.unread.length).toBeGreaterThan(0);
      const text = whySections(finding, { now, time: 'age' })
        .flatMap(({ lines }) => lines)
        .map((line) => plain(line as string));
      expect(text.join('\n')).not.toMatch(/undefined|\[object|NaN/);
    }
  });
});
