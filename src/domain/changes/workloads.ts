/** What people and autoscalers do to workloads: rollouts, scalings, pauses, coming and going. */
import { shortImage } from '../image.ts';
import type { WorkloadRow } from '../rows.ts';
import type { Write } from '../wire/writes.ts';
import {
  changeRule,
  CONTROLLERS,
  hpaNamed,
  NOTHING,
  sized,
  turned,
  type AnyChangeRule,
  type Change,
  type ChangeQuery,
  type Sight,
} from './change.ts';
import { arrivals, makerOf, objectOf } from './objects.ts';
import { Scalings, type Scaling } from './scalings.ts';

type Workloads = 'deployments' | 'statefulsets' | 'daemonsets';

/** Who set the number of replicas that is in force: an autoscaler does as a controller, and apart. */
export function scaler({ writes: { replicas }, hpa }: WorkloadRow): string {
  if (replicas === null) return '';
  const isController = replicas.by === CONTROLLERS && replicas.subresource === 'scale';
  return isController && hpa !== null && hpa !== '' ? hpaNamed(hpa) : replicas.by;
}

/** When it was written, as the API tells, where that is since it was last seen; else now. */
function writtenAt(after: Write | null, before: Write | null, { now, watched }: Sight): number {
  const at = after?.at ?? 0;
  if (at === 0 || at < (before?.at ?? 0)) return now;
  // What was watched was seen within moments, whatever the clocks say; its seconds are whole.
  return watched ? Math.min(now, Math.max(at, now - 5_000)) : at;
}

/** Whether a write can have been the one that was just seen: else another did it who leaves no trace. */
const isNews = (before: Write | null, after: Write | null, { now }: Sight): boolean =>
  !after?.at || after.at !== before?.at || now - after.at <= TOGETHER;

/** The images that differ, by container where there are several: `api:v1 → api:v2`. */
export function imageChanges(
  before: WorkloadRow['containers'],
  after: WorkloadRow['containers'],
): readonly string[] {
  const images = new Map(before.map(({ name, image }) => [name, image]));
  const several = before.length > 1 || after.length > 1;
  const told: string[] = [];
  for (const { name, image } of after) {
    const old = images.get(name);
    images.delete(name);
    if (old === image) continue;
    const what = old === undefined ? `+ ${shortImage(image)}` : imageTurn(old, image);
    told.push(several ? `${name}: ${what}` : what);
  }
  for (const [name, image] of images) told.push(`${name}: - ${shortImage(image)}`);
  return told;
}

/** `api:v1 → v2` where only the tag differs. */
function imageTurn(before: string, after: string): string {
  const [from, to] = [shortImage(before), shortImage(after)];
  const [name, tag] = [to.slice(0, to.lastIndexOf(':')), to.slice(to.lastIndexOf(':') + 1)];
  const isSame = name !== '' && !to.includes('@') && from.startsWith(`${name}:`);
  if (from === to) return turned(before, after);
  return turned(from, isSame ? tag : to);
}

/** Nothing differs that rows tell of: it is something else. */
const SAME = 'same images';

/** What rows tell of a template. */
type Template = Pick<WorkloadRow, 'containers' | 'restartedAt'>;

/** What is different in the template of two revisions, as far as their rows tell. */
export function templateChange(before: Template, after: Template): string {
  const images = imageChanges(before.containers, after.containers);
  if (images.length > 0) return images.join(', ');
  const isRestart = after.restartedAt !== '' && after.restartedAt !== before.restartedAt;
  return isRestart ? 'restart' : SAME;
}

/** A template is written and what keeps it made within this time (ms). */
export const TOGETHER = 10_000;

/** Who wrote the template that is in force, if that was then. */
export function writerAt({ writes: { template } }: WorkloadRow, at: number): string {
  return template !== null && Math.abs(template.at - at) <= TOGETHER ? template.by : '';
}

/** One rollout has one key, although its parts are written one after another. */
export function rolloutKey(row: WorkloadRow, revision: string): string {
  // Of deployments the revision only grows; others take an old one again, and write all at once.
  return `rollout ${row.uid} ${row.kind === 'Deployment' ? revision : row.generation}`;
}

/** By what their templates are found: of daemon sets only what keeps them tells (revisions.ts). */
function keptAs(before: WorkloadRow, after: WorkloadRow): Pick<Change, 'before' | 'after'> {
  switch (after.kind) {
    case 'Deployment':
      return { before: before.revision, after: after.revision };
    case 'StatefulSet':
      return { before: before.updateRevision, after: after.updateRevision };
    default:
      return {};
  }
}

