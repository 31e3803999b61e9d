import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { IDLE } from '../../../../src/domain/status.ts';
import { textWidth } from '../../../../src/core/text.ts';
import {
  headerLine,
  problemsSegments,
  type HeaderInput,
} from '../../../../src/ui/chrome/header.ts';

const LIVE = { ...IDLE, state: 'live', synced: true } as const;
const input = (insecure: 'TLS not verified' | 'no TLS' | null, title: string): HeaderInput => ({
  cluster: {
    title,
    health: LIVE,
    info: {
      version: 'v1.36.0',
      user: 'arn:aws:sts::123456789012:assumed-role/Admin/alice',
      realUser: '',
      server: 'https://10.9.8.7',
      region: 'eu-central-1',
      account: '123456789012',
      roundTrip: 12,
      clockOffset: 0,
      insecure: insecure === null ? null : { what: insecure, why: 'somebody said so' },
      readonly: true,
      awsEndpoint: 'https://127.0.0.1:4566',
    },
  },
  scopes: '',
  place: '',
  counts: {
    counts: [
      { one: 'cluster', n: 12 },
      { one: 'group', n: 30 },
      { one: 'node', n: 1_200 },
      { one: 'pod', n: 48_000 },
    ],
    namespace: '',
    problems: 3,
  },
  now: 0,
});

const BAD = {
  ...IDLE,
  state: 'stale',
  since: 0,
  asOf: 1,
  reason: 'refused',
  synced: true,
} as const;

describe('the header', () => {
  it('begins with the state of the connection, which never goes, and is as wide as the screen', () => {
    const states = [LIVE, BAD, { ...BAD, state: 'expired' }, { ...BAD, state: 'denied' }] as const;
    const words = ['● live', '◌ stale', '✗ not logged in', '✗ denied'];
    for (let width = 60; width <= 240; width++) {
      for (const [i, health] of states.entries()) {
        for (const title of [
          'prod',
          `arn:aws:eks:eu-central-1:123456789012:cluster/${'x'.repeat(90)}`,
        ]) {
          const given = input(null, title);
          const cluster = given.cluster && { ...given.cluster, health };
          const line = plain(headerLine({ ...given, cluster, now: 50_000 }, width));
          expect(textWidth(line)).toBe(width);
          expect(line.startsWith(` ${words[i] ?? ''}`)).toBe(true);
          expect(line).toMatch(/prod|arn:aws/);
        }
      }
    }
  });

  it('says that nothing can be changed before it says how much there is', () => {
    for (let width = 60; width <= 240; width++)
      expect(plain(headerLine(input(null, 'prod'), width))).toContain('READ-ONLY');
  });

  it('says that it is a demo in place of the endpoint', () => {
    const line = plain(headerLine({ ...input(null, 'prod'), place: 'demo' }, 120));
    expect(line).toContain('demo');
    expect(line).not.toContain('AWS');
  });

  it('says where the problems are that it counts', () => {
    const { counts } = input(null, 'prod');
    expect(plain(problemsSegments(counts))).toBe('▲ 3 problems (all)');
    expect(plain(problemsSegments({ ...counts, namespace: 'shop', problems: 1 }))).toBe(
      '▲ 1 problem (shop)',
    );
  });
});

describe('a connection that is not verified', () => {
  it.each(['TLS not verified', 'no TLS'] as const)('says "%s", in red, at any width', (what) => {
    for (const title of [
      'prod',
      'a-name-as-long-as-anybody-will-ever-give-to-a-cluster-of-theirs',
    ]) {
      for (const width of [40, 80, 120, 200]) {
        const line = headerLine(input(what, title), width);
        expect(line.find(([text]) => text === what)?.[1]).toBe('bad');
      }
    }
  });

  it('and one that is says nothing', () => {
    expect(plain(headerLine(input(null, 'prod'), 200))).not.toContain('TLS');
  });
});
