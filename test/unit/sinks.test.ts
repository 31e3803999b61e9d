/** Wherever foreign text leaves the program, it says what it is and does nothing. */
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { writeAudit, type AuditLog } from '../../src/actions/engine/audit.ts';
import { told } from '../../src/cli/output.ts';
import { format } from '../../src/cli/table.ts';
import { LogBuffer } from '../../src/core/log-buffer.ts';
import { plainLines } from '../../src/core/encode.ts';
import { shellWord } from '../../src/core/shell.ts';
import { plain } from '../../src/core/styled.ts';
import { sanitize } from '../../src/core/text.ts';
import { contextKey } from '../../src/domain/cluster-key.ts';
import type { SourceStatus } from '../../src/domain/status.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import { textColumn } from '../../src/resources/columns.ts';
import type { Column } from '../../src/resources/define.ts';
import type { LogSession } from '../../src/session/index.ts';
import { createPainter, loadTheme } from '../../src/theme/index.ts';
import { headerLine } from '../../src/ui/chrome/header.ts';
import { emptyLines } from '../../src/ui/logs/empty.ts';
import { linesText } from '../../src/ui/logs/lines-text.ts';
import type { LogMember } from '../../src/ui/logs/member.ts';
import { prefixesOf } from '../../src/ui/logs/prefix.ts';
import { LogScroll } from '../../src/ui/logs/scroll.ts';
import { saveText } from '../../src/ui/save.ts';
import { rowsAsCsv } from '../../src/ui/table/csv.ts';
import { copySequence } from '../../src/ui/terminal/clipboard.ts';
import { ACTING, HOSTILE } from '../support/hostile.ts';
import { podRow } from '../support/rows.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { setUp } from './ui/terminal/fakes.ts';

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
  const counts = { counts: [{ one: 'pod', n: 1 }], problems: 0, namespace: text };
  const cluster = { title: text, info, health: live };
  const painter = createPainter(loadTheme('mono', 'themes', 'none'), 'none');
  const painted = painter.paint(
    headerLine({ cluster, scopes: text, place: '', counts, now: 0 }, 200),
  );
  // Bold and dim are the painter's own.
  return painted.replace(/\x1b\[\d*m/g, '');
};

const copied = (text: string): string => {
  const { sequence } = copySequence(plainLines(text), {});
  return Buffer.from(sequence.slice('\x1b]52;c;'.length, -1), 'base64').toString();
};

const audited = async (text: string): Promise<string> => {
  let written = '';
  const who = { cluster: text, user: text, realUser: text, action: 'scale' };
  const what = { targets: [text], values: { replicas: text }, commands: [text], result: text };
  const when = {
    ts: '2026-01-01T00:00:00Z',
    phase: 'result',
    id: '1',
    pid: 1,
    title: text,
  } as const;
  const log: AuditLog = {
    write: (line) => void (written = line),
    recent: () => Promise.resolve([]),
    pid: 1,
    isAlive: () => true,
  };
  await writeAudit(log, { ...who, ...what, ...when });
  return written;
};

/** A file as the `save` key writes it. */
const saved = async (text: string): Promise<string> => {
  const path = await saveText(tempFolder(), 'x.txt', plainLines(text), 0);
  return readFileSync(path, 'utf8');
};

/** The title as the terminal gets it. */
const titled = (text: string): string => {
  const { terminal, stdout } = setUp();
  const before = stdout.vt.writes.length;
  terminal.setTitle(text);
  const written = stdout.vt.writes.slice(before).join('');
  terminal.restore();
  const [, inside] = /^\x1b\[22;[02]t\x1b\]2;(.*)\x07$/s.exec(written) ?? [];
  if (inside === undefined) throw new Error(`no title: ${JSON.stringify(written)}`);
  return inside;
};

const CLUSTER = contextKey('x');

