/**
 * Whether a row is well, in one rule per kind of row: what the problems-only toggle keeps, what
 * tones follow, and the cause that stands beside a status.
 */
import { goingTaint } from './node-going.ts';
import { labelledNotice } from './node-notice.ts';
import { problemsText, wasReady } from './node-status.ts';
import { humanDuration } from '../core/duration.ts';
import { hpaTrouble } from './hpa.ts';
import { heldBy } from './namespace-holds.ts';
import { failureOf, isLate, lacksSuccess, overdue } from './job.ts';
import { RESIZE } from './pod-cause.ts';
import { rollout } from './rollout.ts';
import type {
  BaseRow,
  CronJobRow,
  EventRow,
  HpaRow,
  JobRow,
  NamespaceRow,
  NodeRow,
  ObjectRow,
  PodRow,
  ServiceRow,
  WorkloadRow,
} from './rows.ts';
import { refusalOf } from './refusal.ts';
import { shortWord } from './why/pod/scheduler-says.ts';

/**
 * - `ok`: nothing to see
 * - `busy`: on its way, as it should be
 * - `warn`: needs a look soon
 * - `bad`: broken now
 * - `gone`: no longer in the API
 */
export type HealthLevel = 'ok' | 'busy' | 'warn' | 'bad' | 'gone';

export interface Health {
  readonly level: HealthLevel;
  /** Why, in a few words that do not repeat the row's own status. Empty where there is no more to say. */
  readonly cause: string;
}

/** Is the row kept when only problems are shown? */
export function isProblem({ level }: Health): boolean {
  return level === 'warn' || level === 'bad';
}

/** What rules answer, also those of other files. */
export const OK: Health = { level: 'ok', cause: '' };
export const busy = (cause = ''): Health => ({ level: 'busy', cause });
export const warn = (cause = ''): Health => ({ level: 'warn', cause });
export const bad = (cause = ''): Health => ({ level: 'bad', cause });

const MINUTE = 60_000;

/** What has just been made is still starting, and nothing is wrong with that. */
const FRESH = 2 * MINUTE;
/** What takes longer than this to come or go has got stuck. */
const STUCK = 5 * MINUTE;
/** A restart is news for that long. */
const NEWS = 10 * MINUTE;

const isFresh = (row: BaseRow, now: number): boolean => now - row.created < FRESH;

const isNews = (at: number, now: number): boolean => at > 0 && now - at < NEWS;

/** Of a row that left the API or is being deleted; null for the others. */
export function leaving(
  row: BaseRow & Partial<Pick<ObjectRow, 'deleting'>>,
  now: number,
): Health | null {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  const { deleting = 0 } = row;
  if (deleting === 0) return null;
  const overdue = now - deleting;
  return overdue > STUCK ? warn(`should be gone since ${humanDuration(overdue)}`) : busy();
}

/** Statuses of pods that do not pass by themselves, also behind `Init:`. */
const BROKEN =
  /BackOff|Err|OOMKilled|ExitCode:|Signal:|Evicted|InvalidImageName|CannotRun|Deadline|Unknown|NodeLost|Failed|OutOf|UnexpectedAdmission|NodeAffinity|Preempting|Shutdown/;

/** A pod: what it died of, what it waits for, whether it is ready, whether it restarted lately. */
export function podHealth(row: PodRow, now: number): Health {
  const { status, cause } = row;
  const left = leaving(row, now);
  if (left !== null) {
    const tells = left.level === 'gone' || (left.level === 'busy' && isNews(row.causeAt, now));
    return tells ? { ...left, cause } : left;
  }
  if (row.phase === 'Succeeded') return { level: 'ok', cause };
  if (row.phase === 'Failed' || BROKEN.test(status)) return bad(cause);
  if (status === 'SchedulingGated') return busy(cause);
  if (row.phase === 'Pending') {
    // On no node: only the scheduler's word (a cause) makes that a problem.
    const waits = now - (row.causeAt || row.created);
    if (row.node === '') return cause === '' ? busy() : waits > STUCK ? bad(cause) : warn(cause);
    return waits > STUCK ? warn(cause) : busy(cause);
  }
  if (!row.isReady) return isFresh(row, now) ? busy(cause) : warn(cause);
  if (row.causeWord.startsWith(RESIZE)) {
    const waits = row.causeWord === `${RESIZE}Deferred` && now - row.causeAt < STUCK;
    return waits ? busy(cause) : warn(cause);
  }
  return isNews(row.lastRestart, now) ? warn(cause) : OK;
}

