import { describe, expect, it } from 'vitest';
import { byWeight, causeOf, recency, summarize } from '../../../../src/domain/pulse/cause.ts';
import type { EventRow } from '../../../../src/domain/rows.ts';
import { eventRow } from '../../../support/rows.ts';

const MINUTE = 60_000;

const warning = (objectName: string, message: string, more: Partial<EventRow> = {}): EventRow =>
  eventRow({
    name: `${objectName}.${message.length}`,
    type: 'Warning',
    reason: 'BackOff',
    objectKind: 'Pod',
    objectName,
    objectUid: `uid-${objectName}`,
    message,
    ...more,
  });

describe('a cause', () => {
  it.each([
    [
      'names and uids of pods',
      'Back-off restarting failed container api in pod api-7d9f8c6b5-x0k21_shop(5b0e5a7e-1f4d-4c2b-8a55-0d5ad1d5b3a1)',
      'Back-off restarting failed container api in pod api-7d9f8c6b5-x9k77_shop(b8de93b2-66cf-4e6b-9ad8-77c86c6a2f11)',
    ],
    [
      'addresses',
      'Readiness probe failed: Get "http://10.0.3.17:8080/healthz": dial tcp 10.0.3.17:8080: connect: connection refused',
      'Readiness probe failed: Get "http://10.0.112.9:8080/healthz": dial tcp 10.0.112.9:8080: connect: connection refused',
    ],
    [
      'numbers',
      '0/58 nodes are available: 12 Insufficient cpu, 46 node(s) had untolerated taint(s).',
      '0/60 nodes are available: 9 Insufficient cpu, 51 node(s) had untolerated taint(s).',
    ],
  ])('is the same whatever the %s', (_, one, other) => {
    expect(causeOf(warning('api-7d9f8c6b5-x0k21', one))).toBe(
      causeOf(warning('api-7d9f8c6b5-x9k77', other)),
    );
  });

  it('is another where the message says something else, or the reason or the kind does', () => {
    const base = warning('api', 'Insufficient cpu');
    const others = [
      warning('api', 'Insufficient memory'),
      { ...base, reason: 'Failed' },
      { ...base, objectKind: 'Job' },
    ];
    expect(new Set([base, ...others].map(causeOf)).size).toBe(4);
  });

  it('is told by the newest of its events, how often, and on how many objects', () => {
    const events = [
      warning('a', 'x', { count: 3, last: 5 * MINUTE }),
      warning('b', 'x', { count: 1, last: 9 * MINUTE }),
      warning('b', 'xy', { count: 2, last: 7 * MINUTE }),
    ];
    expect(summarize(events)).toMatchObject({
      times: 6,
      objects: 2,
      newest: { objectName: 'b', last: 9 * MINUTE },
    });
    expect(summarize([])).toBeNull();
  });

  it('that goes on comes before one of the past, however many that had', () => {
    const now = 60 * MINUTE;
    const at = (last: number, names: readonly string[]) =>
      summarize(names.map((name) => warning(name, 'x', { last })));
    const past = at(10 * MINUTE, ['a', 'b', 'c']);
    const few = at(59 * MINUTE, ['d']);
    const most = at(57 * MINUTE, ['e', 'f']);
    const causes = [past, few, most].flatMap((cause) => cause ?? []);
    expect(causes.map((cause) => recency(cause, now))).toEqual(['past', 'now', 'now']);
    const sorted = [...causes].sort(byWeight(now));
    expect(sorted.map(({ objects }) => objects)).toEqual([2, 1, 3]);
  });
});
