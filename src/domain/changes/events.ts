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

const isRescale = ({ reason }: EventRow): boolean => reason === 'SuccessfulRescale';

function changeOf(
  event: EventRow,
  query: ChangeQuery,
  scalings: Scalings | null = null,
): Change | null {
  const { objectKind, objectName, reason, message, namespace, last } = event;
  if (isRescale(event)) return rescaled(event, query, scalings);
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

/** What an autoscaler says of a scaling: to how many replicas, which way, and why. */
function sizeTold({ message }: EventRow): { readonly size: Size | null; readonly why: string } {
  const [, to, why = ''] = /^New size: (\d+); reason: (.*)$/s.exec(message) ?? [];
  return { size: to === undefined ? null : { from: null, to: Number(to), ...wayFor(why) }, why };
}

/** An autoscaler tells of itself; what it scaled is what it is about. */
function rescaled(event: EventRow, query: ChangeQuery, scalings: Scalings | null): Change | null {
  const { objectName, namespace, message, last } = event;
  const hpa = query.named('hpas', namespace, objectName);
  if (hpa === undefined) return null;
  const { size, why } = sizeTold(event);
  return {
    key: `${event.uid} ${event.count}`,
    at: last,
    change: 'scaled',
    kind: hpa.targetKind,
    namespace,
    name: hpa.targetName,
    who: hpaNamed(objectName),
    ...(size === null
      ? { what: message }
      : sized(scalings?.sizeOf(namespace, hpa.targetName, size, last) ?? size)),
    // `cpu above target`: of what it is a part stands in the autoscaler.
    why: why.replaceAll(' resource utilization (percentage of request)', ''),
    level: 'ok',
    hearsay: true,
    itself: true,
  };
}

/**
 * One event tells of all scalings to one size for one reason: when the first and the last of them
 * were. Those between are its own where there were just as many as it counts; otherwise somebody
 * else may have done one of them.
 */
function* earlier(event: EventRow, query: ChangeQuery, scalings: Scalings): Generator<Change> {
  const { namespace, objectName, uid, first, last, count } = event;
  const { size } = sizeTold(event);
  if (count < 2 || size === null) return;
  const tell = (at: number, nth: string): Change | null => {
    const change = rescaled({ ...event, last: at }, query, scalings);
    return change && { ...change, key: `${uid} ${nth}` };
  };
  const oldest = tell(first, '1');
  if (oldest === null) return;
  yield oldest;
  const { targetName } = query.named('hpas', namespace, objectName) ?? { targetName: '' };
  const all = scalings.between(namespace, targetName, size, { first, last });
  if (all.reduce((sum, each) => sum + each.count, 0) !== count) return;
  for (const { at } of all) {
    const change = tell(at, `at ${at}`);
    if (change !== null) yield change;
  }
}

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  const scalings = yield* Scalings.of(query, since);
  for (const event of query.rows('events')) {
    yield null;
    if (event.last < since) continue;
    if (isRescale(event))
      for (const change of earlier(event, query, scalings)) if (change.at >= since) yield change;
    yield changeOf(event, query, scalings);
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