/** Why a node will go: as AWS says by way of events or labels, else by its taints; empty: it stays. */
function goingOf(node: NodeRow, now: number): string {
  const { notice, labels } = node;
  if (notice !== null && now - notice.at < notice.lasts) return notice.text;
  const labelled = labelledNotice(labels);
  if (labelled !== '') return labelled;
  return goingTaint(node)?.cause ?? '';
}

/** A node: ready, without wrong conditions, staying, open for pods and with room for them. */
export function nodeHealth(row: NodeRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const problems = problemsText(row.problems);
  if (!row.isReady) return isFresh(row, now) && !wasReady(row) ? busy('joining') : bad(problems);
  if (problems !== '') return warn(problems);
  const going = goingOf(row, now);
  if (going !== '') return warn(going);
  if (row.cordoned) return warn();
  // A Fargate node is made for its one pod.
  const full =
    row.compute !== 'fargate' &&
    row.pods !== null &&
    row.podsAllocatable > 0 &&
    row.pods >= row.podsAllocatable;
  return full ? warn(`full: ${row.podsAllocatable} pods`) : OK;
}

/** A workload: its rollout, and whether it has the replicas that it should have. */
export function workloadHealth(row: WorkloadRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const { state } = rollout(row);
  const fresh = isFresh(row, now);
  const few = row.available < row.desired && !fresh;
  const rests = state === 'done' || state === 'paused';
  // A rollout that waits for pods tells how many itself; one that rests does not.
  const count = few && rests ? `${row.available} of ${row.desired} available` : '';
  const cause = isTelling(row.failure)
    ? refusalOf(row.failure).words
    : shortWord(row.trouble ?? '') || count;
  if (state === 'failed') return bad(cause);
  if (few && row.available === 0) return bad(cause);
  if (isTelling(row.failure)) return warn(cause);
  const rolling = isRolling(row);
  // Pods that are there and not available; those still to be made are not broken.
  const down = Math.min(row.desired, row.current) - row.available;
  if (few && down > (rolling ? Math.max(1, row.maxUnavailable) : 0)) return warn(cause);
  if (state === 'done') return OK;
  const late = unobservedFor(row, now);
  if (late > UNOBSERVED)
    return warn(`no controller has seen its change ${humanDuration(late)} ago`);
  return rolling || fresh || state === 'paused' ? busy() : warn();
}

/**
 * How long ago it was changed without anybody having looked at it since (ms); 0 where it was looked at,
 * and where that is not told: the API keeps no time of scalings.
 */
function unobservedFor(
  { generation, observedGeneration, writes }: WorkloadRow,
  now: number,
): number {
  if (generation <= observedGeneration || writes.replicas?.subresource === 'scale') return 0;
  return writes.any === null ? 0 : now - writes.any.at;
}

/** A controller looks at what changed within seconds. */
const UNOBSERVED = 5 * 60_000;

/** The standard words of Available=False say no more than the numbers do. */
function isTelling(failure: string): boolean {
  return failure !== '' && !/minimum availability/i.test(failure);
}

