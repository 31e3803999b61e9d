import type { KubeError, KubePort } from '../ports/kube.ts';
import type { ActionContext } from './define.ts';
import { nameOf, refOfTarget, type WorkloadTarget } from './workload-target.ts';
import { reasonOf } from './words.ts';

type Patch = Parameters<KubePort['patch']>[1];

/**
 * What the API server would refuse of these patches, a line each: quotas, admission webhooks,
 * fields. Rejects where there was no answer at all, for then nothing is known.
 */
export async function dryRun(
  targets: readonly WorkloadTarget[],
  patchOf: (target: WorkloadTarget) => Patch,
  { kube }: ActionContext,
): Promise<readonly string[]> {
  const answers = await Promise.all(
    targets.map(async (target) => {
      try {
        await kube.patch(refOfTarget(target), { ...patchOf(target), dryRun: true });
        return '';
      } catch (error) {
        if (!wasAnswered(error)) throw error;
        return `${nameOf(target)}: ${reasonOf(error)}`;
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
