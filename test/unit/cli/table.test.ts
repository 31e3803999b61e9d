import { expect, it } from 'vitest';
import { format } from '../../../src/cli/table.ts';
import { findResource } from '../../../src/resources/index.ts';
import type { Column } from '../../../src/resources/define.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { podRow } from '../../support/rows.ts';

const NOW = Date.UTC(2026, 0, 1);
const columns = (findResource('pods')?.columns ?? []) as readonly Column<PodRow>[];
const print = (as: Parameters<typeof format>[3], row: PodRow): string =>
  format([row], columns, { now: NOW, time: 'age' }, as, 'pod');

const pod = podRow({
  name: 'api-0',
  namespace: 'shop',
  status: 'Running',
  cause: 'a "quoted", one',
  cpu: 0.25,
  memory: null,
});

it('a table is what the pane says, without the signs for the eye', () => {
  const [head = '', line = ''] = print('table', pod).split('\n');
  expect(head).toMatch(/^NAMESPACE +NAME +READY +STATUS/);
  expect(line).toMatch(/^shop +api-0 +\d\/\d +Running/);
  expect(line).toContain('250m');
});

it('JSON has raw values by column id, null for what is not known', () => {
  const [row] = JSON.parse(print('json', pod)) as [Record<string, unknown>];
  expect(row).toMatchObject({ name: 'api-0', namespace: 'shop', cpu: 0.25, memory: null });
});

it('CSV quotes what needs it', () => {
  expect(print('csv', pod)).toContain('"a ""quoted"", one"');
});

it('nothing that is printed acts on the terminal', () => {
  const evil = { ...pod, name: 'a\x1b[2J', cause: '\x1b]52;c;ZXZpbA==\x07\u202ered\x9b31m' };
  for (const as of ['table', 'wide', 'csv', 'name'] as const) {
    expect(print(as, evil)).not.toMatch(/[\x1b\x07\x9b\u202e]/);
  }
});

it('names are as kubectl takes them', () => {
  expect(print('name', pod)).toBe('pod/api-0\n');
});
