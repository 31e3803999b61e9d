/**
 * The config map aws-auth of kube-system: which principals of IAM may come into a cluster, and as
 * whom, beside its access entries.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
import { own } from '../core/own.ts';
import { text } from '../core/json.ts';
import { yamlObjects } from '../core/yaml-list.ts';

/** A principal of IAM, and who it is in the cluster. */
export interface MappedPrincipal {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

const ARN_OF: Readonly<Record<string, string>> = { mapRoles: 'rolearn', mapUsers: 'userarn' };

/** The keys under which the map lists principals. */
export const MAPPINGS: ReadonlySet<string> = new Set(Object.keys(ARN_OF));

/** The principals of its values; what is no principal is passed over, as the authenticator does. */
export function mappedPrincipals(
  data: readonly { readonly name: string; readonly mapping: string }[],
): readonly MappedPrincipal[] {
  return data.flatMap(({ name, mapping }) =>
    yamlObjects(mapping).flatMap((entry): readonly MappedPrincipal[] => {
      const arn = text(entry[own(ARN_OF, name) ?? '']);
      const { groups } = entry;
      if (arn === '') return [];
      const named: readonly unknown[] = Array.isArray(groups) ? groups : [];
      return [{ arn, username: text(entry['username']), groups: named.map(text).filter(Boolean) }];
    }),
  );
}
