import type { NodeGroupRow } from '../../domain/rows.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { inTurn, lookAtDeletion, PROFILE_EVERY, PROFILE_LIMIT } from './fargate-queue.ts';
import type { Step } from '../engine/plan.ts';

function stepOf({ row, table }: ActionTarget<NodeGroupRow>, ctx: ActionContext): Step {
  const aws = awsOf(ctx);
  const names = { clusterName: aws.eks.name, fargateProfileName: row.name };
  const { command, send } = awsCall('eks:DeleteFargateProfile', names, ctx);
  return {
    title: `Delete Fargate profile ${row.name}`,
    uid: row.uid,
    command,
    access: [{ iam: 'eks:DeleteFargateProfile', resource: '' }],
    already: '',
    run: (signal, report) =>
      inTurn(aws, { signal, report, now: ctx.now, sleep: ctx.sleep }, async () => {
        await send();
      }),
    follow: {
      tables: [table, 'pods'],
      limit: PROFILE_LIMIT,
      every: PROFILE_EVERY,
      look: () => lookAtDeletion(row.name, aws),
    },
  };
}

export const deleteFargate = defineAction<NodeGroupRow>({
  id: 'delete-fargate-profile',
  title: 'Delete',
  description: 'Deletes Fargate profiles, and with them the pods that run on them.',
  key: 'ctrl-d',
  appliesTo: ['nodegroups', 'fargateprofiles'],
  danger: 2,
  many: true,
  needs: ['pods'],
  state: ({ status }) => status,
  access: () => [],
  iam: ['eks:DeleteFargateProfile', 'eks:DescribeFargateProfile', 'eks:ListFargateProfiles'],
  guard: (targets, { aws }) => {
    const other = targets.find(({ row }) => row.kind !== 'fargate');
    if (other !== undefined)
      return `${other.row.name} is no Fargate profile: node groups are deleted by eksctl or AWS itself`;
    return aws === null ? NO_AWS : '';
  },
  plan: (targets, _values, ctx) => {
    const names = new Set(targets.map(({ row }) => row.name));
    const pods = [...ctx.query.rows('pods')].filter(
      ({ gone, fargateProfile }) => gone === 0 && names.has(fargateProfile),
    );
    const list = [...names].join(', ');
    return Promise.resolve({
      title: `Delete Fargate profile${names.size > 1 ? 's' : ''} ${list}`,
      changes: targets.map(({ row }) => [
        [row.name, 'strong'],
        [`  ${row.selectors.join(' | ')}`, 'muted'],
      ]),
      victims: pods.map(({ namespace, name }) => `${namespace}/${name}`),
      warnings: [
        'EKS ends the pods of a profile with it: those of a workload start anew wherever there is room',
      ],
      refusals: [],
      steps: targets.map((target) => stepOf(target, ctx)),
      // EKS makes one change at a time, and what waits shows for what.
      chain: true,
      inverse: null,
    });
  },
});
