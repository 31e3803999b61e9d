/** Wherever foreign text leaves the program, it says what it is and does nothing. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { format } from '../../src/cli/table.ts';
import { clipboardText } from '../../src/core/encode.ts';
import { shellWord } from '../../src/core/shell.ts';
import { sanitize } from '../../src/core/text.ts';
import type { SourceStatus } from '../../src/domain/status.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import { textColumn } from '../../src/resources/columns.ts';
import type { Column } from '../../src/resources/define.ts';
import { createPainter, loadTheme } from '../../src/theme/index.ts';
import { headerLine } from '../../src/ui/chrome/header.ts';
import { copySequence } from '../../src/ui/terminal/clipboard.ts';
import { ACTING, HOSTILE } from '../support/hostile.ts';
import { podRow } from '../support/rows.ts';

const CTX = { now: 0, time: 'age' } as const;
const columns: readonly Column<BaseRow>[] = [
  textColumn({ id: 'name', title: 'NAME', description: 'Name.', tier: 0 }, ({ name }) => name),
];
const printed = (as: 'table' | 'wide' | 'json' | 'yaml' | 'csv' | 'name', text: string): string =>
  format([podRow({ name: text })], { format: as, columns, singular: 'pod', width: null }, CTX);

const header = (text: string): string => {
  const live: SourceStatus = { ...IDLE, state: 'live', synced: true };
  const info = {
    version: text,
    user: text,
    realUser: '',
    server: text,
    region: text,
    account: text,
    roundTrip: 1,
    clockOffset: 0,
    insecure: null,
    readonly: true,
    awsEndpoint: text,
  };
  const counts = { clusters: 1, groups: 1, nodes: 1, pods: 1, problems: 0, namespace: text };
  const cluster = { title: text, info, health: live };
  const painter = createPainter(loadTheme('mono', 'themes', 'none'), 'none');
  const painted = painter.paint(
    headerLine({ cluster, scopes: text, place: '', counts, now: 0 }, 200),
  );
  // Bold and dim are the painter's own.
  return painted.replace(/\x1b\[\d*m/g, '');
};

const copied = (text: string): string => {
  const { sequence } = copySequence(clipboardText(text), {});
  return Buffer.from(sequence.slice('\x1b]52;c;'.length, -1), 'base64').toString();
};

const SINKS: readonly (readonly [sink: string, write: (text: string) => string])[] = [
  ['a cell', (text) => sanitize(text)],
  ['the header', header],
  ['the clipboard', copied],
  ['a shell line', shellWord],
  ['get -o table', (text) => printed('table', text)],
  ['get -o wide', (text) => printed('wide', text)],
  ['get -o name', (text) => printed('name', text)],
  ['get -o json', (text) => printed('json', text)],
  ['get -o yaml', (text) => printed('yaml', text)],
  ['get -o csv', (text) => printed('csv', text)],
];

describe.each(SINKS)('%s', (_sink, write) => {
  it.each(HOSTILE.map((text) => [text]))('takes %j', (text) => {
    expect(write(text)).not.toMatch(ACTING);
  });
});

describe('what is escaped', () => {
  it.each(HOSTILE.map((text) => [text]))('means the same: %j', (text) => {
    const own = text.isWellFormed() ? text : text.toWellFormed();
    const name = (read: unknown): unknown => (read as readonly { name: unknown }[])[0]?.name;
    expect(name(JSON.parse(printed('json', text)))).toBe(text);
    expect(String(name(parse(printed('yaml', text)))).toWellFormed()).toBe(own);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1'])('is no formula in CSV: %j', (text) => {
    expect(printed('csv', text).split('\n')[1]).toMatch(/^"?'|^"?[^=+\-@\t]/);
  });

  it('stays a number in CSV where it is one', () => {
    expect(printed('csv', '-5')).toBe('name\n-5\n');
  });

  it('is one line of the clipboard for one line of text', () => {
    expect(copied('a\r\tb\x1b[2J\nc')).not.toContain('\x1b');
    expect(copied('one\ttwo\nthree')).toBe('one\ttwo\nthree');
  });
});
