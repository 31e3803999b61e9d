import { expect, it } from 'vitest';
import { awsCall } from '../../../src/actions/aws/call.ts';
import { ActionBench } from './bench.ts';

const bench = new ActionBench();
const ctx = { ...bench.context, ...bench.onEks().ctx };
const names = { clusterName: 'prod', nodegroupName: 'web' };
const role = { RoleName: 'api', AssumeRolePolicyDocument: '{"Version":"2012-10-17"}' };

it.each([
  [
    'lists of objects, and no option for an empty one',
    [
      awsCall('iam:CreateRole', { ...role, Description: "it's", Tags: [] }, ctx),
      awsCall(
        'iam:CreateRole',
        {
          ...role,
          Description: '',
          Tags: [
            { Key: 'a/b', Value: 'c' },
            { Key: 'd', Value: 'e' },
          ],
        },
        ctx,
      ),
    ],
    [
      `iam create-role --role-name api --assume-role-policy-document '{"Version":"2012-10-17"}' --description 'it'\\''s'`,
      `iam create-role --role-name api --assume-role-policy-document '{"Version":"2012-10-17"}' --description '' --tags Key=a/b,Value=c Key=d,Value=e`,
    ],
  ],
  [
    'names with capitals in them, and lists of texts',
    [
      awsCall(
        'iam:CreateOpenIDConnectProvider',
        { Url: 'https://a', ClientIDList: ['b', 'c'] },
        ctx,
      ),
    ],
    ['iam create-open-id-connect-provider --url https://a --client-id-list b c'],
  ],
  [
    'versions of Kubernetes, flags, and objects',
    [
      awsCall('eks:UpdateNodegroupVersion', { ...names, version: '1.35', force: true }, ctx),
      awsCall(
        'eks:UpdateNodegroupVersion',
        { ...names, launchTemplate: { id: 'lt-1', version: '$Latest' } },
        ctx,
      ),
      awsCall('eks:UpdateNodegroupConfig', { ...names, nodeRepairConfig: { enabled: false } }, ctx),
    ],
    [
      'eks update-nodegroup-version --cluster-name prod --nodegroup-name web --kubernetes-version 1.35 --force',
      "eks update-nodegroup-version --cluster-name prod --nodegroup-name web --launch-template 'id=lt-1,version=$Latest'",
      'eks update-nodegroup-config --cluster-name prod --nodegroup-name web --node-repair-config enabled=false',
    ],
  ],
  [
    'what the shorthand cannot say as JSON',
    [
      awsCall(
        'eks:CreateFargateProfile',
        {
          ...{ clusterName: 'prod', fargateProfileName: 'jobs', podExecutionRoleArn: 'arn' },
          subnets: ['subnet-1', 'subnet-2'],
          selectors: [
            { namespace: 'jobs-*', labels: { tier: 'low' } },
            { namespace: 'b', labels: {} },
          ],
        },
        ctx,
      ),
    ],
    [
      `eks create-fargate-profile --cluster-name prod --fargate-profile-name jobs --pod-execution-role-arn arn --subnets subnet-1 subnet-2 --selectors '[{"namespace":"jobs-*","labels":{"tier":"low"}},{"namespace":"b","labels":{}}]'`,
    ],
  ],
])('a call says by hand what is sent: %s', (_what, calls, lines) => {
  expect(calls.map(({ command }) => command)).toEqual(
    lines.map((line) => `aws ${line} --region eu-central-1`),
  );
});
