/** A pod whose node is no more: the object of the pod stays until its controller takes it away. */
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { finding, type Finding, type World } from '../finding.ts';

/** Null where the node is there, or where nobody could look. */
export function onMissingNode({ node }: PodRow, world: World): Finding | null {
  const isThere = node === '' || world.named('nodes', '', node) !== null;
  if (isThere || world.unread('nodes', '') !== '') return null;
  const name = shortNode(node);
  return finding('deduced', `its node ${name} is not in the cluster any more`, {
    evidence: [{ source: `node ${name}`, text: 'not in the cluster' }],
  });
}
