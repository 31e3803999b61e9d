/** What happens to pods: their containers are restarted, they are put out of the way, or deleted. */
import type { ContainerInfo } from '../container.ts';
import { exitText } from '../pod-cause.ts';
import type { PodRow, WorkloadRow } from '../rows.ts';
import { endedByItself, keeperTable } from '../pod-leaving.ts';
import { numberOf } from '../workload-pods.ts';
import { changeRule, NOTHING, type Change, type ChangeQuery, type Sight } from './change.ts';
import { objectOf } from './objects.ts';

/** The workload that it is of; nothing where somebody made it by hand. */
const ownerOf = ({ workloadKind, workload }: PodRow): Pick<Change, 'owner'> =>
  workload === '' ? {} : { owner: { kind: workloadKind, name: workload } };

/** When it was started again; while that is not told, when it had ended. */
const startOf = ({ state, since, lastExit }: ContainerInfo): number =>
  (state === 'running' && since) || (lastExit?.at ?? 0);

/** A restart of one of its containers. */
function restart(pod: PodRow, container: ContainerInfo, now: number): Change {
  const { lastExit, name, restarts } = container;
  const exit = lastExit === null ? 'restarted' : exitText(lastExit);
  const several = pod.containers.filter(({ role }) => role === 'main').length > 1;
  const what = several || container.role !== 'main' ? `${name}: ${exit}` : exit;
  return {
    ...objectOf('Pod', pod),
    key: `restarted ${pod.uid} ${name} ${restarts}`,
    at: startOf(container) || now,
    change: 'restarted',
    ...ownerOf(pod),
    who: '',
    what,
    level: lastExit === null || lastExit.exitCode !== 0 ? 'bad' : 'warn',
    flood: `restarted ${what}`,
  };
}

type Disruption = Pick<Change, 'change' | 'who' | 'what'>;

/** What the API server, the scheduler and the node call what they do to pods, and who that is. */
const DISRUPTIONS: readonly (readonly [RegExp, Disruption])[] = [
  // Who asked for it the API does not tell.
  [
    /^EvictionByEvictionAPI/,
    { change: 'evicted', who: '', what: 'through the eviction API, as a drain does' },
  ],
  [/^PreemptionByScheduler/, { change: 'preempted', who: 'scheduler', what: '' }],
  [/^DeletionByTaintManager/, { change: 'evicted', who: 'taint eviction', what: '' }],
  [/^TerminationByKubelet/, { change: 'evicted', who: 'kubelet', what: '' }],
];

function disruption({ cause, status }: PodRow): Disruption | null {
  if (cause === '') return null;
  const [, known] = DISRUPTIONS.find(([reason]) => reason.test(cause)) ?? [];
  if (known) return { ...known, what: known.what || cause.replace(/^\w+: /, '') };
  return status === 'Evicted' ? { change: 'evicted', who: 'kubelet', what: cause } : null;
}

function disrupted(pod: PodRow, now: number): readonly Change[] {
  const found = disruption(pod);
  if (found === null) return NOTHING;
  const { change, who, what } = found;
  return [
    {
      ...objectOf('Pod', pod),
      key: `${change} ${pod.uid}`,
      at: pod.causeAt || now,
      change,
      ...ownerOf(pod),
      who,
      what: pod.node === '' ? what : `${what}, from ${pod.node}`,
      level: 'warn',
      flood: `${change} ${who} ${pod.node}`,
      ...(pod.node === '' ? {} : { deluge: { cause: `${change} ${who}`, what, places: 'nodes' } }),
    },
  ];
}

function restarted(before: PodRow, after: PodRow, now: number): readonly Change[] {
  return after.containers
    .filter(({ name, restarts }) => {
      const old = before.containers.find((each) => each.name === name);
      return restarts > (old?.restarts ?? 0);
    })
    .map((container) => restart(after, container, now));
}

/** What a controller does about pods follows what it was told within this time (ms). */
const SOON = 60_000;
/** Mostly it has done it by then (ms): a deletion that is asked for later was not decided before. */
const DONE = 10_000;

/**
 * Whether what keeps such pods still wants this one: then it was not the one who deleted it. False
 * where that is not known: keepers of other kinds take their pods away for reasons of their own, and
 * what was decided before anybody looked is not seen any more.
 */
