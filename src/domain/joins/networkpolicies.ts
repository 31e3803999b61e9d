/** What is written into network policies: which pods they select, and who enforces them. */
import { enforcerOf } from '../policy-agent.ts';
import { selecting } from '../selector.ts';
import { join, key } from './join.ts';
import { occupies } from './keys.ts';

/** Labels select, which no key finds: all pods of a namespace stand under one. */
const ANY = 'any';
const any = (): string => ANY;

export const policyPods = join({
  target: key('networkpolicies', 'namespace', any),
  source: key('pods', 'namespace', any),
  uses: ['labels', 'phase', 'fargateProfile'],
  fields: ['selected', 'onFargate'],
  ofAll: true,
  compute: ({ selector }, pods, known) => {
    if (!known) return { selected: null, onFargate: null };
    const takes = selecting(selector);
    const selected = pods.filter((pod) => occupies(pod) && takes(pod.labels));
    const onFargate = selected.filter(({ fargateProfile }) => fargateProfile !== '');
    return { selected: selected.length, onFargate: onFargate.length };
  },
});

export const policyEnforcer = join({
  target: key('networkpolicies', 'cluster', any),
  source: key('daemonsets', 'cluster', ({ policyAgent }) => (policyAgent === null ? '' : ANY)),
  uses: ['policyAgent', 'desired'],
  fields: ['enforcer'],
  ofAll: true,
  compute: (_, daemonSets, known) => ({ enforcer: enforcerOf(daemonSets, known) }),
});
