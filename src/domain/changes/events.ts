/** What events tell that no object tells: who scaled, and why nodes and pods had to go. */
import { own } from '../../core/own.ts';
import type { EventRow } from '../rows.ts';
import { Scalings } from './scalings.ts';
import {
  changeRule,
  hpaNamed,
  NOTHING,
  sized,
  type Change,
  type ChangeQuery,
  type Size,
} from './change.ts';

type Told = Pick<Change, 'change' | 'level'>;

const DISRUPTED: Told = { change: 'disrupted', level: 'warn' };

/**
 * Reasons by the kind that they are about. Of nodes: the node controller, the cluster autoscaler,
 * Karpenter and the AWS node termination handler write them.
 */
const REASONS: Readonly<Record<string, Readonly<Record<string, Told>>>> = {
  Pod: {
    Evicted: { change: 'evicted', level: 'warn' },
    Preempted: { change: 'preempted', level: 'warn' },
  },
  Node: {
    Rebooted: { change: 'disrupted', level: 'bad' },
    ScaleDown: DISRUPTED,
    DisruptionTerminating: DISRUPTED,
    SpotInterrupted: DISRUPTED,
    SpotInterruption: DISRUPTED,
    RebalanceRecommendation: DISRUPTED,
    ScheduledEvent: DISRUPTED,
    StateChange: DISRUPTED,
    ASGLifecycle: DISRUPTED,
    InstanceStopping: DISRUPTED,
    InstanceTerminating: DISRUPTED,
  },
};

/** The component, without the host it ran on. */
const writer = ({ source }: EventRow): string => source.split(', ')[0] ?? '';

function changeOf(
  event: EventRow,
  query: ChangeQuery,
  scalings: Scalings | null = null,
): Change | null {
  const { objectKind, objectName, reason, message, namespace, last } = event;
  if (reason === 'SuccessfulRescale') return rescaled(event, query, scalings);
  const told = own(own(REASONS, objectKind) ?? {}, reason);
  if (told === undefined) return null;
  return {
    ...told,
    key: `${event.uid} ${event.count}`,
    at: last,
    kind: objectKind,
    namespace: objectKind === 'Node' ? '' : namespace,
    name: objectName,
    who: writer(event),
    what: objectKind === 'Node' ? `${reason}: ${message}` : message,
    hearsay: true,
    ...(objectKind === 'Node' ? { gist: reason } : {}),
    flood: `${told.change} ${objectKind} ${reason}`,
  };
}

/** Which way an autoscaler went for such a reason: `cpu … above target`, `All metrics below target`. */
function wayFor(reason: string): Pick<Size, 'way'> {
  if (reason.endsWith('above target')) return { way: 'up' };
  return reason.endsWith('below target') ? { way: 'down' } : {};
}

/** An autoscaler tells of itself; what it scaled is what it is about. */
function rescaled(event: EventRow, query: ChangeQuery, scalings: Scalings | null): Change | null {
  const { objectName, namespace, message, last } = event;
  const hpa = query.named('hpas', namespace, objectName);
  if (hpa === undefined) return null;
  const [, size = '', why = ''] = /^New size: (\d+); reason: (.*)$/s.exec(message) ?? [];
  const told: Size = { from: null, to: Number(size), ...wayFor(why) };
  return {
    key: `${event.uid} ${event.count}`,
    at: last,
    change: 'scaled',
    kind: hpa.targetKind,
    namespace,
    name: hpa.targetName,
    who: hpaNamed(objectName),
    ...(size === ''
      ? { what: message }
      : sized(scalings?.sizeOf(namespace, hpa.targetName, told, last) ?? told)),
    // `cpu above target`: of what it is a part stands in the autoscaler.
    why: why.replaceAll(' resource utilization (percentage of request)', ''),
    level: 'ok',
    hearsay: true,
    itself: true,
  };
}

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  const scalings = yield* Scalings.of(query, since);
  for (const event of query.rows('events')) {
    yield event.last >= since ? changeOf(event, query, scalings) : null;
  }
}

export const EVENT_CHANGES = [
  changeRule({
    table: 'events',
    seen(before, after, { query }) {
      // Events leave by age, which is no news.
      if (after === null || (before !== null && before.last === after.last)) return NOTHING;
      const change = changeOf(after, query);
      return change === null ? NOTHING : [change];
    },
    told,
    reads: ['hpas'],
  }),
];
