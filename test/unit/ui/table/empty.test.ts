import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { IDLE, type SourceStatus } from '../../../../src/domain/status.ts';
import { whyEmpty, type EmptyInput } from '../../../../src/ui/table/empty.ts';
import { statusBadge } from '../../../../src/ui/table/trouble.ts';

const DENIED: SourceStatus = {
  ...IDLE,
  state: 'denied',
  reason: 'pods is forbidden',
  hint: 'needs a role',
};
const INPUT: EmptyInput = {
  what: 'pods',
  scope: 'all',
  total: 0,
  filter: '',
  problemsOnly: false,
  status: DENIED,
  unknown: [],
  unsearched: [],
  empty: 'No pods here',
  now: 0,
};
const told = (input: Partial<EmptyInput>): string =>
  whyEmpty({ ...INPUT, ...input })
    .map(plain)
    .join('\n');
const said = (scope: string): string => told({ scope });

describe('a table that may not be read', () => {
  it('of all namespaces says how to see one of them', () => {
    expect(said('all')).toContain('pods is forbidden\nneeds a role\n:ns NAME');
  });

  it('of one namespace, or of none, does not', () => {
    expect(said('shop')).not.toContain(':ns');
    expect(said('')).not.toContain(':ns');
  });
});

describe('a table that takes long to come', () => {
  const reason = 'waiting for eks:ListNodegroups';
  const status = { ...IDLE, state: 'loading', since: 1, reason } as const;

  it('says what it waits for, in its place and in its title', () => {
    expect(told({ status, now: 7_001 })).toBe(`loading pods… 7s\n${reason}`);
    expect(plain(statusBadge(status, '', 7_001) ?? '')).toBe(`loading… 7s: ${reason}`);
  });
});

describe('a filter that nothing matches', () => {
  const filtered = { total: 1200, filter: 'cpu:>1', status: { ...IDLE, state: 'live' } } as const;

  it('says so only where what it asks for is known', () => {
    expect(told(filtered)).toBe(
      'no pods match /cpu:>1\n1,200 pods are hidden · esc clears the filter',
    );
    expect(told({ ...filtered, unknown: [{ column: 'CPU', status: IDLE }] })).toContain(
      'CPU is not known yet: loading…',
    );
    const status = { ...IDLE, state: 'absent', reason: 'no metrics-server' } as const;
    expect(told({ ...filtered, unknown: [{ column: 'CPU', status }] })).toContain(
      'CPU is not known: no metrics-server\n1,200 pods are hidden',
    );
  });

  it('says where it could not look', () => {
    expect(told({ ...filtered, filter: 'admin', unsearched: ['IAM-ROLE', 'GROUP'] })).toContain(
      'IAM-ROLE, GROUP not looked through: iam-role:TEXT loads it',
    );
  });
});

it('says by which of two ways of leaving out nothing is left', () => {
  const live = { total: 45, filter: 'api' };
  expect(told(live)).toBe('no pods match /api\n45 pods are hidden · esc clears the filter');
  expect(told({ ...live, problemsOnly: true })).toBe(
    'no pods match /api and have a problem\n45 pods are hidden · ! shows those without a problem · esc clears the filter',
  );
  expect(told({ total: 45, problemsOnly: true })).toBe(
    '✓ no pods have a problem\n45 pods are hidden · ! shows them',
  );
});
