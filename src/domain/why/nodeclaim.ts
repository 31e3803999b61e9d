/** Why Karpenter, or Auto Mode by it, has launched no node for a claim, or the node does not join. */
import type { Work } from '../../core/work.ts';
import { explained } from '../../core/words.ts';
import { shortNode } from '../node-name.ts';
import type { NodeClaimRow } from '../tables/nodeclaims.ts';
import { draining } from './draining.ts';
import { classTrouble } from './node-class.ts';
import {
  answerOf,
  eventsOf,
  finding,
  fromEvent,
  type Answer,
  type Evidence,
  type Finding,
  type World,
} from './finding.ts';
import { launchFailure, type LaunchFailure } from './launch-failure.ts';

/** An instance has registered by then, as a rule (ms). */
const USUAL = 3 * 60_000;

export function* whyNodeClaim(claim: NodeClaimRow, world: World): Work<Answer> {
  if (claim.deleting > 0) return yield* undrained(claim, world);
  if (claim.phase === 'Ready') return null;
  const unread: string[] = [];
  const events = eventsOf('NodeClaim', claim, world, unread);
  const warnings = events.filter(({ type }) => type === 'Warning').slice(0, 2);
  const evidence: readonly Evidence[] = [
    {
      source: `nodeclaim ${claim.name}`,
      text: explained(claim.phase, claim.trouble),
      at: claim.created,
    },
    ...warnings.map(fromEvent),
  ];
  if (claim.phase === 'Launching') return unlaunched(claim, world, { evidence, unread });
  if (claim.trouble === '' && world.now - claim.created < USUAL) return null;
  return claim.phase === 'Registering'
    ? unregistered(claim, world, { evidence, unread })
    : finding('said', `its node is not initialized: ${claim.trouble || 'it does not say why'}`, {
        ...{ evidence, unread },
        next: [
          'a node is initialized once it is Ready, without its start-up taints, and has what its type promises (GPUs): look at the node',
        ],
      });
}

/** It ends with its node, which is drained before. */
function* undrained({ node: name }: NodeClaimRow, world: World): Work<Answer> {
  const node = world.named('nodes', '', name);
  const found = node && (yield* answerOf(draining(node, world)));
  return found && { ...found, sentence: `its node ${shortNode(name)}: ${found.sentence}` };
}

type Known = Pick<Finding, 'evidence' | 'unread'>;

function unlaunched(claim: NodeClaimRow, world: World, known: Known): Answer {
  const said = [claim.trouble, ...known.evidence.slice(1).map(({ text }) => text)];
  const told = said.map(launchFailure).find((each): each is LaunchFailure => each !== null);
  if (told !== undefined)
    return finding('said', `it is not launched: ${told.clause}`, { ...known, next: told.next });
  const { nodeClass, nodeClassKind } = claim;
  const trouble = classTrouble(nodeClassKind, nodeClass, world);
  if (trouble !== null) {
    return finding('deduced', `it is not launched: its node class is not ready: ${trouble.text}`, {
      evidence: [...known.evidence, trouble],
      unread: known.unread,
    });
  }
  if (claim.trouble !== '') return finding('said', `it is not launched: ${claim.trouble}`, known);
  if (world.now - claim.created < USUAL) return null;
  return finding('unknown', 'it is not launched, and neither its conditions nor events say why', {
    ...known,
    next: ['look at the log of Karpenter'],
  });
}

function unregistered(claim: NodeClaimRow, world: World, known: Known): Finding {
  const { instanceId, nodeClass, instanceType, zone } = claim;
  const instance = world.named('instances', '', instanceId);
  const unknown = world.unread('instances', '');
  const place = [instanceType, zone].filter((each) => each !== '').join(' in ');
  const is = `its instance ${instanceId || 'is launched'}${place === '' ? '' : ` (${place})`}`;
  if (instance !== null) {
    const { state, checks } = instance.machine;
    const text = [state, checks ?? ''].filter((each) => each !== '').join(', ');
    return finding('deduced', `${is} is ${text}, and its kubelet has not joined`, {
      evidence: [
        ...known.evidence,
        { source: `instance ${instanceId}`, text, at: instance.created },
      ],
      next: JOINING(nodeClass),
      unread: known.unread,
    });
  }
  if (unknown === '' && instanceId !== '') {
    return finding('deduced', `${is} is not there any more: it ended before it joined`, {
      ...known,
      next: ['look in CloudTrail who ended it; Spot may take one back at any time'],
    });
  }
  return finding('said', `${is}: its kubelet has not joined`, {
    evidence: known.evidence,
    next: JOINING(nodeClass),
    unread: [...known.unread, ...(unknown === '' ? [] : [`instances: ${unknown}`])],
  });
}

/** What keeps a kubelet that runs from joining, the most frequent first (Karpenter troubleshooting). */
const JOINING = (nodeClass: string): readonly string[] => [
  `see that the role of node class ${nodeClass} has an access entry of type EC2_LINUX (EC2 for Auto Mode)`,
  'see that its security groups and routes let it reach the API server',
  'm on its instance opens a session: the kubelet’s log says more',
];
