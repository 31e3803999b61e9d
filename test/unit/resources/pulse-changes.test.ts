import { expect, it } from 'vitest';
import type { ChangeRow } from '../../../src/domain/rows.ts';
import { IDLE } from '../../../src/domain/status.ts';
import { changes } from '../../../src/domain/tables/changes.ts';
import type { Query } from '../../../src/ports/query.ts';
import { changesSection } from '../../../src/resources/pulse/changes.ts';

const NOW = 1_000_000;
/** Nothing is known of the objects that the changes are of. */
const query = { named: () => undefined } as unknown as Query;

const scaled = (uid: string, given: Partial<ChangeRow> = {}): ChangeRow => ({
  ...changes.blank,
  ...{ uid, at: NOW, kind: 'Deployment', namespace: 'shop', name: 'web' },
  ...{ change: 'scaled', who: 'HPA web', what: `replicas to ${uid}` },
  ...given,
});

function linesOf(rows: readonly ChangeRow[]) {
  const section = changesSection(
    { changes: rows, changesCount: rows.length, changesStatus: IDLE, now: NOW },
    query,
  );
  return section.lines.map(({ fields }) => {
    const targets = fields.map((field) => field.link?.target);
    const only = targets.find((target) => target !== undefined && 'only' in target)?.only as
      ((row: ChangeRow) => boolean) | undefined;
    return {
      count: fields[2]?.cell,
      object: fields.at(-2)?.cell,
      said: fields.at(-1)?.cell,
      opens: rows.filter((row) => only?.(row)).map(({ uid }) => uid),
    };
  });
}

it('tells how often it happened, by whom and why, and opens it', () => {
  const lines = linesOf([
    scaled('9', { count: 3, why: 'cpu above target' }),
    scaled('r', { change: 'rollout', who: 'kubectl', what: 'web:v1 → v2' }),
  ]);
  expect(lines).toMatchObject([
    {
      count: '3×',
      said: [['replicas to 9 · cpu above target by HPA web', 'muted']],
      opens: ['9'],
    },
    { count: '', said: [['web:v1 → v2 by kubectl', 'muted']], opens: ['r'] },
  ]);
});

it('names no kind where a cause is counted over several', () => {
  const many = { name: '', change: 'restarted', who: '', count: 9 } as const;
  const objects = [scaled('a', { ...many, kind: '' }), scaled('b', { ...many, kind: 'Pod' })].map(
    (row) => linesOf([row])[0]?.object,
  );
  expect(objects).toEqual(['several objects', 'several pods']);
});

it('counts what is not shown of all that there are', () => {
  const rows = [scaled('1'), scaled('2')];
  const section = changesSection(
    { changes: rows, changesCount: 1_068, changesStatus: IDLE, now: NOW },
    query,
  );
  expect(section.rest?.(1).fields[0]?.cell).toEqual([['  … 1,067 more', 'accent']]);
});
