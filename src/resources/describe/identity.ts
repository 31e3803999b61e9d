/** Which IAM role a service account's pods are, whether that works, and what the role may do. */
import type { Cell, Tone } from '../../core/styled.ts';
import { reasonOf } from '../../core/words.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { policyStatements } from '../../domain/iam-policy.ts';
import {
  diagnose,
  isOfOtherAccount,
  STS_AUDIENCE,
  type Association,
  type Verdict,
} from '../../domain/identity.ts';
import { providerArn } from '../../domain/trust-policy.ts';
import type { Asking, Questions } from '../define.ts';
import { NONE, sections, type Line } from './common.ts';

/** The calls of it. */
const IAM = [
  'eks:DescribeCluster',
  'eks:ListPodIdentityAssociations',
  'eks:DescribePodIdentityAssociation',
  'iam:GetOpenIDConnectProvider',
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
] as const;

/** Whose identity is asked for. */
export interface Identified {
  readonly namespace: string;
  readonly account: string;
  /** The role of its annotation: empty where it has none, null where that is not known. */
  readonly annotation: string | null;
  /** The role of the node that a pod runs on: empty on Fargate, null where it is not known. */
  readonly nodeRole: string | null;
}

/** What a description asks of the AWS identity of its row. */
export function identityQuestions<Row>(
  whose: (row: Row, ask: Asking) => Identified,
): Questions<Row> {
  return {
    title: 'IAM identity',
    iam: IAM,
    sections: async (row, ask) => {
      const who = whose(row, ask);
      const association = await associationOf(who, ask).catch(toFault);
      const bound = typeof association === 'object' && 'roleArn' in association;
      const own = bound ? association.roleArn : (who.annotation ?? '');
      // An association that could not be read would come before the annotation and the node.
      const isKnown = bound || association === 'absent';
      const role = own !== '' || !isKnown ? own : (who.nodeRole ?? '');
      const [verdicts, policies] = await Promise.all([
        verdictLines(who, association, ask),
        policyLines(role, ask),
      ]);
      const how = bound
        ? `by Pod Identity association ${association.id}`
        : who.annotation
          ? `by the annotation of ${who.namespace}/${who.account} (IRSA)`
          : isKnown
            ? 'as its node: the account has no role of its own'
            : [['whether an association gives it a role is not known', 'warn'] as const];
      return sections(
        {
          title: 'IAM identity',
          lines: [
            ['Runs as', role === '' ? [['no role that is known', 'warn']] : role],
            ['Bound', how],
            ...verdicts,
          ],
        },
        { title: 'What the role may do', lines: policies },
      );
    },
  };
}

const toFault = (error: unknown): AwsFault => error as AwsFault;

async function associationOf(
  { namespace, account: serviceAccount }: Identified,
  { eks, call }: Asking,
): Promise<Association | 'absent'> {
  const clusterName = eks.name;
  const asked = { clusterName, namespace, serviceAccount };
  const [found] = (await call('eks:ListPodIdentityAssociations', asked)).associations;
  if (found === undefined) return 'absent';
  const { associationId } = found;
  const told = await call('eks:DescribePodIdentityAssociation', { clusterName, associationId });
  const { roleArn, disableSessionTags } = told.association;
  return { id: associationId, roleArn, sessionTags: !disableSessionTags };
}

const LOOK: Readonly<Record<Verdict['level'], readonly [glyph: string, tone: Tone]>> = {
  good: ['✓', 'good'],
  info: ['·', 'muted'],
  warn: ['!', 'warn'],
  bad: ['✗', 'bad'],
};

/** IAM knows nothing of that name. */
const isAbsent = (error: unknown): boolean => (error as Partial<AwsFault>).code === 'NoSuchEntity';

const unread = (error: unknown): Line => ['', [[`? ${reasonOf(error)}`, 'warn']]];

