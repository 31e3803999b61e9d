import { kubectlName, type ObjectRef } from '../../domain/ref.ts';
import type { KubeError, KubePort } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import { reasonOf } from '../../core/words.ts';

/** A change of an object or of its subresource. */
export type KubePatch = Parameters<KubePort['patch']>[1];

/** What would be sent to what. */
export type Patching = readonly [ref: ObjectRef, patch: KubePatch];

/**
 * What the API server would refuse of these patches, a line each: quotas, admission webhooks,
 * fields. Rejects where there was no answer at all, for then nothing is known.
 */
export function dryRun(
  patches: readonly Patching[],
  { kube }: ActionContext,
): Promise<readonly string[]> {
  return refusalsOf(
    patches,
    ([ref]) => kubectlName(ref),
    ([ref, patch]) => kube.patch(ref, { ...patch, dryRun: true }),
  );
}

/** The same of any other dry runs. */
export async function refusalsOf<T>(
  tried: readonly T[],
  nameOf: (each: T) => string,
  attempt: (each: T) => Promise<unknown>,
): Promise<readonly string[]> {
  const answers = await Promise.all(
    tried.map(async (each) => {
      try {
        await attempt(each);
        return '';
      } catch (error) {
        if (!wasAnswered(error)) throw error;
        return `${nameOf(each)}: ${reasonOf(error)}`;
      }
    }),
  );
  return answers.filter((answer) => answer !== '');
}

/** A refusal comes from the server; code 0 is no answer, and 401 a matter of logging in. */
function wasAnswered(error: unknown): boolean {
  const { code } = error as Partial<KubeError>;
  return code !== undefined && code >= 400 && code !== 401;
}