/** What stands before a line of a log, and what a log pane says that has none. */
const logged = (text: string): string => {
  const source = { index: 0, cluster: CLUSTER, namespace: text, pod: text, container: text };
  const other = { ...source, index: 1, pod: `other ${text}`, container: `other ${text}` };
  const sources = [source, other].map((each) => ({
    ...each,
    ...{ state: 'failed' as const, reason: text, cutAt: 0 },
  }));
  const member: LogMember = {
    ...{ cluster: CLUSTER, name: text, connection: null, refusal: text },
    ...{ tone: 'cluster1', part: null, needs: [] },
  };
  const session = { sources, buffer: new LogBuffer(1) } as unknown as LogSession;
  const painter = createPainter(loadTheme('mono', 'themes', 'none'), 'none');
  const empty = emptyLines({ session, beside: [member], filtered: false, now: 0 }, painter, {
    ...{ columns: 200, rows: 10 },
  });
  const heads = prefixesOf(sources, [member], 200).cells.map(plain);
  return [...heads, ...empty].join('').replace(/\x1b\[\d*m/g, '');
};

/** A saved log: one line of text in one line. */
const savedLog = (text: string): string => {
  const buffer = new LogBuffer(1);
  buffer.push({ time: '', source: 0, text: 'x', styled: null, level: '', at: 0, continues: false });
  const source = { cluster: CLUSTER, pod: text, container: text };
  const beside = [{ cluster: CLUSTER, name: text }] as unknown as readonly LogMember[];
  const session = { buffer, sources: [source] } as unknown as LogSession;
  return linesText(session, beside, new LogScroll(buffer)).slice(0, -1);
};

type Write = (text: string) => string | Promise<string>;
/** Each sink, and which characters that act are its own: it keeps the lines of what it is given. */
const SINKS: readonly (readonly [sink: string, own: string, write: Write])[] = [
  ['a cell', '', (text) => sanitize(text)],
  ['the header', '', header],
  ['the title', '', titled],
  ['a log pane', '', logged],
  ['a saved log', '', savedLog],
  ['the clipboard', '\n\t', copied],
  ['a saved file', '\n\t', saved],
  ['a saved table', '\n', (text) => rowsAsCsv(columns, [podRow({ name: text })], CTX)],
  ['the audit log', '', audited],
  ['stderr', '\n', told],
  ['a shell line', '', shellWord],
  ['get -o table', '\n', (text) => printed('table', text)],
  ['get -o wide', '\n', (text) => printed('wide', text)],
  ['get -o name', '\n', (text) => printed('name', text)],
  ['get -o json', '\n', (text) => printed('json', text)],
  ['get -o yaml', '\n', (text) => printed('yaml', text)],
  ['get -o csv', '\n', (text) => printed('csv', text)],
];

describe.each(SINKS)('%s', (_sink, own, write) => {
  it.each(HOSTILE.map((text) => [text]))('takes %j', async (text) => {
    const written = (await write(text)).replace(/[\n\t]/g, (char) =>
      own.includes(char) ? '' : char,
    );
    expect(written).not.toMatch(ACTING);
  });
});

describe('what is escaped', () => {
  it.each(HOSTILE.map((text) => [text]))('means the same: %j', (text) => {
    const own = text.isWellFormed() ? text : text.toWellFormed();
    const name = (read: unknown): unknown => (read as readonly { name: unknown }[])[0]?.name;
    expect(name(JSON.parse(printed('json', text)))).toBe(text);
    expect(String(name(parse(printed('yaml', text)))).toWellFormed()).toBe(own);
  });

  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1', '\n=1+1', '  =1+1', '＝1+1'])(
    'is no formula in CSV: %j',
    (text) => {
      expect(printed('csv', text).slice('name\n'.length)).toMatch(/^"?'/);
    },
  );

  it('stays a number in CSV where it is one', () => {
    expect(printed('csv', '-5')).toBe('name\n-5\n');
  });

  it('is one line of the clipboard for one line of text', () => {
    expect(copied('a\r\tb\x1b[2J\nc')).not.toContain('\x1b');
    expect(copied('one\ttwo\nthree')).toBe('one\ttwo\nthree');
  });
});
