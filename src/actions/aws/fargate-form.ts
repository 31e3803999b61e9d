/** What is asked for a Fargate profile: its name, its role, its subnets, and the pods that it takes. */
import {
  MOST_SELECTORS,
  parseLabels,
  profileNameProblem,
  type FargateSelector,
} from '../../domain/fargate.ts';
import { internetGatewayOf } from '../../domain/private-subnets.ts';
import { byFargate, FARGATE_SERVICE } from '../../domain/role-taker.ts';
import { trustAnswer } from '../../domain/trust-answer.ts';
import { parseTrust, type TrustPolicy } from '../../domain/trust-policy.ts';
import type { EksClusterDescription, RoleDescription } from '../../ports/aws-shapes.ts';
import { awsOf, type Aws } from '../targets/aws.ts';
import type { ActionContext } from '../engine/define.ts';
import {
  choiceField,
  groupValues,
  textField,
  type Form,
  type FormValues,
  type Option,
} from '../engine/form.ts';

/** The option of the role that is made on the way. */
export const NEW_ROLE = 'new';

/** The name of the role that is made where none is chosen: one for all profiles of a cluster. */
export const newRoleName = (cluster: string): string =>
  `EKSFargatePods-${cluster}`.slice(0, MOST_ROLE_NAME);

/** Characters that the name of a role may have. */
const MOST_ROLE_NAME = 64;

/** @param namespace of the row under the cursor, to begin with */
export async function fargateForm(
  namespace: string,
  values: FormValues,
  ctx: ActionContext,
): Promise<Form> {
  const aws = awsOf(ctx);
  const [cluster, roles, names] = await Promise.all([
    ctx.once('cluster', () => clusterOf(aws)),
    ctx.once('roles', () => rolesOf(aws)),
    ctx.once('profiles', () => namesOf(aws)),
  ]);
  const subnets = await ctx.once('subnets', () => subnetsOf(cluster, aws));
  return [
    textField({
      id: 'name',
      label: 'Name',
      initial: namespace,
      hint: 'it cannot be changed later',
      check: (name) => profileNameProblem(name, names),
    }),
    choiceField({
      id: 'role',
      label: 'Execution role',
      hint: 'pulls images and writes logs; not what the pods may do',
      options: [...rolesFor(values['name'] ?? namespace, roles, aws), newRole(aws.eks.name)],
    }),
    choiceField({
      id: 'subnets',
      label: 'Subnets',
      hint: 'private ones only; pods take their addresses from them',
      several: true,
      options: subnets,
      initial: usable(subnets, cluster).join('\n'),
      check: (chosen) => (chosen === '' ? 'at least one private subnet' : ''),
    }),
    {
      type: 'group',
      id: 'selectors',
      title: 'selector',
      min: 1,
      max: MOST_SELECTORS,
      fields: (index) => [
        textField({
          id: 'namespace',
          label: `Namespace ${index + 1}`,
          initial: index === 0 ? namespace : '',
          hint: '* and ? are wildcards',
          check: (value) => namespaceProblem(value, index, values),
        }),
        textField({
          id: 'labels',
          label: `  labels ${index + 1}`,
          hint: 'key=value, separated by commas; none: every pod of the namespace',
          check: (value) => {
            const parsed = parseLabels(value);
            return 'problem' in parsed ? parsed.problem : '';
          },
        }),
      ],
    },
  ];
}

/** A selector that was added and left empty is none. */
function namespaceProblem(value: string, index: number, values: FormValues): string {
  const text = value.trim();
  const labels = values[`selectors.${index}.labels`]?.trim() ?? '';
  if (text === '') return index === 0 || labels !== '' ? 'a namespace is missing' : '';
  return /^[a-z0-9*?-]{1,63}$/.test(text)
    ? ''
    : 'small letters, digits, -, and the wildcards * and ?';
}

