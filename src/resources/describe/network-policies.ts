/** Network policies in words: what one lets through, and what those of a pod come to. */
import type { Cell } from '../../core/styled.ts';
import type { PodRow } from '../../domain/rows.ts';
import {
  policed,
  type NetworkPolicyRow,
  type PolicyRule,
} from '../../domain/tables/networkpolicies.ts';
import type { Query } from '../../ports/query.ts';
import { NONE, toned, UNKNOWN } from '../cells.ts';
import type { Section } from '../define.ts';
import { many, type Line } from './common.ts';

/** `pods app=web on 8080/TCP`; `anything`. */
export function ruleText({ peers, ports }: PolicyRule): string {
  const who = peers.join(', ');
  const on = ports.length === 0 ? '' : ` on ${ports.join(', ')}`;
  return who === '' && on === '' ? 'anything' : `${who || 'anything'}${on}`;
}

/** What one direction comes to: a rule that takes anything makes the others say nothing. */
function allowed(rules: readonly PolicyRule[]): string {
  if (rules.length === 0) return 'nothing';
  const texts = rules.map(ruleText);
  return texts.includes('anything') ? 'anything' : texts.join('; ');
}

/** In one line: `in pods app=web on 8080/TCP, out anything`; `denies all`. */
export function policyText({ ingress, egress }: Pick<NetworkPolicyRow, 'ingress' | 'egress'>) {
  const denies = (rules: readonly PolicyRule[] | null): boolean => rules?.length === 0;
  if (denies(ingress) && denies(egress)) return 'denies all';
  if (denies(ingress) && egress === null) return 'denies all in';
  if (denies(egress) && ingress === null) return 'denies all out';
  return [
    ...(ingress === null ? [] : [`in ${allowed(ingress)}`]),
    ...(egress === null ? [] : [`out ${allowed(egress)}`]),
  ].join(' · ');
}

/** The rules of one direction, each on a line of its own. */
export function ruleLines(label: string, rules: readonly PolicyRule[] | null): readonly Line[] {
  if (rules === null) return [[label, toned('not its matter', 'muted')]];
  if (rules.length === 0) return [[label, 'nothing']];
  return many(label, rules.map(ruleText));
}

/** Who enforces it, in a sentence. */
export function enforcementText({ enforcer, onFargate }: NetworkPolicyRow): Cell {
  if (enforcer === null)
    return toned(
      '? no daemon set that is known to enforce policies is seen here; on nodes of Auto Mode their NodeClass and the config map kube-system/amazon-vpc-cni decide',
      'muted',
    );
  if (enforcer === '')
    return toned(
      'nobody: aws-node runs without --enable-network-policy=true; its add-on turns that on by enableNetworkPolicy',
      'warn',
    );
  const fargate = onFargate ?? 0;
  return fargate === 0
    ? enforcer
    : [
        [enforcer, 'text'],
        [`, but not for ${fargate} of its pods, which are on Fargate`, 'warn'],
      ];
}

/** Which policies select a pod, and what they let in and out together. */
export function policiesOfPod(pod: PodRow, query: Query): Section {
  const title = 'Network policies';
  if (!query.status('networkpolicies').synced) return { title, lines: [UNKNOWN] };
  const policies = [...query.rows('networkpolicies')].filter(
    (policy) => policy.gone === 0 && policed(policy)(pod),
  );
  if (policies.length === 0) return { title, lines: [NONE] };
  return {
    title,
    lines: [
      ...policies.map((policy): Line => [policy.name, policyText(policy)]),
      together(
        'Lets in',
        policies.map(({ ingress }) => ingress),
      ),
      together(
        'Lets out',
        policies.map(({ egress }) => egress),
      ),
      ...caveats(pod, policies),
    ],
  };
}

/** Rules add up; where no policy is about a direction, everything goes. */
function together(label: string, each: readonly (readonly PolicyRule[] | null)[]): Line {
  const about = each.filter((rules) => rules !== null);
  return [label, about.length === 0 ? 'anything' : allowed(about.flat())];
}

/** Where they are not what they say. */
function caveats(pod: PodRow, policies: readonly NetworkPolicyRow[]): readonly Line[] {
  const [policy] = policies;
  if (policy === undefined) return [];
  if (pod.hostNetwork) return [['Enforced', toned('no: it is on the network of its node', 'warn')]];
  if (pod.fargateProfile !== '')
    return [['Enforced', toned('no: nothing enforces them on Fargate', 'warn')]];
  return [['Enforced by', enforcementText({ ...policy, onFargate: 0 })]];
}
