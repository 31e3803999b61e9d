/** Which pods a drain takes from a node, decided as kubectl decides. */
import { hasEnded } from '../../domain/workload-pods.ts';
import { at, objects, text } from '../../core/json.ts';
import { type ObjectRef, placeIn, refOf } from '../../domain/ref.ts';
import { decoderOf } from '../../domain/tables/index.ts';
import type { Evictable } from '../../domain/tables/pdbs.ts';
import type { KubeError, KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import type { FormValues } from '../engine/form.ts';

/** A pod on a node, and what becomes of it. */
export interface DrainPod {
  readonly ref: ObjectRef;
  readonly uid: string;
  /** As the eviction API looks at it. */
  readonly evictable: Evictable;
  /** `shop/api-1`. */
  readonly name: string;
  /** `stays`: it is not touched; `blocks`: nothing is drained before that is settled. */
  readonly fate: 'goes' | 'stays' | 'blocks';
  /** Why it stays or blocks, or what is lost with it; may be empty. */
  readonly why: string;
}

/** What the drain is told to do; the values are `yes` and `no`. */
export const isOn = (values: FormValues, id: string): boolean => values[id] === 'yes';

/** The pods of a node, as the server has them now. */
export async function podsToDrain(
  node: string,
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly DrainPod[]> {
  const pods = await podsOf(node, ctx);
  const sets = new Map<string, Promise<boolean>>();
  return Promise.all(
    pods.map(async (pod) => {
      const { namespace = '', name } = pod.metadata;
      const { owner, ownerKind } = controllerOf(pod);
      const key = `${namespace}/${owner}`;
      if (ownerKind === 'DaemonSet' && !sets.has(key))
        sets.set(key, isThere(namespace, owner, ctx));
      const orphaned = (await sets.get(key)) === false && ownerKind === 'DaemonSet';
      return {
        ref: refOf('pods', { cluster: ctx.cluster, namespace, name }),
        uid: pod.metadata.uid ?? '',
        evictable: decoderOf('pods').json(pod),
        name: `${namespace}/${name}`,
        ...fateOf(pod, orphaned, values),
      };
    }),
  );
}

/** The pods that are on a node. */
export function podsOf(node: string, ctx: ActionContext): Promise<readonly KubeObject[]> {
  return ctx.kube.list(placeIn('pods', ctx.cluster, ''), {
    fieldSelector: `spec.nodeName=${node}`,
  });
}

type Fate = Pick<DrainPod, 'fate' | 'why'>;

function fateOf(pod: KubeObject, orphaned: boolean, values: FormValues): Fate {
  const goes: Fate = { fate: 'goes', why: '' };
  const { annotations = {} } = pod.metadata;
  if (annotations['kubernetes.io/config.mirror'] !== undefined)
    return { fate: 'stays', why: 'mirror pod: its node runs it from a file' };
  if (hasEnded({ phase: text(at(pod, 'status', 'phase')) })) return goes;
  const { owner, ownerKind } = controllerOf(pod);
  if (ownerKind === 'DaemonSet' && !orphaned) {
    return isOn(values, 'daemonsets')
      ? { fate: 'stays', why: `of daemon set ${owner}` }
      : { fate: 'blocks', why: `of daemon set ${owner}, which would start it again` };
  }
  const unmanaged = ownerKind === '' || orphaned;
  if (unmanaged && !isOn(values, 'force'))
    return { fate: 'blocks', why: 'nothing would start it again: force deletes it for good' };
  const scratch = objects(at(pod, 'spec', 'volumes')).some((each) => 'emptyDir' in each);
  if (scratch && !isOn(values, 'emptydir'))
    return { fate: 'blocks', why: 'has data in an emptyDir, which is lost with it' };
  const lost = [unmanaged ? 'nothing starts it again' : '', scratch ? 'loses its emptyDir' : ''];
  return { fate: 'goes', why: lost.filter(Boolean).join(', ') };
}

function controllerOf({ metadata }: KubeObject): {
  readonly owner: string;
  readonly ownerKind: string;
} {
  const owner = objects(metadata['ownerReferences']).find((each) => each['controller'] === true);
  return { owner: text(owner?.['name']), ownerKind: text(owner?.['kind']) };
}

/** Whether a daemon set is still there; what cannot be asked is. */
async function isThere(namespace: string, name: string, ctx: ActionContext): Promise<boolean> {
  try {
    await ctx.kube.get(refOf('daemonsets', { cluster: ctx.cluster, namespace, name }));
    return true;
  } catch (error) {
    return (error as Partial<KubeError>).code !== 404;
  }
}
