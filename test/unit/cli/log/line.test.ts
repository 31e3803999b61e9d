import { describe, expect, it } from 'vitest';
import { logLine } from '../../../../src/cli/log/line.ts';

const AT = Date.UTC(2026, 0, 2);
const line = (fields: Readonly<Record<string, unknown>>): string =>
  logLine(AT, 'info', 'request', fields);

describe('a line of the log', () => {
  it('is JSON with its time, level and event', () => {
    expect(JSON.parse(line({ path: '/version', ms: 3 }))).toEqual({
      at: '2026-01-02T00:00:00.000Z',
      level: 'info',
      event: 'request',
      path: '/version',
      ms: 3,
    });
  });

  it('is one line that nothing can act on', () => {
    const evil = 'a\nb\r\x1b[2J\x07\x7f\x9b31m\u202e\u2028\u200b\u{e0001}';
    const written = line({ [evil]: evil, error: new Error(evil) });
    expect(written).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(written)).toHaveProperty([evil], evil);
  });

  it('holds no secrets, by their shape or by the name of their field', () => {
    const secrets = [
      'https://user:hunter2@proxy.test:3128/x',
      'https://sts.test/?X-Amz-Signature=hunter2&X-Amz-Security-Token=hunter2',
      'Authorization: Bearer hunter2hunter2',
    ];
    const written = line({
      secrets,
      error: new Error(secrets.join(' ')),
      password: 'hunter2',
      nested: { token: 'hunter2' },
    });
    expect(written.toLowerCase()).not.toContain('hunter2');
    expect(written).toContain('proxy.test:3128');
  });

  it('tells an error with its stack, code and cause', () => {
    const error = Object.assign(new Error('refused', { cause: new Error('socket') }), {
      code: 403,
      hint: 'ask',
    });
    expect(JSON.parse(line({ error }))).toMatchObject({
      error: { message: 'refused', code: 403, hint: 'ask', cause: { message: 'socket' } },
    });
    expect(line({ error })).toContain('line.test.ts');
  });

  it('is bounded, whatever it is given', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    const many = Array.from({ length: 5000 }, (_, i) => i);
    const written = line({ loop, many, long: 'x'.repeat(1e6), run: () => 0, none: undefined });
    expect(written.length).toBeLessThan(4000);
    expect(written).toContain('(1000000 characters)');
  });
});