/** Is a new template on its way by itself, rather than a pod broken after it had arrived? */
function isRolling(row: WorkloadRow): boolean {
  if (row.generation > row.observedGeneration) return true;
  // Replicas that were asked for and are not there yet: scaled up, not broken.
  if (row.current < row.desired) return true;
  if (row.paused || row.strategy === 'OnDelete') return false;
  // A partition ends it before all are of the new template.
  if (row.partition > 0) return row.updated < row.desired - row.partition;
  if (row.updated < row.current) return true;
  if (row.kind === 'Deployment') return row.progressReason !== 'NewReplicaSetAvailable';
  if (row.kind === 'StatefulSet') return row.updateRevision !== row.currentRevision;
  return row.kind === 'DaemonSet' ? row.updated < row.desired : row.current !== row.desired;
}

/** A job: whether it failed, is failing, or has no pods to work with. */
export function jobHealth(row: JobRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const why = failureOf(row);
  switch (row.status) {
    case 'Failed':
    case 'FailureTarget':
      return bad(why);
    case 'Running': {
      if (why !== '') return warn(why);
      const idle = row.active === 0 && row.started > 0 && now - row.started > FRESH;
      return idle ? warn('it has no pods') : busy();
    }
    case 'Suspended':
      return busy();
    default:
      return OK;
  }
}

/** A cron job: how its last run went, and whether the next one came when it was due. */
export function cronJobHealth(row: CronJobRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  if (row.suspended) return busy();
  if (row.due === 0) return warn('its schedule never comes');
  const { lastStatus: last } = row;
  const trouble = row.lastTrouble ?? '';
  if (last === 'Failed' || last === 'FailureTarget') return bad(trouble);
  if (trouble !== '') return warn(trouble);
  if (isLate(row, now)) {
    const held = row.active > 0 && row.concurrency === 'Forbid';
    const since = humanDuration(overdue(row, now));
    return warn(held ? `held back ${since} by the last run` : `missed ${since} ago`);
  }
  // Of jobs that are not kept, or may not be read, the times alone tell.
  if ((last === null || last === '') && lacksSuccess(row))
    return warn('the last run did not succeed');
  return row.active > 0 ? busy() : OK;
}

/** A service: endpoints behind it, and its load balancer where it asks for one. */
export function serviceHealth(row: ServiceRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  if (row.type === 'LoadBalancer' && row.external === '<pending>') {
    return now - row.created > STUCK
      ? warn('load balancer pending')
      : busy('load balancer pending');
  }
  // Without a selector the endpoints are someone else's business.
  if (Object.keys(row.selector).length === 0 || row.endpointsReady === null) return OK;
  if (row.endpointsReady > 0) {
    const ports = row.deadPorts ?? [];
    if (ports.length === 0) return OK;
    const words = `leads nowhere: ${ports.length === 1 ? 'port' : 'ports'} ${ports.join(', ')}`;
    return ports.length < row.ports.length ? warn(words) : bad(words);
  }
  return row.endpointsNotReady ? bad('no endpoint is ready') : warn('no endpoints');
}

/** An HPA: able to scale, seeing its metrics, not held at its maximum. */
export function hpaHealth(row: HpaRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const trouble = hpaTrouble(row);
  if (!trouble) return row.desired === row.current ? OK : busy();
  if (trouble.kind === 'disabled' || trouble.kind === 'at-max') return warn(trouble.text);
  // The first metrics take a while.
  return isFresh(row, now) ? busy(trouble.text) : bad(trouble.text);
}

/** An event: warnings stand out. */
export function eventHealth(row: EventRow, now: number): Health {
  return leaving(row, now) ?? (row.type === 'Normal' ? OK : warn());
}

/** What has no health of its own: it is there, or on its way out. */
export function calmHealth(row: ObjectRow, now: number): Health {
  return leaving(row, now) ?? OK;
}

/** A namespace: there, or on its way out. */
export function namespaceHealth(row: NamespaceRow, now: number): Health {
  const left = leaving(row, now);
  if (left === null) return row.phase === 'Terminating' ? busy() : OK;
  const why = heldBy(row.held);
  // What it waits for tells more than for how long.
  return left.level === 'gone' || why === '' ? left : { ...left, cause: why };
}
