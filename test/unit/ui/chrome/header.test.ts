import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { IDLE } from '../../../../src/domain/status.ts';
import { headerLine, type HeaderInput } from '../../../../src/ui/chrome/header.ts';

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
  counts: { clusters: 12, groups: 30, nodes: 1_200, pods: 48_000, problems: 3 },
  now: 0,
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
