/** What happened to a pod that is gone: as it was seen last, and by what became of its node and its owner. */
import { explained } from '../../../core/words.ts';
import { shortNode } from '../../node-name.ts';
import { endedByItself, keeperTable } from '../../pod-leaving.ts';
import { numberOf } from '../../workload-pods.ts';
import type { PodRow, WorkloadRow } from '../../rows.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  named,
  type Evidence,
  type Finding,
  valueOf,
  type World,
} from '../finding.ts';
import { doneTo, told } from './ended.ts';

/** Events that say that a pod has to go, and by whom. */
const GOING = /^(?:Killing|Preempted|Evicted|TaintManagerEviction|NodeNotReady|SuccessfulDelete)$/;

/** How many of them are shown. */
const SHOWN = 3;

interface Departure {
  readonly words: string;
  readonly evidence?: readonly Evidence[];
}

export function departed(pod: PodRow, world: World): Finding {
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(({ reason }) => GOING.test(reason));
  const outside = doneTo(pod);
  const sure =
    outside === null
      ? (ofItsOwn(pod) ?? byItsOwner(pod, world, unread))
      : { words: `${outside}${told(pod)}` };
  const found = sure ?? ofItsNode(pod, world, unread) ?? ofItsOwner(pod, world, unread);
  const { words, evidence = [] } = found ?? {
    words: 'it was deleted, and nothing that is left says why',
  };
  return finding(sure ? 'said' : found ? 'deduced' : 'unknown', words, {
    evidence: [
      {
        source: 'as it was seen last',
        text: explained(pod.status, pod.cause),
        at: pod.gone,
      },
      ...evidence,
      ...events.slice(0, SHOWN).map(fromEvent),
    ],
    next: [
      'see how it was, and its events (d), and what it wrote, where CloudWatch keeps that (l)',
      ...(sure
        ? []
        : [
            'who deleted it the audit log of the control plane tells, where it is kept: l on the cluster',
          ]),
    ],
    unread,
  });
}

/** It had done its work, or failed for good. */
function ofItsOwn(pod: PodRow): Departure | null {
  const { phase, cause } = pod;
  if (!endedByItself(pod)) return null;
  if (phase === 'Succeeded') return { words: 'it had done its work, and was cleared away' };
  return { words: `it had failed, and was cleared away${cause === '' ? '' : `: ${cause}`}` };
}

/** The controller that keeps it says that it took this very pod away. */
function byItsOwner(pod: PodRow, world: World, unread: string[]): Departure | null {
  const { namespace, ownerKind, ownerName, name, created } = pod;
  const table = keeperTable(pod);
  if (table === undefined) return null;
  const events = world.events(ownerKind, namespace, ownerName);
  // A set that names its pods by number has had others of that name.
  const event = valueOf(events, `events of ${ownerName}`, unread)?.find(
    ({ reason, message, at }) =>
      reason === 'SuccessfulDelete' && at >= created && message.split(' ').includes(name),
  );
  if (event === undefined) return null;
  const owner = world.named(table, namespace, ownerName);
  const about = { kind: ownerKind, namespace, name: ownerName };
  return {
    words:
      owner === null ? `its ${ownerKind} ${ownerName} took it away` : takenBy(pod, owner, world),
    evidence: [{ ...fromEvent(event), about }],
  };
}

/** What for a controller takes a pod away that it keeps. */
function takenBy(pod: PodRow, owner: WorkloadRow, world: World): string {
  const { kind, name, desired } = owner;
  if (kind === 'ReplicaSet') {
    return desired === 0 ? emptied(pod, world) : `its ReplicaSet ${name} was scaled in`;
  }
  if (isBeyond(pod, owner)) return `its ${kind} ${name} was scaled in to ${desired}`;
  return kind === 'DaemonSet'
    ? `its DaemonSet ${name} took it away: for one of a newer template, or its node is not meant any more`
    : `its ${kind} ${name} took it away for one of a newer template`;
}

/** A node of Fargate is its pod's alone: it leaves because the pod does. */
const isOnFargate = ({ fargateProfile, node }: PodRow): boolean =>
  fargateProfile !== '' || node.startsWith('fargate-');

function ofItsNode(pod: PodRow, world: World, unread: string[]): Departure | null {
  if (pod.node === '' || isOnFargate(pod)) return null;
  const node = world.named('nodes', '', pod.node);
  const why = world.unread('nodes', '');
  const name = shortNode(pod.node);
  if (why !== '') unread.push(`its node: ${why}`);
  else if (node === null) {
    return {
      words: `its node ${name} has left the cluster too`,
      evidence: [{ source: `node ${name}`, text: 'not in the cluster' }],
    };
  }
  if (node?.cordoned !== true) return null;
  return {
    words: `its node ${name} is cordoned, and was being emptied`,
    evidence: [{ source: `node ${name}`, text: 'cordoned', about: named('Node', node) }],
  };
}

function ofItsOwner(pod: PodRow, world: World, unread: string[]): Departure | null {
  const { namespace, ownerKind, ownerName } = pod;
  const table = keeperTable(pod);
  if (table === undefined) return null;
  const owner = world.named(table, namespace, ownerName);
  const why = world.unread(table, namespace);
  if (why !== '') {
    unread.push(`its ${ownerKind}: ${why}`);
    return null;
  }
  const source = `${ownerKind} ${ownerName}`;
  if (owner === null) {
    return {
      words: `its ${ownerKind} ${ownerName} is gone too`,
      evidence: [{ source, text: 'not in the cluster' }],
    };
  }
  const { desired, ready } = owner;
  const about = named(ownerKind, owner);
  const evidence = [{ source, text: `${desired} wanted, ${ready} ready`, about }];
  const words =
    desired === 0
      ? emptied(pod, world)
      : isBeyond(pod, owner)
        ? `its ${ownerKind} ${ownerName} wants ${desired} pods by now: it was scaled in`
        : `it was deleted while its ${ownerKind} ${ownerName} wants ${desired}: scaled in, or by somebody’s hand`;
  return { words, evidence };
}

/** A set that names its pods by number takes away the last ones. */
const isBeyond = (pod: PodRow, { desired }: WorkloadRow): boolean =>
  pod.ownerKind === 'StatefulSet' && numberOf(pod) >= desired;

/** Its owner has no pods any more: another revision has, or the workload was scaled to nothing. */
function emptied(
  { namespace, ownerKind, ownerName, workloadKind, workload }: PodRow,
  world: World,
) {
  const above =
    workloadKind === 'Deployment' ? world.named('deployments', namespace, workload) : null;
  return above !== null && above.desired > 0
    ? `a rollout of deployment ${workload} has replaced it`
    : `its ${ownerKind} ${ownerName} was scaled to nothing`;
}
