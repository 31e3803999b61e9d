/** Changes that are made only to the object that the plan was made of. */
import { isEqual } from '../../core/equal.ts';
import { at, objects } from '../../core/json.ts';
import { kubectlName, type ObjectRef } from '../../domain/ref.ts';
import type { KubeError, KubeObject, KubePort } from '../../ports/kube.ts';
import type { KubePatch } from './dry-run.ts';

/** Status is written again and again while a rollout goes on: that often is the change tried. */
const TRIES = 8;

/** A change, and what it is planned for. */
export interface PlannedPatch {
  readonly ref: ObjectRef;
  /** As it was when the plan was made. */
  readonly planned: KubeObject;
  readonly patch: KubePatch;
  /** What of the object the plan relies on; by default its spec. Its status changes all the time. */
  readonly relies?: (object: KubeObject) => unknown;
}

/**
 * What of an object is wanted of it. Not by its generation: servers count a deployment's annotations
 * too, which others write at any time.
 */
export const specOf = (object: KubeObject): unknown => object['spec'];

/**
 * Sends a patch with the version of the object as a precondition. Where only what the plan does not
 * rely on has changed, it is sent for the new version.
 * @throws Error where the object is another than the planned one
 */
export async function patchAsPlanned(
  { ref, planned, patch, relies = specOf }: PlannedPatch,
  kube: KubePort,
): Promise<void> {
  let object = planned;
  for (let tries = 1; ; tries++) {
    try {
      await kube.patch(ref, conditional(patch, object));
      return;
    } catch (error) {
      // 409: the version is another; 422: so says the test of a JSON patch.
      const { code } = error as Partial<KubeError>;
      if (tries === TRIES || (code !== 409 && code !== 422)) throw error;
      const now = await kube.get(ref);
      if (now.metadata.uid !== planned.metadata.uid || !isEqual(relies(now), relies(planned)))
        throw new Error(
          `${kubectlName(ref)} was changed meanwhile: nothing was sent; look at it and plan anew`,
          { cause: error },
        );
      if (now.metadata.resourceVersion === object.metadata.resourceVersion) throw error;
      object = now;
    }
  }
}

/** The same patch, for this version of the object only. */
function conditional(patch: KubePatch, { metadata }: KubeObject): KubePatch {
  const { uid, resourceVersion } = metadata;
  if (patch.type === 'json') {
    const tests = Object.entries({ uid, resourceVersion }).map(([field, value]) => ({
      op: 'test',
      path: `/metadata/${field}`,
      value,
    }));
    return { ...patch, body: [...tests, ...objects(patch.body)] };
  }
  return {
    ...patch,
    body: {
      ...(patch.body as object),
      metadata: { ...(at(patch.body, 'metadata') as object | undefined), uid, resourceVersion },
    },
  };
}