/** Whether the chain from the cluster to the role holds. */
async function verdictLines(
  who: Identified,
  asked: Association | 'absent' | AwsFault,
  ask: Asking,
): Promise<readonly Line[]> {
  const { eks, call } = ask;
  const failed = asked instanceof Error;
  const gaps: Line[] = failed ? [unread(asked)] : [];
  const association = failed ? null : asked;
  const orNull = <T>(answer: Promise<T>): Promise<T | null> =>
    answer.catch((error: unknown) => {
      gaps.push(unread(error));
      return null;
    });
  const annotation = who.annotation ?? '';
  const [, partition = 'aws', , , account = ''] = eks.arn.split(':');
  const cluster =
    annotation === '' ? null : await orNull(call('eks:DescribeCluster', { name: eks.name }));
  const issuer = cluster?.cluster.identity.oidc.issuer ?? '';
  const provider = providerArn(partition, account, issuer);
  const absent = (error: unknown): 'absent' => {
    if (isAbsent(error)) return 'absent';
    throw error;
  };
  const roleArn = typeof association === 'object' && association ? association.roleArn : annotation;
  const [audiences, role] = await Promise.all([
    issuer === ''
      ? null
      : orNull(
          call('iam:GetOpenIDConnectProvider', { OpenIDConnectProviderArn: provider }).then(
            ({ ClientIDList }) => ClientIDList,
            absent,
          ),
        ),
    roleArn === '' || isOfOtherAccount(roleArn, eks.arn)
      ? null
      : orNull(call('iam:GetRole', { RoleName: nameOf(roleArn) }).then(({ Role }) => Role, absent)),
  ]);
  const trust = role === null || role === 'absent' ? null : role.AssumeRolePolicyDocument;
  const verdicts = diagnose({
    clusterArn: eks.arn,
    identity: {
      ...{ provider, namespace: who.namespace, serviceAccount: who.account },
      audience: STS_AUDIENCE,
    },
    ...{ annotation, annotatedAt: 0, provider: audiences, trust },
    role: role === null || role === 'absent' ? role : 'there',
    ...{ association, agent: null, webhook: null, pods: [] },
  });
  const lines = verdicts.map(({ level, text, fix }): Line => {
    const [glyph, tone] = LOOK[level];
    const end: Cell = [
      [`${glyph} `, tone],
      [text, level === 'info' ? 'muted' : 'text'],
      [fix === '' ? '' : `: ${fix}`, 'accent'],
    ];
    return ['', end];
  });
  return [...lines, ...gaps];
}

const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The policies of a role, attached ones first, each with what it says. */
async function policyLines(roleArn: string, { eks, call }: Asking): Promise<readonly Line[]> {
  if (roleArn === '') return [];
  if (isOfOtherAccount(roleArn, eks.arn))
    return [['', [['? the role is of another account, which is not asked', 'warn']]]];
  const RoleName = nameOf(roleArn);
  /** Why a list could not be read, by the words: what is so of both is said once. */
  const gaps = new Map<string, Line>();
  const toGap = (error: unknown): readonly Line[] => {
    if (isAbsent(error)) gaps.set('', ['', [['nothing: there is no such role', 'warn']]]);
    else gaps.set(reasonOf(error), unread(error));
    return [];
  };
  const attached = call('iam:ListAttachedRolePolicies', { RoleName }).then(
    async ({ AttachedPolicies }) => {
      const each = await Promise.all(
        AttachedPolicies.map(({ PolicyName, PolicyArn }) =>
          saying(PolicyName, async () => {
            const { Policy } = await call('iam:GetPolicy', { PolicyArn });
            const VersionId = Policy.DefaultVersionId;
            const version = await call('iam:GetPolicyVersion', { PolicyArn, VersionId });
            return version.PolicyVersion.Document;
          }),
        ),
      );
      return each.flat();
    },
    toGap,
  );
  const inline = call('iam:ListRolePolicies', { RoleName }).then(async ({ PolicyNames }) => {
    const each = await Promise.all(
      PolicyNames.map((PolicyName) =>
        saying(`${PolicyName} (inline)`, async () => {
          const asked = { RoleName, PolicyName };
          return (await call('iam:GetRolePolicy', asked)).PolicyDocument;
        }),
      ),
    );
    return each.flat();
  }, toGap);
  const lines = [...(await attached), ...(await inline), ...gaps.values()];
  return lines.length === 0 ? [NONE] : lines;
}

async function saying(name: string, read: () => Promise<string>): Promise<readonly Line[]> {
  try {
    const statements = policyStatements(await read());
    if (statements === null) return [[name, [['its document cannot be read', 'warn']]]];
    return statements.map((statement, i): Line => [
      i === 0 ? name : '',
      [
        [statement.allows ? 'allow ' : 'deny ', statement.allows ? 'good' : 'bad'],
        [`${statement.not ? 'all but ' : ''}${statement.actions.join(', ')}`, 'text'],
        [` on ${statement.resources.join(', ') || '?'}`, 'muted'],
        [
          statement.conditions.length === 0 ? '' : `  if ${statement.conditions.join(', ')}`,
          'accent',
        ],
      ],
    ]);
  } catch (error) {
    return [[name, [[`? ${reasonOf(error)}`, 'warn']]]];
  }
}
