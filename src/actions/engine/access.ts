import type { AccessRequest } from '../../ports/kube.ts';
import type { Action, ActionTarget } from './define.ts';
import type { ActionHost } from './host.ts';
import type { Access } from './plan.ts';
import { hintOf, reasonOf } from '../../core/words.ts';

/** A right that is missing, or that could not be asked for. */
export interface Denial {
  readonly reason: string;
  readonly hint: string;
  /** It is missing; else it could not be asked for. */
  readonly missing: boolean;
}

/** What the API server is asked before anything else. */
export const rightsOf = (action: Action, targets: readonly ActionTarget[]): readonly Access[] =>
  targets.flatMap((target) => action.access(target)).map((kube) => ({ kube }));

/**
 * Asks for every right, each once. Null: all is allowed, as far as it can be asked.
 * @param granted rights that need not be asked for; those that are granted come to it
 */
export async function denialOf(
  rights: readonly Access[],
  host: ActionHost,
  granted: Set<string>,
): Promise<Denial | null> {
  const each = new Map(rights.map((right) => [JSON.stringify(right), right]));
  try {
    const denials = await Promise.all(
      [...each].map(async ([key, right]) => {
        const denial = granted.has(key) ? null : await denied(right, host);
        if (denial === null) granted.add(key);
        return denial;
      }),
    );
    return denials.find((denial) => denial !== null) ?? null;
  } catch (error) {
    return { reason: `may it be done? ${reasonOf(error)}`, hint: hintOf(error), missing: false };
  }
}

async function denied(right: Access, host: ActionHost): Promise<Denial | null> {
  if ('iam' in right) {
    const { iam, resource } = right;
    if ((await host.iamAllows(iam, resource)) !== false) return null;
    const reason = `you may not do ${iam} on ${resource}`;
    return { reason, hint: `needs IAM: ${iam}`, missing: true };
  }
  const { allowed, reason } = await host.ctx.kube.can(right.kube);
  return allowed ? null : deniedByRbac(right.kube, reason);
}

function deniedByRbac(request: AccessRequest, reason: string): Denial {
  const { verb, resource, subresource, namespace, group } = request;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === '' ? '' : ` in namespace ${namespace}`;
  return {
    reason: `you may not ${verb} ${what}${where}${reason === '' ? '' : `: ${reason}`}`,
    hint: `needs RBAC: ${verb} ${what}${group === '' ? '' : ` (${group})`}${where}`,
    missing: true,
  };
}
