import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogLines, Resume, type LogLine } from '../../../../src/sources/kube/log-lines.ts';

const stamp = (ns: number): string =>
  `2026-01-01T00:00:0${Math.floor(ns / 1e9)}.${String(ns % 1e9).padStart(9, '0')}Z`;

function read(bytes: Buffer, size: number): LogLine[] {
  const lines = new LogLines();
  const found: LogLine[] = [];
  for (let at = 0; at < bytes.length; at += size)
    found.push(...lines.push(bytes.subarray(at, at + size)));
  return [...found, ...lines.end()];
}

describe('log lines', () => {
  it('come out whole, however the stream and its characters were cut', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !/[\n\r]/.test(one));
    fc.assert(
      fc.property(fc.array(text), fc.integer({ min: 1, max: 30 }), (texts, size) => {
        const bytes = Buffer.from(texts.map((one, i) => `${stamp(i)} ${one}\n`).join(''));
        expect(read(bytes, size)).toEqual(texts.map((one, i) => ({ time: stamp(i), text: one })));
      }),
    );
  });

  it.each([
    ['2026-01-01T00:00:00.5Z short fraction', '2026-01-01T00:00:00.5Z', 'short fraction'],
    [
      '2026-01-01T00:00:00.123456789+02:00 with a zone',
      '2026-01-01T00:00:00.123456789+02:00',
      'with a zone',
    ],
    ['2026-01-01T00:00:00.123456789Z ', '2026-01-01T00:00:00.123456789Z', ''],
    [
      '2026-01-01T00:00:00.123456789Z carriage return\r',
      '2026-01-01T00:00:00.123456789Z',
      'carriage return',
    ],
    ['failed to watch file "/var/log"', '', 'failed to watch file "/var/log"'],
  ])('%j', (line, time, text) => {
    expect(read(Buffer.from(`${line}\n`), 1000)).toEqual([{ time, text }]);
  });

  it('a last line without its line break is delivered at the end', () => {
    expect(read(Buffer.from('a\nb'), 10).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('a line without an end does not fill the memory', () => {
    const lines = new LogLines();
    const chunk = Buffer.alloc(100_000, 'x');
    expect(lines.push(chunk)).toHaveLength(0);
    expect(lines.push(chunk)).toHaveLength(0);
    expect(lines.push(chunk)[0]?.text).toHaveLength(300_000);
  });
});

describe('a resumed stream', () => {
  it('delivers every line once, whatever was cut and repeated', () => {
    // Non-decreasing times, several lines at the same one.
    const log = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(log, fc.array(fc.nat(40), { maxLength: 4 }), (steps, cuts) => {
        let at = 0;
        const lines = steps.map((step, i) => ({
          time: stamp((at += step * 3e8)),
          text: String(i),
        }));
        const resume = new Resume();
        const delivered: string[] = [];
        for (const cut of [...cuts.sort((a, b) => a - b), lines.length]) {
          resume.begin();
          // The kubelet begins at the second of the last delivered line.
          const second = resume.time.slice(0, 19);
          const from = lines.findIndex(({ time }) => time.slice(0, 19) >= second);
          for (const line of lines.slice(Math.max(from, 0), cut)) {
            delivered.push(...resume.fresh([line]).map(({ text }) => text));
          }
        }
        expect(delivered).toEqual(lines.map(({ text }) => text));
      }),
    );
  });

  it('compares times, not their texts', () => {
    const resume = new Resume();
    resume.fresh([{ time: '2026-01-01T00:00:00.5Z', text: 'a' }]);
    resume.begin();
    const fresh = resume.fresh([
      { time: '2026-01-01T01:00:00.500+01:00', text: 'a' },
      { time: '2026-01-01T00:00:00.55Z', text: 'b' },
    ]);
    expect(fresh.map(({ text }) => text)).toEqual(['b']);
  });
});
