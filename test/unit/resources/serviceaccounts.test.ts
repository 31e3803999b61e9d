import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { accountAssociation } from '../../../src/domain/joins/serviceaccounts.ts';
import type { ServiceAccountRow } from '../../../src/domain/rows.ts';
import { serviceaccounts } from '../../../src/resources/serviceaccounts.ts';
import { serviceAccountRow } from '../../support/rows.ts';

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const shown = (row: ServiceAccountRow): readonly string[] =>
  ['role', 'binding'].map((id) => {
    const cell = serviceaccounts.columns.find((column) => column.id === id)?.cell;
    return cell === undefined ? '' : plain(cell(row, { now: 0, time: 'age' }));
  });

describe('the role of a service account', () => {
  it.each([
    [{}, ['-', '-']],
    [{ role: role('by-irsa') }, ['by-irsa', 'IRSA']],
    [{ associatedRole: role('by-pia') }, ['by-pia', 'Pod Identity']],
    [
      { role: role('by-irsa'), associatedRole: role('by-pia') },
      ['by-pia', 'Pod Identity, not IRSA'],
    ],
  ])('is what its pods get: %j', (given, cells) => {
    expect(shown(serviceAccountRow({ name: 'api', ...given }))).toEqual(cells);
  });

  it('is not said to come of no association before all are listed and described', () => {
    const account = serviceAccountRow({ name: 'api' });
    const of = (sources: { roleArn: string }[], known: boolean): unknown =>
      accountAssociation.compute({ ...account }, sources as never, known)['associatedRole'];
    expect(of([], false)).toBeNull();
    expect(of([], true)).toBe('');
    expect(of([{ roleArn: '' }], true)).toBeNull();
    expect(of([{ roleArn: role('by-pia') }], false)).toBe(role('by-pia'));
  });
});
