/** Kinds that no file declares: found by name, listed as the server prints them, and told when they go. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import type { FoundColumn, KindRow } from '../../src/domain/kinds.ts';
import type { FoundSink } from '../../src/ports/kube.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { foundRow, kindRow } from '../support/rows.ts';
import { Harness } from './harness.ts';
import { NOW } from './world.ts';

const LIVE: SourceStatus = { ...IDLE, state: 'live', since: NOW, asOf: NOW, synced: true };
const column = (name: string, type = 'string', priority = 0): FoundColumn => ({
  ...{ name, type, priority, format: name === 'Name' ? 'name' : '', description: '' },
});

const WIDGET = kindRow('widgets', 'example.com', 'Widget', {
  shortNames: ['wd'],
  namespaced: true,
});

let h: Harness;
let kinds: Sink<KindRow> | null = null;
let widgets: FoundSink | null = null;

beforeEach(async () => {
  kinds = null;
  widgets = null;
  h = await Harness.start({
    columns: 120,
    rows: 40,
    kube: {
      followKinds: (sink) => {
        kinds = sink;
        sink.status({ ...IDLE, state: 'loading', since: NOW });
        return () => undefined;
      },
      watchKind: (_kind, _scope, sink) => {
        widgets = sink;
        sink.status({ ...IDLE, state: 'loading', since: NOW });
        return () => undefined;
      },
    },
  });
});
afterEach(async () => h.quit());

const title = async () => (await h.line('╭─')) ?? '';
const bottom = async () => (await h.screen()).split('\n').at(-2) ?? '';

async function tellKinds(...rows: readonly KindRow[]): Promise<void> {
  kinds?.relist();
  kinds?.put(rows);
  kinds?.synced();
  kinds?.status(LIVE);
  await h.wait(200);
}

async function printWidgets(): Promise<void> {
  widgets?.columns([
    column('Name'),
    column('Ready'),
    column('Size', 'integer'),
    column('Note', 'string', 1),
    column('Age', 'date'),
  ]);
  const row = (name: string, ready: string, size: number) =>
    foundRow({ name, namespace: 'shop', cells: [name, ready, size, `note ${name}`, '3h'] });
  widgets?.put([row('a', 'True', 2), row('b', 'False', 10)]);
  widgets?.synced();
  widgets?.status(LIVE);
  await h.wait(200);
}

it('are waited for where the cluster has not told of them yet, and the line is not lost', async () => {
  await h.press(':', 'wd', 'enter');
  expect(await bottom()).toContain('asking prod-eu whether it has wd…');
  await tellKinds(WIDGET);
  expect(await title()).toContain('Widgets(all)[?]');
});

it('take the columns that the server prints, the wide ones with ctrl-w', async () => {
  await tellKinds(WIDGET);
  await h.press(':', 'widget', 'enter');
  await printWidgets();
  expect(await h.line('SIZE')).toMatch(/NAMESPACE +NAME.* READY.* SIZE.* AGE/);
  expect(await h.line(' b ')).toMatch(/shop +b +False +10/);
  await h.press('ctrl-w');
  expect(await h.line(' b ')).toContain('note b');
});

it('are sorted, filtered by their own columns and narrowed to what is wrong', async () => {
  await tellKinds(WIDGET);
  await h.press(':', 'widgets /size:>5', 'enter');
  await printWidgets();
  expect(await title()).toContain('[1/2] /size:>5');
  await h.press('/', 'enter', 'esc');
  await h.press('!');
  expect(await title()).toContain('[1/2]');
  expect(await h.line(' b ')).toContain('False');
});

it('cannot write to the terminal by what their author called their columns', async () => {
  const hostile = kindRow('evils', 'example.com', 'Evil\u001b[2J', { namespaced: true });
  await tellKinds(hostile);
  await h.press(':', 'evils', 'enter');
  widgets?.columns([
    column('Name'),
    column('Ready\u001b[2J\u001b]0;owned\u0007'),
    column('名前\u202e'),
  ]);
  widgets?.put([foundRow({ name: 'a', namespace: 'shop', cells: ['a', 'True', 'x'] })]);
  widgets?.synced();
  widgets?.status(LIVE);
  await h.wait(200);
  const screen = await h.screen();
  expect(screen).toContain('READY');
  expect(screen).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(screen).toContain('prod-eu');
  // Heads stand over their columns, however wide their letters are.
  const [border] = screen.split('\n').filter((line) => line.includes('READY'));
  expect(border?.endsWith('│')).toBe(true);
});

it('say that there are none of that name once the cluster has told', async () => {
  await h.press(':', 'gizmos', 'enter');
  await tellKinds(WIDGET);
  expect(await bottom()).toContain("no resource or command 'gizmos'");
});

it('that are none of one name alone are told apart by their groups', async () => {
  await tellKinds(WIDGET, kindRow('widgets', 'other.io', 'Widget'));
  await h.press(':', 'widgets', 'enter');
  expect(await bottom()).toContain(
    "'widgets' may be any of 2: widgets.example.com, widgets.other.io",
  );
});