function isWanted(pod: PodRow, asked: number, { query, seenSince, lately }: Sight): boolean {
  const { namespace, ownerName, workloadKind, workload } = pod;
  const table = keeperTable(pod);
  if (table === undefined) return pod.ownerKind === '';
  const above = workloadKind === 'Deployment' ? 'deployments' : table;
  if (Math.max(seenSince(table), seenSince(above)) + DONE > asked) return false;
  const keeper = query.named(table, namespace, ownerName);
  if (keeper === undefined || keeper.deleting > 0 || keeper.desired === 0) return false;
  const shrunk = lately('shrinks', workloadKind, namespace, workload);
  if (shrunk !== undefined && shrunk.at >= asked - SOON) return false;
  return isOfTemplate(pod, keeper, query);
}

/** Whether it is as its workload is to be: else a rollout has taken it away. */
function isOfTemplate(pod: PodRow, keeper: WorkloadRow, query: ChangeQuery): boolean {
  const { namespace, labels, workloadKind, workload } = pod;
  switch (workloadKind) {
    case 'ReplicaSet':
      return true;
    case 'Deployment':
      return query.named('deployments', namespace, workload)?.revision === keeper.revision;
    case 'StatefulSet':
      return (
        keeper.strategy === 'OnDelete' ||
        numberOf(pod) < keeper.partition ||
        labels['controller-revision-hash'] === keeper.updateRevision
      );
    case 'DaemonSet':
      return (
        keeper.strategy === 'OnDelete' || labels['pod-template-generation'] === keeper.revision
      );
    default:
      // Those that scale replica sets beside deployments do so unheard.
      return false;
  }
}

/** Whether its node is being emptied, or has left: pods go with it, which is told of the node. */
function goesWithItsNode({ node: name }: PodRow, asked: number, { query, seenSince }: Sight) {
  const node = name === '' ? undefined : query.named('nodes', '', name);
  if (node !== undefined) return node.cordoned || node.deleting > 0;
  return name !== '' && seenSince('nodes') <= asked;
}

/** A pod that left although nothing that is told makes it go: somebody deleted it. */
function deleted(pod: PodRow, sight: Sight): readonly Change[] {
  const isTold = disruption(pod) !== null || pod.causeWord === 'DeletionByPodGC';
  const asked = pod.asked || sight.now;
  if (isTold || endedByItself(pod) || goesWithItsNode(pod, asked, sight)) return NOTHING;
  if (!isWanted(pod, asked, sight)) return NOTHING;
  const what = [
    pod.node === '' ? '' : `from ${pod.node}`,
    pod.ownerName === '' ? 'it has no owner that makes it anew' : '',
    sight.watched ? '' : 'some time since it was last seen',
  ];
  return [
    {
      ...objectOf('Pod', pod),
      key: `deleted ${pod.uid}`,
      at: asked,
      change: 'deleted',
      ...ownerOf(pod),
      who: '',
      what: what.filter((each) => each !== '').join(', '),
      level: 'warn',
      flood: `deleted Pod ${pod.namespace}`,
    },
  ];
}

function* told(query: ChangeQuery, since: number): Generator<Change | null> {
  for (const pod of query.rows('pods')) {
    yield null;
    if (pod.gone > 0) continue;
    if (pod.causeAt >= since) yield* disrupted(pod, 0);
    if (pod.restarts === 0) continue;
    for (const container of pod.containers) {
      if (container.restarts > 0 && startOf(container) >= since) yield restart(pod, container, 0);
    }
  }
}

export const POD_CHANGES = [
  changeRule({
    table: 'pods',
    seen(before, after, sight) {
      const { now } = sight;
      // Pods come and go with what they belong to, which is told: but not all of them.
      if (before === null) return NOTHING;
      if (after === null) return deleted(before, sight);
      const isRestarted = after.restarts > before.restarts;
      const isDisrupted = after.cause !== before.cause && disruption(before) === null;
      if (!isRestarted && !isDisrupted) return NOTHING;
      return [
        ...(isRestarted ? restarted(before, after, now) : NOTHING),
        ...(isDisrupted ? disrupted(after, now) : NOTHING),
      ];
    },
    told,
  }),
];
