import { describe, expect, it } from 'vitest';
import { plain } from '../../../../src/core/styled.ts';
import { IDLE } from '../../../../src/domain/status.ts';
import { whyEmpty } from '../../../../src/ui/table/empty.ts';

const said = (scope: string): string =>
  whyEmpty({
    what: 'pods',
    scope,
    total: 0,
    filter: '',
    problemsOnly: false,
    status: { ...IDLE, state: 'denied', reason: 'pods is forbidden', hint: 'needs a role' },
    empty: 'No pods here',
    now: 0,
  })
    .map(plain)
    .join('\n');

describe('a table that may not be read', () => {
  it('of all namespaces says how to see one of them', () => {
    expect(said('all')).toContain('pods is forbidden\nneeds a role\n:ns NAME');
  });

  it('of one namespace, or of none, does not', () => {
    expect(said('shop')).not.toContain(':ns');
    expect(said('')).not.toContain(':ns');
  });
});
