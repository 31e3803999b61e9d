/** Whether the cluster has room for the pods that scaling up adds, in words. */
import { at, object, objects, text, type Json } from '../../core/json.ts';
import { parseQuantity } from '../../core/quantity.ts';
import { roomFor, type Obstacle, type PodNeeds } from '../../domain/room.ts';
import type { ActionContext } from '../engine/define.ts';
import { livePods, nameOf, refOfTarget, type WorkloadTarget } from '../targets/workload-target.ts';

const LACKS: Readonly<Record<Obstacle, string>> = {
  cpu: 'short of CPU',
  memory: 'short of memory',
  pods: 'without a pod slot',
  selector: 'not chosen by its nodeSelector',
  taint: 'with a taint that it does not tolerate',
  unready: 'not ready or cordoned',
};

/** What a template may ask for that is not looked at. */
const UNSEEN: readonly (readonly [path: readonly string[], name: string])[] = [
  [['affinity'], 'affinity'],
  [['topologySpreadConstraints'], 'topology spread'],
];

/**
 * What of the pods that are added would stay Pending, and why; empty where all find room, none is
 * added, or it is not known.
 */
export async function roomWarning(
  target: WorkloadTarget,
  wanted: number,
  ctx: ActionContext,
): Promise<string> {
  const { query } = ctx;
  const added = wanted - Math.max(target.row.current, target.row.desired);
  if (added <= 0 || !query.status('nodes').synced || !query.status('pods').synced) return '';
  const [pod] = livePods(target, query);
  // Fargate makes a node for each pod.
  if (pod !== undefined && pod.fargateProfile !== '') return '';
  const workload = await ctx.once(`object ${target.row.uid}`, () =>
    ctx.kube.get(refOfTarget(target)),
  );
  const spec = object(at(workload, 'spec', 'template', 'spec'));
  const asked = needsOf(spec);
  // What a pod asks for is summed already as the scheduler does.
  const needs = pod ? { ...asked, cpu: pod.cpuRequest, memory: pod.memoryRequest } : asked;
  const { fits, obstacles } = roomFor(needs, added, query.rows('nodes'), query.rows('pods'));
  if (fits >= added) return '';
  const why = [...obstacles]
    .sort(([, a], [, b]) => b - a)
    .map(([obstacle, nodes]) => `${nodes} ${nodes === 1 ? 'node' : 'nodes'} ${LACKS[obstacle]}`);
  const unseen = UNSEEN.filter(([path]) => at(spec, ...path) !== undefined).map(([, name]) => name);
  const aside = unseen.length === 0 ? '' : `; ${unseen.join(' and ')} is not considered`;
  const pending = added - fits;
  return `${pending} of ${added} more pods of ${nameOf(target)} would stay Pending unless nodes are added: ${why.join(', ')}${aside}`;
}

function needsOf(spec: Json): PodNeeds {
  const sum = (resource: string): number =>
    objects(spec['containers']).reduce(
      (total, each) =>
        total + (parseQuantity(text(at(each, 'resources', 'requests', resource))) ?? 0),
      0,
    );
  return {
    cpu: sum('cpu'),
    memory: sum('memory'),
    nodeSelector: Object.fromEntries(
      Object.entries(object(spec['nodeSelector'])).map(([key, value]) => [key, text(value)]),
    ),
    tolerations: objects(spec['tolerations']).map(({ key, operator, value, effect }) => ({
      key: text(key),
      operator: text(operator),
      value: text(value),
      effect: text(effect),
    })),
  };
}
