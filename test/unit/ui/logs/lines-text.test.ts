import { expect, it } from 'vitest';
import { LogBuffer } from '../../../../src/core/log-buffer.ts';
import { contextKey } from '../../../../src/domain/cluster-key.ts';
import type { LogSession } from '../../../../src/session/index.ts';
import type { LogMember } from '../../../../src/ui/logs/member.ts';
import { linesText } from '../../../../src/ui/logs/lines-text.ts';
import { LogScroll } from '../../../../src/ui/logs/scroll.ts';

const [ONE, TWO] = [contextKey('one'), contextKey('two')];

it('what is saved says whose each line is, where there are several', () => {
  const buffer = new LogBuffer(10);
  for (const source of [0, 1]) {
    const time = source === 0 ? '2026-01-01T00:00:00.000000000Z' : '';
    buffer.push({
      time,
      source,
      text: `of ${source}`,
      styled: null,
      level: '',
      at: 0,
      continues: false,
    });
  }
  const text = (sources: object[], beside: object[]): string =>
    linesText(
      { buffer, sources } as unknown as LogSession,
      beside as LogMember[],
      new LogScroll(buffer),
    );
  const api = { cluster: ONE, pod: 'api', container: 'app' };
  const both = [
    { cluster: ONE, name: 'prod-eu' },
    { cluster: TWO, name: 'staging' },
  ];
  const stamp = '2026-01-01T00:00:00.000000000Z ';
  expect(text([api], [])).toBe(`${stamp}of 0\nof 1\n`);
  expect(text([api, { ...api, container: 'envoy' }], [])).toBe(
    `${stamp}api/app of 0\napi/envoy of 1\n`,
  );
  expect(text([api, { ...api, cluster: TWO }], both)).toBe(
    `${stamp}prod-eu api/app of 0\nstaging api/app of 1\n`,
  );
});
