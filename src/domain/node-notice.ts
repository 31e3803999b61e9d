/** What is said of a node that will not stay: by AWS, through whatever hears it in the cluster. */
import { own } from '../core/own.ts';

/** The last of what was said. */
export interface NodeNotice {
  /** `Spot interruption`. */
  readonly text: string;
  /** In the words of whoever heard it. */
  readonly message: string;
  /** `karpenter`, `aws-node-termination-handler`. */
  readonly by: string;
  /** When (ms). */
  readonly at: number;
  /** For how long it is news (ms). */
  readonly lasts: number;
}

const MINUTE = 60_000;
const INTERRUPTION = { text: 'Spot interruption', lasts: 10 * MINUTE };
const REBALANCE = { text: 'Spot rebalance recommendation', lasts: 60 * MINUTE };
const SCHEDULED = { text: 'maintenance of its instance is scheduled', lasts: 60 * MINUTE };
const TERMINATION = { text: 'instance is being terminated', lasts: 10 * MINUTE };

/**
 * Reasons of events about nodes: Karpenter's first (pkg/controllers/interruption/events), then those
 * of the AWS node termination handler, which tells only where it is set to.
 */
const REASONS: Readonly<Record<string, Pick<NodeNotice, 'text' | 'lasts'>>> = {
  SpotInterrupted: INTERRUPTION,
  SpotRebalanceRecommendation: REBALANCE,
  InstanceStopping: { text: 'instance is being stopped', lasts: 10 * MINUTE },
  InstanceTerminating: TERMINATION,
  InstanceUnhealthy: { text: 'EC2 finds its instance unhealthy', lasts: 60 * MINUTE },
  SpotInterruption: INTERRUPTION,
  RebalanceRecommendation: REBALANCE,
  ScheduledEvent: SCHEDULED,
  StateChange: TERMINATION,
  ASGLifecycle: TERMINATION,
};

/** An event, as far as it tells of a node's end. */
export interface Telling {
  readonly objectKind: string;
  readonly objectName: string;
  readonly reason: string;
  readonly message: string;
  readonly source: string;
  readonly last: number;
}

/** The node that an event tells of; empty where it tells of none. */
export const noticedNode = ({
  objectKind,
  objectName,
  reason,
}: Pick<Telling, 'objectKind' | 'objectName' | 'reason'>): string =>
  objectKind === 'Node' && own(REASONS, reason) !== undefined ? objectName : '';

/** What the newest of these events says; null where none says anything since the node came. */
export function noticeOf(
  events: readonly Pick<Telling, 'reason' | 'message' | 'source' | 'last'>[],
  created: number,
): NodeNotice | null {
  const [newest] = [...events].sort((a, b) => b.last - a.last);
  const told = newest === undefined ? undefined : own(REASONS, newest.reason);
  if (newest === undefined || told === undefined || newest.last < created) return null;
  return {
    ...told,
    message: newest.message,
    by: newest.source.split(', ')[0] ?? '',
    at: newest.last,
  };
}

const EVENT_ID = 'aws-node-termination-handler/event-id';
/** How the termination handler begins the ids of what it heard. */
const IDS: readonly (readonly [prefix: string, text: string])[] = [
  ['spot-itn', INTERRUPTION.text],
  ['rebalance-recommendation', REBALANCE.text],
  ['instance-event', SCHEDULED.text],
  ['asg-lifecycle', TERMINATION.text],
];

/** What the labels say that the termination handler leaves on a node; empty where there are none. */
export function labelledNotice(labels: Readonly<Record<string, string>>): string {
  const id = labels[EVENT_ID];
  if (id === undefined) return '';
  return IDS.find(([prefix]) => id.startsWith(prefix))?.[1] ?? TERMINATION.text;
}