function rolledOut(before: WorkloadRow, after: WorkloadRow, sight: Sight): readonly Change[] {
  const template = templateChange(before, after);
  const turns = before.revision !== after.revision && before.revision !== '';
  if (template === SAME && !turns) return NOTHING;
  const revision = turns ? [`revision ${turned(before.revision, after.revision)}`] : [];
  // It may be told in two parts: what the one says the other does not take back.
  const what = [...(template === SAME ? [] : [template]), ...revision].join(', ');
  return [
    {
      ...objectOf(after.kind, after),
      key: rolloutKey(after, before.revision),
      at: writtenAt(after.writes.template, before.writes.template, sight),
      change: 'rollout',
      who: after.writes.template?.by ?? '',
      what,
      level: 'ok',
      ...(turns ? keptAs(before, after) : {}),
    },
  ];
}

function rescaled(before: WorkloadRow, after: WorkloadRow, sight: Sight): readonly Change[] {
  // How many pods a daemon set has is a matter of nodes.
  if (before.desired === after.desired || after.kind === 'DaemonSet') return NOTHING;
  return [
    {
      ...objectOf(after.kind, after),
      key: `scaled ${after.uid} ${after.generation}`,
      at: writtenAt(after.writes.replicas, before.writes.replicas, sight),
      change: 'scaled',
      who: isNews(before.writes.replicas, after.writes.replicas, sight) ? scaler(after) : '',
      ...sized({ from: before.desired, to: after.desired }),
      level: after.desired === 0 ? 'warn' : 'ok',
      ...(after.desired < before.desired && { shrinks: true }),
    },
  ];
}

function held(before: WorkloadRow, after: WorkloadRow, { now }: Sight): readonly Change[] {
  if (before.paused === after.paused) return NOTHING;
  return [
    {
      ...objectOf(after.kind, after),
      key: `paused ${after.uid} ${after.generation}`,
      at: now,
      change: after.paused ? 'paused' : 'resumed',
      who: '',
      what: after.paused ? 'its rollout is held' : 'its rollout goes on',
      level: after.paused ? 'warn' : 'ok',
    },
  ];
}

function stuck(before: WorkloadRow, after: WorkloadRow, { now }: Sight): readonly Change[] {
  const reason = 'ProgressDeadlineExceeded';
  if (after.progressReason !== reason || before.progressReason === reason) return NOTHING;
  return [
    {
      ...objectOf(after.kind, after),
      key: `stuck ${after.uid} ${after.generation}`,
      at: now,
      change: 'rollout',
      who: '',
      what: 'exceeded its progress deadline',
      level: 'bad',
    },
  ];
}

const change = (before: WorkloadRow, after: WorkloadRow, sight: Sight): readonly Change[] => {
  // Its status changes far oftener than what it is to be.
  const isAsked = before.generation !== after.generation || before.revision !== after.revision;
  if (!isAsked) return stuck(before, after, sight);
  return [
    ...rolledOut(before, after, sight),
    ...rescaled(before, after, sight),
    ...held(before, after, sight),
    ...stuck(before, after, sight),
  ];
};

/** What workloads of that table still tell: that they were made, and how they were scaled. */
function* told(table: Workloads, query: ChangeQuery, since: number): Generator<Change | null> {
  const scalings = yield* Scalings.of(query, since);
  for (const row of query.rows(table)) {
    yield null;
    if (row.gone > 0) continue;
    if (row.created >= since) yield made(row);
    if (row.kind !== 'Deployment') continue;
    const alone = scalings.alone(row.namespace, row.name, row.desired);
    const last = Math.max(...alone.map(({ at }) => at));
    for (const scaling of alone) yield scaledBefore(row, scaling, scaling.at === last);
  }
}

function made(row: WorkloadRow): Change {
  return {
    ...objectOf(row.kind, row),
    key: `created ${row.uid}`,
    at: row.created,
    change: 'created',
    who: makerOf(row, row.writes.any),
    what: row.kind === 'DaemonSet' ? '' : `replicas ${row.desired}`,
    level: 'ok',
  };
}

function scaledBefore(row: WorkloadRow, { at, from, to }: Scaling, isLast: boolean): Change {
  const { replicas } = row.writes;
  // Who owns the number that is in force made it so, then: the owner of a scale is told without a
  // time. Who made those before is not told.
  const isOwners =
    isLast && to === row.desired && (!replicas?.at || Math.abs(replicas.at - at) <= TOGETHER);
  return {
    ...objectOf(row.kind, row),
    key: `scaled ${row.uid} at ${at}`,
    hearsay: true,
    at,
    change: 'scaled',
    who: isOwners ? scaler(row) : '',
    ...sized({ from, to }),
    level: to === 0 ? 'warn' : 'ok',
  };
}

function workloadRule(table: Workloads): AnyChangeRule {
  return changeRule({
    table,
    seen: (before, after, sight) =>
      before !== null && after !== null
        ? change(before, after, sight)
        : arrivals(
            before,
            after,
            sight,
            ({ kind }) => kind,
            ({ writes }) => writes.any,
          ),
    told: (query, since) => told(table, query, since),
    reads: ['events'],
  });
}

/** Rules of all kinds of workload. */
export const WORKLOAD_CHANGES: readonly AnyChangeRule[] = [
  workloadRule('deployments'),
  workloadRule('statefulsets'),
  workloadRule('daemonsets'),
];
