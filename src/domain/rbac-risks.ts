/** What of a role's rules leads to more than it says: everything, other people's rights, secrets. */
import { allowed, type PolicyRule } from './rbac.ts';

const RBAC = 'rbac.authorization.k8s.io';

interface Risk {
  readonly says: string;
  readonly group: string;
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  /** Only where it holds in the whole cluster: within one namespace it is what the role is for. */
  readonly everywhere?: boolean;
}

/** From the worst on. */
const RISKS: readonly Risk[] = [
  {
    says: 'widens roles (escalate)',
    ...{ group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['escalate'] },
  },
  {
    says: 'gives out any role (bind)',
    ...{ group: RBAC, resources: ['roles', 'clusterroles'], verbs: ['bind'] },
  },
  {
    says: 'acts as others (impersonate)',
    ...{ group: '', resources: ['users', 'groups', 'serviceaccounts'], verbs: ['impersonate'] },
  },
  {
    says: 'reads every secret',
    ...{ group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'], everywhere: true },
  },
  {
    says: 'makes tokens of service accounts',
    ...{ group: '', resources: ['serviceaccounts/token'], verbs: ['create'] },
  },
  {
    says: 'runs commands on nodes (nodes/proxy)',
    ...{ group: '', resources: ['nodes/proxy'], verbs: ['get', 'create'], everywhere: true },
  },
  {
    says: 'runs commands in pods (pods/exec)',
    // A WebSocket is opened by a GET, which older servers take for the right to get.
    ...{ group: '', resources: ['pods/exec'], verbs: ['create', 'get'] },
  },
];

/**
 * What rules lead to, in words, the worst first; empty where they give what they say and no more.
 * Rules about named objects are taken to be meant as they are.
 */
export function risksOf(
  rules: readonly PolicyRule[],
  { everywhere }: { readonly everywhere: boolean },
): readonly string[] {
  const wide = rules.filter(({ resourceNames }) => resourceNames.length === 0);
  if (wide.some(givesAll)) return [everywhere ? 'gives everything' : 'gives all of its namespace'];
  return RISKS.filter((risk) => everywhere || risk.everywhere !== true)
    .filter(({ group, resources, verbs }) =>
      verbs.some((verb) =>
        resources.some((each) => {
          const [resource = '', subresource = ''] = each.split('/');
          const attempt = { verb, group, resource, subresource, name: '' };
          return wide.some((rule) => allowed(rule, attempt) !== null);
        }),
      ),
    )
    .map(({ says }) => says);
}

const givesAll = ({ verbs, apiGroups, resources }: PolicyRule): boolean =>
  [verbs, apiGroups, resources].every((words) => words.includes('*'));
