import * as sdk from '@aws-sdk/client-iam';
import type {
  PolicyDescription,
  RoleDescription,
  SimulatedDecision,
  Tag,
} from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { sentOnce } from './clients.ts';
import { commands } from './commands.ts';
import type { Operations } from './operation.ts';
import { count, document, many, record, strings, text, time } from './shape.ts';

const role = record<RoleDescription>({
  Path: text,
  RoleName: text,
  Arn: text,
  Description: text,
  CreateDate: time,
  AssumeRolePolicyDocument: document,
  PermissionsBoundary: record({ PermissionsBoundaryArn: text }),
  Tags: many(record<Tag>({ Key: text, Value: text })),
});

const policy = record<PolicyDescription>({
  PolicyName: text,
  Arn: text,
  Description: text,
  AttachmentCount: count,
});

const decision = record<SimulatedDecision>({
  EvalActionName: text,
  EvalResourceName: text,
  EvalDecision: text,
  MissingContextValues: strings,
});

const attached = record<{ readonly PolicyName: string; readonly PolicyArn: string }>({
  PolicyName: text,
  PolicyArn: text,
});

const provider = record<{ readonly Url: string; readonly ClientIDList: readonly string[] }>({
  Url: text,
  ClientIDList: strings,
});

/** IAM gives 100 a page where nothing is said, which takes ten times as many calls. */
const PAGE = { MaxItems: 1_000 };

/**
 * The door's calls of IAM, which is one for all regions. It knows no client tokens: what makes or
 * unmakes something is sent once.
 */
export function iamOperations(config: ClientConfig): Operations<'iam'> {
  const { one, whole, done, list } = commands(new sdk.IAMClient(config), 'Marker');
  const once = commands(new sdk.IAMClient(sentOnce(config)), 'Marker');
  return {
    'iam:ListRoles': list(sdk.ListRolesCommand, 'Roles', role, PAGE),
    'iam:GetRole': one(sdk.GetRoleCommand, 'Role', role),
    'iam:CreateRole': once.one(sdk.CreateRoleCommand, 'Role', role),
    'iam:DeleteRole': once.done(sdk.DeleteRoleCommand),
    'iam:UpdateAssumeRolePolicy': done(sdk.UpdateAssumeRolePolicyCommand),
    'iam:AttachRolePolicy': done(sdk.AttachRolePolicyCommand),
    'iam:DetachRolePolicy': once.done(sdk.DetachRolePolicyCommand),
    'iam:ListAttachedRolePolicies': list(
      sdk.ListAttachedRolePoliciesCommand,
      'AttachedPolicies',
      attached,
      PAGE,
    ),
    'iam:GetPolicy': one(sdk.GetPolicyCommand, 'Policy', record({ DefaultVersionId: text })),
    'iam:GetPolicyVersion': one(
      sdk.GetPolicyVersionCommand,
      'PolicyVersion',
      record({ Document: document }),
    ),
    'iam:ListRolePolicies': list(sdk.ListRolePoliciesCommand, 'PolicyNames', text, PAGE),
    'iam:GetRolePolicy': whole(sdk.GetRolePolicyCommand, record({ PolicyDocument: document })),
    'iam:ListPolicies': list(sdk.ListPoliciesCommand, 'Policies', policy, PAGE),
    'iam:GetOpenIDConnectProvider': whole(sdk.GetOpenIDConnectProviderCommand, provider),
    'iam:CreateOpenIDConnectProvider': once.whole(
      sdk.CreateOpenIDConnectProviderCommand,
      record({ OpenIDConnectProviderArn: text }),
    ),
    'iam:AddClientIDToOpenIDConnectProvider': done(sdk.AddClientIDToOpenIDConnectProviderCommand),
    'iam:SimulatePrincipalPolicy': list(
      sdk.SimulatePrincipalPolicyCommand,
      'EvaluationResults',
      decision,
      PAGE,
    ),
  };
}
