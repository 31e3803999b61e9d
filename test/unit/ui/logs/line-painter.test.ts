import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../../src/core/log-buffer.ts';
import { readLogText } from '../../../../src/core/log-text.ts';
import { Pattern } from '../../../../src/core/pattern.ts';
import { plain } from '../../../../src/core/styled.ts';
import { textWidth } from '../../../../src/core/text.ts';
import type { Painter } from '../../../../src/theme/index.ts';
import { lineHeight, paintLine, type LineStyle } from '../../../../src/ui/logs/line-painter.ts';

let painted = 0;
const painter: Painter = {
  theme: 'test',
  depth: 'none',
  tone: (text) => text,
  paint: (cell) => {
    painted += plain(cell).length;
    return plain(cell);
  },
};
const STYLE: LineStyle = {
  columns: 40,
  wrap: false,
  timestamps: 'off',
  structured: 'utc',
  fields: [],
  shift: 0,
  prefixes: [],
  highlight: null,
  found: null,
  painter,
};
const line = (raw: string, time = '2026-01-01T00:00:01.123456789Z'): LogLine => ({
  time,
  source: 0,
  level: '',
  at: 0,
  continues: false,
  ...readLogText(raw),
});

const piece = fc.constantFrom(
  'a',
  ' ',
  '日',
  'e\u0301',
  '🚀',
  '\t',
  '\x1b[31m',
  '\x1b[0m',
  '\x9d',
  'é',
);
const words = fc.array(piece, { maxLength: 120 }).map((parts) => parts.join(''));
const raw = fc.oneof(
  words,
  fc
    .tuple(words, words)
    .map(([msg, other]) => JSON.stringify({ time: '2026-01-01T00:00:00Z', msg, other })),
);
const style = fc.record({
  columns: fc.integer({ min: 1, max: 60 }),
  wrap: fc.boolean(),
  shift: fc.integer({ min: 0, max: 60 }),
  timestamps: fc.constantFrom('off' as const, 'utc' as const, 'local' as const),
  structured: fc.constantFrom('raw' as const, 'utc' as const),
  highlight: fc.constantFrom(null, 'a+', '日'),
});

describe('a painted line', () => {
  it('is never wider than the screen, and wrapped it is whole', () => {
    fc.assert(
      fc.property(raw, style, (text, { highlight, ...rest }) => {
        const shown = { ...STYLE, ...rest, highlight: highlight && new Pattern(highlight) };
        const one = line(text);
        const rows = paintLine(one, false, shown);
        expect(rows).toHaveLength(lineHeight(one, shown));
        const room = rest.columns > 18;
        if (room) for (const row of rows) expect(textWidth(row)).toBeLessThanOrEqual(rest.columns);
        if (rest.wrap) {
          const middle = Math.floor(rows.length / 2);
          expect([
            ...paintLine(one, false, shown, 0, middle),
            ...paintLine(one, false, shown, middle),
          ]).toEqual(rows);
        }
      }),
    );
  });

  it('says on either side that it goes on', () => {
    const long = line('0123456789'.repeat(10));
    expect(paintLine(long, false, { ...STYLE, columns: 12 })).toEqual([' 0123456789›']);
    expect(paintLine(long, false, { ...STYLE, columns: 12, shift: 20 })).toEqual([' ‹123456789›']);
    expect(paintLine(long, false, { ...STYLE, columns: 12, shift: 89 })).toEqual([' ‹0123456789']);
  });

  it('has a blank where it has no stamp', () => {
    const stamped = paintLine(line('x'), false, { ...STYLE, timestamps: 'utc' });
    const bare = paintLine(line('x', ''), false, { ...STYLE, timestamps: 'utc' });
    expect(stamped).toEqual([' 00:00:01.123Z x']);
    expect(bare).toEqual(['               x']);
  });

  it('of JSON is time, level, message and fields, or as it was written', () => {
    const text = '{"time":"2026-01-01T01:02:03Z","level":"info","msg":"up","a":1,"b":"x y"}';
    const wide = { ...STYLE, columns: 100 };
    expect(paintLine(line(text), false, wide)).toEqual([' 01:02:03.000Z INFO  up a=1 b="x y"']);
    expect(paintLine(line(text), false, { ...wide, structured: 'raw' })).toEqual([` ${text}`]);
    // The stamp in front tells the time already.
    expect(paintLine(line(text), false, { ...wide, timestamps: 'utc' })).toEqual([
      ' 00:00:01.123Z INFO  up a=1 b="x y"',
    ]);
  });

  it('has columns for chosen fields, of one width, blank where a line does not say', () => {
    const fields = [{ name: 'status', width: 4 }];
    const of = (more: string): string => `{"level":"info","msg":"up"${more},"a":1}`;
    const painted = ['', ',"status":200', ',"status":"refused"'].flatMap((more) =>
      paintLine(line(of(more)), false, { ...STYLE, columns: 100, fields }),
    );
    expect(painted).toEqual([' INFO       up a=1', ' INFO  200  up a=1', ' INFO  ref… up a=1']);
  });

  it.each([
    ['1767229323', '01:02:03.000Z'],
    ['1767229323.5', '01:02:03.500Z'],
    ['1767229323456', '01:02:03.456Z'],
    ['1767229323456789012', '01:02:03.456Z'],
    ['"2026-01-01T02:02:03.456+01:00"', '01:02:03.456Z'],
    ['"2026-01-01 01:02:03,456"', '01:02:03,456'],
    ['"9999-99-99T99:99:99Z"', '9999-99-99T99:99:99Z'],
    ['"now"', 'now'],
  ])('tells the time %s as %s', (time, shown) => {
    const text = `{"time":${time},"msg":"up"}`;
    expect(paintLine(line(text), false, STYLE)).toEqual([` ${shown} up`]);
  });

  it('costs what shows of it, not what it is long, wherever in it one is', () => {
    for (const text of ['x'.repeat(1_000_000), '日é'.repeat(300_000), 'a\tb'.repeat(200_000)]) {
      const long = line(text);
      const wrapped = { ...STYLE, wrap: true, highlight: new Pattern('[a-z]') };
      const height = lineHeight(long, wrapped);
      expect(height).toBeGreaterThan(20_000);
      for (const from of [0, Math.floor(height / 2), height - 20]) {
        painted = 0;
        expect(paintLine(long, false, wrapped, from, 20)).toHaveLength(20);
        expect(painted).toBeLessThanOrEqual(20 * 40);
      }
      painted = 0;
      paintLine(long, false, { ...STYLE, shift: 500_000 });
      expect(painted).toBeLessThanOrEqual(40);
    }
  });
});
