/** Which EKS clusters the kubeconfig names: AWS can be asked about them where it lists none. */
import { ALL_REGIONS } from '../domain/aws-regions.ts';
import type { AwsScope, ClusterScope } from '../ports/aws.ts';
import { contextRow } from './fleet.ts';
import type { ContextInfo } from './types.ts';

/** What a context says of its cluster; null where it says no region. */
function namedBy(context: ContextInfo): { readonly name: string; readonly region: string } | null {
  const { name, region } = context.eks ?? contextRow(context);
  return region === '' ? null : { name, region };
}

/** A scope with the clusters that contexts say are in it: by its profile, or by nobody's. */
export function withNames(scope: AwsScope, contexts: readonly ContextInfo[]): ClusterScope {
  const named = contexts
    .filter(({ eks }) => eks === null || eks.profile === scope.profile)
    .flatMap((context) => namedBy(context) ?? []);
  return { ...scope, named };
}

/**
 * Where AWS is asked about the cluster of a context: by the profile that its credentials are made
 * with; where they are not made by AWS, by the chosen ones, if any is in its region, or by nobody's.
 */
export function scopeOf(context: ContextInfo, chosen: readonly AwsScope[]): AwsScope | null {
  const { eks } = context;
  if (eks !== null) return { profile: eks.profile, region: eks.region };
  const region = namedBy(context)?.region ?? '';
  const isAsked = chosen.some((scope) => [region, ALL_REGIONS].includes(scope.region));
  return region === '' || isAsked ? null : { profile: '', region };
}