/** The selectors that were typed, those without a namespace left out. */
export function selectorsOf(values: FormValues): readonly FargateSelector[] {
  return groupValues('selectors', values).flatMap(({ namespace = '', labels = '' }) => {
    const parsed = parseLabels(labels);
    if (namespace.trim() === '' || 'problem' in parsed) return [];
    return [{ namespace: namespace.trim(), labels: parsed.labels }];
  });
}

async function clusterOf({ door, eks }: Aws): Promise<EksClusterDescription> {
  return (await door.call('eks:DescribeCluster', { name: eks.name })).cluster;
}

async function namesOf({ door, eks }: Aws): Promise<readonly string[]> {
  const answer = await door.call('eks:ListFargateProfiles', { clusterName: eks.name });
  return answer.fargateProfileNames;
}

/** A role and what its trust policy says. */
interface Trusted {
  readonly role: RoleDescription;
  readonly policy: TrustPolicy;
}

/** The roles that Fargate may take for some profile: an account may have thousands of others. */
async function rolesOf({ door }: Aws): Promise<readonly Trusted[]> {
  const { Roles } = await door.call('iam:ListRoles', {});
  return Roles.flatMap((role) => {
    const document = role.AssumeRolePolicyDocument;
    const policy = document.includes(FARGATE_SERVICE) ? parseTrust(document) : null;
    return policy === null ? [] : [{ role, policy }];
  });
}

/** Those of them that it may take for a profile of that name. */
function rolesFor(profile: string, roles: readonly Trusted[], { eks }: Aws): readonly Option[] {
  const { request } = byFargate(eks.arn, profile);
  return roles.flatMap(({ role: { RoleName, Arn, Description }, policy }) => {
    const { trusts, why } = trustAnswer(policy, request);
    if (trusts === 'no' || trusts === 'denied') return [];
    return [{ id: Arn, title: RoleName, detail: why || Description || Arn, disabled: '' }];
  });
}

const newRole = (cluster: string): Option => ({
  id: NEW_ROLE,
  title: 'make one',
  detail: `${newRoleName(cluster)}, with AmazonEKSFargatePodExecutionRolePolicy`,
  disabled: '',
});

/** The subnets of the cluster's network: what is public, or has no address left, says so. */
async function subnetsOf(
  { resourcesVpcConfig: { vpcId, subnetIds } }: EksClusterDescription,
  { door }: Aws,
): Promise<readonly Option[]> {
  const Filters = [{ Name: 'vpc-id', Values: [vpcId] }];
  const [{ Subnets }, { RouteTables }] = await Promise.all([
    door.call('ec2:DescribeSubnets', { Filters }),
    door.call('ec2:DescribeRouteTables', { Filters }),
  ]);
  return [...Subnets]
    .sort((a, b) => (a.AvailabilityZone < b.AvailabilityZone ? -1 : 1))
    .map(({ SubnetId, AvailabilityZone, CidrBlock, AvailableIpAddressCount, Tags }) => {
      const gateway = internetGatewayOf(SubnetId, RouteTables);
      const name = Tags.find(({ Key }) => Key === 'Name')?.Value ?? '';
      const free = `${AvailableIpAddressCount ?? '?'} addresses free`;
      const own = subnetIds.includes(SubnetId) ? "the cluster's own" : '';
      return {
        id: SubnetId,
        title: SubnetId,
        detail: [AvailabilityZone, free, CidrBlock, own, name].filter(Boolean).join(' · '),
        disabled: subnetProblem(gateway, AvailableIpAddressCount),
      };
    });
}

function subnetProblem(gateway: string | null, free: number | null): string {
  if (gateway === null) return 'no route table is known for it';
  if (gateway !== '') return `public: its way out is ${gateway}`;
  return free === 0 ? 'no address is free' : '';
}

/** The private subnets of the cluster itself, else all private ones. */
function usable(options: readonly Option[], cluster: EksClusterDescription): readonly string[] {
  const ids = options.filter(({ disabled }) => disabled === '').map(({ id }) => id);
  const own = ids.filter((id) => cluster.resourcesVpcConfig.subnetIds.includes(id));
  return own.length > 0 ? own : ids;
}
