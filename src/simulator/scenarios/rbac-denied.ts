import type { AccessPolicy, Rule } from '../world/access.ts';
import type { Scenario } from './scenario.ts';
import { startDay } from './steady.ts';

/** The one namespace that the user may read. */
const ALLOWED_NAMESPACE = 'payments';

const READ = ['get', 'list', 'watch'];

const RULES: readonly Rule[] = [
  {
    verbs: READ,
    apiGroups: [''],
    resources: ['pods', 'pods/log', 'services', 'events', 'configmaps', 'serviceaccounts'],
  },
  {
    verbs: READ,
    apiGroups: ['apps', 'batch', 'autoscaling', 'policy', 'discovery.k8s.io', 'networking.k8s.io'],
    resources: ['*'],
  },
  { verbs: ['get', 'list'], apiGroups: ['metrics.k8s.io'], resources: ['pods'] },
];

const POLICY: AccessPolicy = {
  allows: ({ verb, group, resource, namespace }) =>
    namespace === ALLOWED_NAMESPACE &&
    RULES.some(
      (rule) =>
        rule.verbs.includes(verb) &&
        rule.apiGroups.includes(group) &&
        (rule.resources.includes('*') || rule.resources.includes(resource)),
    ),
  rules: (namespace) => (namespace === ALLOWED_NAMESPACE ? RULES : []),
};

/** A developer who may read one namespace, and nothing of the cluster. */
export const rbacDenied: Scenario = {
  name: 'rbac-denied',
  start: startDay,
  access: POLICY,
  iam: {
    allow: ['autoscaling:Describe*', 'ec2:Describe*', 'eks:Describe*', 'eks:List*', 'iam:Get*'],
    deny: ['iam:Create*'],
  },
};
