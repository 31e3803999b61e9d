/** The names of Route 53 that lead to what is described, and those that should. */
import type { Cell } from '../../core/styled.ts';
import { entries } from '../../core/json.ts';
import { hostsOf } from '../../domain/balancer-targets.ts';
import { fateOf, hostsAsked } from '../../domain/host-records.ts';
import type { KubeObject } from '../../ports/kube.ts';
import type { Query } from '../../ports/query.ts';
import { toned } from '../cells.ts';
import { many, NONE, type Line } from './common.ts';

/**
 * Names that lead to the load balancer of a service or ingress, and what becomes of those that
 * external-dns is asked for.
 *
 * @param external its load balancer's host names
 * @param names those that lead there; null: not known
 */
export function namesLines(
  external: string,
  names: readonly string[] | null,
  object: KubeObject | null,
  query: Query,
): readonly Line[] {
  const { state, reason, synced } = query.status('records');
  const asked = hostsAsked(Object.fromEntries(entries(object?.metadata.annotations)));
  if (!synced) {
    if (state === 'idle' || (asked.length === 0 && names === null)) return [];
    return [['Names', toned(`? ${reason === '' ? 'records are being read' : reason}`, 'muted')]];
  }
  const told = many('Names', names === null || names.length === 0 ? [NONE] : names);
  return [...told, ...many('external-dns', asked.map(fateCell)).filter(() => asked.length > 0)];

  function fateCell(host: string): Cell {
    const fate = fateOf(host, hostsOf(external), query.rows('records'));
    if (fate.is === 'here')
      return [
        [`✓ ${host}`, 'good'],
        [' leads here', 'muted'],
      ];
    if (fate.is === 'elsewhere') {
      return [
        [`! ${host}`, 'warn'],
        [` leads to ${fate.to.join(', ')}, not here`, 'text'],
      ];
    }
    const where =
      fate.zone === '' ? 'no hosted zone of this account is for it' : `no record in ${fate.zone}`;
    return [
      [`✗ ${host}`, 'bad'],
      [` leads nowhere: ${where}`, 'text'],
    ];
  }
}
