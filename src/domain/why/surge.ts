/** A rollout whose new pods have no place beside the old ones, of which none goes before they are ready. */
import { at, object, text, type Json } from '../../core/json.ts';
import type { PodRow, WorkloadRow } from '../rows.ts';
import { valueOf, type World } from './finding.ts';

/** What could be done; none: that is not the matter. */
export function surgeSteps(
  row: WorkloadRow,
  unready: readonly PodRow[],
  world: World,
  unread: string[],
): readonly string[] {
  const isPlaceless = unready.every(({ node, phase }) => node === '' && phase === 'Pending');
  if (row.kind !== 'Deployment' || row.strategy === 'Recreate' || !isPlaceless) return [];
  const { namespace, name, desired } = row;
  const whole = valueOf(
    world.object('deployments', namespace, name),
    'the deployment itself',
    unread,
  );
  if (whole === null || mayBeAway(whole, desired) > 0) return [];
  return [
    'let an old pod go first, where the new ones have no place beside all of them: none may be away now (maxUnavailable)',
  ];
}

/** How many may be away while it rolls out: of a share as many as are whole (apps/v1, rounded down). */
function mayBeAway(deployment: Json, desired: number): number {
  const rolling = object(at(deployment, 'spec', 'strategy', 'rollingUpdate'));
  const said = text(rolling['maxUnavailable']) || '25%';
  const number = Number.parseInt(said, 10);
  return said.endsWith('%') ? Math.floor((number * desired) / 100) : number;
}
