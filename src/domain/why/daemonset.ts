/** Why a daemon set has no pods although all is well with it: there is no node that it is for. */
import { at, object } from '../../core/json.ts';
import type { Work } from '../../core/work.ts';
import type { WorkloadRow } from '../rows.ts';
import { finding, valueOf, type Answer, type World } from './finding.ts';
import { nodeNeeds, noneMatches, unmet } from './pod/needs.ts';

export function* nodeless(set: WorkloadRow, world: World): Work<Answer> {
  if (world.unread('nodes', '') !== '') return null;
  const unread: string[] = [];
  const whole = valueOf(
    world.object('daemonsets', set.namespace, set.name),
    'the set itself',
    unread,
  );
  if (whole === null) return null;
  const needs = nodeNeeds(object(at(whole, 'spec', 'template')));
  const kept = new Set<string>();
  let nodes = 0;
  let open = 0;
  yield* world.each('nodes', (node) => {
    nodes++;
    const lacking = unmet(needs, node);
    if (lacking === '') open++;
    else kept.add(lacking);
  });
  if (open > 0 || nodes === 0) return null;
  return finding('deduced', `there is no node for it: ${noneMatches(nodes, kept)}`, {
    evidence: [{ source: 'spec.template', text: [...kept].join(', and ') }],
    next: ['nothing is to be done where such nodes come later; else mend the selector'],
    unread,
  });
}
