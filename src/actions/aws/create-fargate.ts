import type { Cell } from '../../core/styled.ts';
import { selectorWords } from '../../domain/fargate.ts';
import type { BaseRow } from '../../domain/rows.ts';
import { byFargate } from '../../domain/role-taker.ts';
import { trustDocument } from '../../domain/trust-policy.ts';
import { awsOf, NO_AWS, partitionOf } from '../targets/aws.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext } from '../engine/define.ts';
import { fargateForm, NEW_ROLE, newRoleName, selectorsOf } from './fargate-form.ts';
import { fargatePreview, podsTaken } from './fargate-pods.ts';
import { inTurn, lookAtProfile, PROFILE_EVERY, PROFILE_LIMIT, profileOf } from './fargate-queue.ts';
import { chosen, type FormValues } from '../engine/form.ts';
import { attachStep, roleArn, roleOf, roleStep } from './iam-steps.ts';
import { trusting, trustStep } from './trust-steps.ts';
import type { Plan, Step } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** What a new execution role is given. */
const POLICY = 'AmazonEKSFargatePodExecutionRolePolicy';

function profileStep(values: FormValues, role: string, ctx: ActionContext): Step {
  const aws = awsOf(ctx);
  const name = values['name'] ?? '';
  const { command, send } = awsCall(
    'eks:CreateFargateProfile',
    {
      clusterName: aws.eks.name,
      fargateProfileName: name,
      podExecutionRoleArn: role,
      subnets: chosen(values['subnets']),
      selectors: selectorsOf(values),
    },
    ctx,
  );
  return {
    title: `Create Fargate profile ${name}`,
    uid: '',
    command,
    access: [
      { iam: 'eks:CreateFargateProfile', resource: aws.eks.arn },
      { iam: 'iam:PassRole', resource: role },
    ],
    already: '',
    run: (signal, report) =>
      inTurn(
        aws,
        { signal, report, now: ctx.now, sleep: ctx.sleep },
        async () => {
          await send();
        },
        // A role that was just made is not known everywhere at once.
        (error) => values['role'] === NEW_ROLE && /role/i.test(reasonOf(error)),
      ),
    follow: {
      tables: ['nodegroups'],
      limit: PROFILE_LIMIT,
      every: PROFILE_EVERY,
      look: () => lookAtProfile(name, aws),
    },
  };
}

async function plan(values: FormValues, ctx: ActionContext): Promise<Plan> {
  const aws = awsOf(ctx);
  const name = values['name'] ?? '';
  const there = await profileOf(name, aws);
  const isNew = values['role'] === NEW_ROLE;
  const roleName = newRoleName(aws.eks.name);
  const role = isNew ? await roleOf(roleName, aws) : null;
  const taker = byFargate(aws.eks.arn, name);
  const trust = role === null ? null : trusting(role, taker);
  const policyArn = `arn:${partitionOf(aws)}:iam::aws:policy/${POLICY}`;
  const newRole = {
    name: roleName,
    trust: trustDocument([taker.statement]),
    description: `Fargate pods of EKS cluster ${aws.eks.name}`,
    tags: {},
  };
  const roleSteps = isNew
    ? [
        trust === null ? roleStep(newRole, null, aws, ctx) : trustStep(trust, aws, ctx),
        await attachStep(roleName, policyArn, role !== null, aws, ctx),
      ]
    : [];
  const arn = isNew ? roleArn(roleName, aws) : (values['role'] ?? '');
  const step = profileStep(values, arn, ctx);
  const taken = podsTaken(selectorsOf(values), ctx);
  const moving = taken.filter(({ fargateProfile }) => fargateProfile === '').length;
  const selectors = selectorsOf(values).map((each): Cell => [
    ['selects ', 'muted'],
    [selectorWords(each), 'accent'],
  ]);
  return {
    title: `Create Fargate profile ${name}`,
    subject: name,
    changes: [
      [
        ['role ', 'muted'],
        [arn, 'text'],
      ],
      [
        ['subnets ', 'muted'],
        [chosen(values['subnets']).join(', '), 'text'],
      ],
      ...selectors,
    ],
    victims: [],
    warnings: [
      ...(trust === null || trust.doubt === '' ? [] : [trust.doubt]),
      'a profile cannot be changed: another one takes its place',
      ...(moving > 0
        ? [`${moving} pods that match run on nodes: they move when they are restarted`]
        : []),
      ...(taken.some(({ role: bound }) => bound === null || bound === '')
        ? ['EKS Pod Identity does not work on Fargate: pods there get IAM roles by IRSA']
        : []),
    ],
    ...(trust !== null && trust.diff.length > 0 && { diff: trust.diff }),
    refusals: [],
    steps: [
      ...roleSteps,
      there === null
        ? step
        : { ...step, already: `there is a profile ${name}, which is ${there.status}` },
    ],
    chain: true,
    inverse: null,
  };
}

export const createFargate = defineAction<BaseRow>({
  id: 'create-fargate-profile',
  title: 'Fargate profile',
  description:
    'Creates a Fargate profile: role, private subnets, selectors, with the pods that match.',
  key: 'f',
  appliesTo: ['nodegroups', 'fargateprofiles', 'namespaces'],
  danger: 1,
  many: false,
  anywhere: true,
  needs: ['pods', 'nodegroups'],
  state: () => '',
  access: () => [],
  iam: [
    'eks:DescribeCluster',
    'eks:ListFargateProfiles',
    'eks:DescribeFargateProfile',
    'eks:CreateFargateProfile',
    'ec2:DescribeSubnets',
    'ec2:DescribeRouteTables',
    'iam:ListRoles',
    'iam:GetRole',
    'iam:CreateRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:AttachRolePolicy',
    'iam:PassRole',
  ],
  guard: (_targets, { aws }) => (aws === null ? NO_AWS : ''),
  form: ([target], values, ctx) =>
    fargateForm(target?.resource === 'namespaces' ? target.row.name : '', values, ctx),
  preview: (_targets, values, ctx) => fargatePreview(selectorsOf(values), ctx),
  plan: (_targets, values, ctx) => plan(values, ctx),
});
