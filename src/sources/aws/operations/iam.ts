import {
  AddClientIDToOpenIDConnectProviderCommand,
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  DetachRolePolicyCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import type {
  PolicyDescription,
  RoleDescription,
  SimulatedDecision,
  Tag,
} from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { listed } from './pages.ts';
import { sentOnce } from './clients.ts';
import { type Operations, single } from './operation.ts';
import { count, document, many, present, record, strings, text, time } from './shape.ts';

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

/** IAM gives 100 a page where nothing is said, which takes ten times as many calls. */
const PAGE = { MaxItems: 1_000 };

/**
 * The door's calls of IAM, which is one for all regions. It knows no client tokens: what makes or
 * unmakes something is sent once.
 */
export function iamOperations(config: ClientConfig): Operations<'iam'> {
  const client = new IAMClient(config);
  const once = new IAMClient(sentOnce(config));
  return {
    'iam:ListRoles': listed(
      'Roles',
      (input, Marker, options) =>
        client.send(new ListRolesCommand({ ...PAGE, ...input, Marker }), options),
      (page) => many(role)(page.Roles),
      (page) => page.Marker,
    ),
    'iam:GetRole': single(
      (input, options) => client.send(new GetRoleCommand(input), options),
      (answer) => ({ Role: present(answer.Role, role) }),
    ),
    'iam:CreateRole': single(
      (input, options) => once.send(new CreateRoleCommand(input), options),
      (answer) => ({ Role: present(answer.Role, role) }),
    ),
    'iam:DeleteRole': single(
      (input, options) => once.send(new DeleteRoleCommand(input), options),
      () => ({}),
    ),
    'iam:UpdateAssumeRolePolicy': single(
      (input, options) => client.send(new UpdateAssumeRolePolicyCommand(input), options),
      () => ({}),
    ),
    'iam:AttachRolePolicy': single(
      (input, options) => client.send(new AttachRolePolicyCommand(input), options),
      () => ({}),
    ),
    'iam:DetachRolePolicy': single(
      (input, options) => once.send(new DetachRolePolicyCommand(input), options),
      () => ({}),
    ),
    'iam:ListAttachedRolePolicies': listed(
      'AttachedPolicies',
      (input, Marker, options) =>
        client.send(new ListAttachedRolePoliciesCommand({ ...PAGE, ...input, Marker }), options),
      (page) =>
        many(
          record<{ PolicyName: string; PolicyArn: string }>({
            PolicyName: text,
            PolicyArn: text,
          }),
        )(page.AttachedPolicies),
      (page) => page.Marker,
    ),
    'iam:ListPolicies': listed(
      'Policies',
      (input, Marker, options) =>
        client.send(new ListPoliciesCommand({ ...PAGE, ...input, Marker }), options),
      (page) => many(policy)(page.Policies),
      (page) => page.Marker,
    ),
    'iam:GetOpenIDConnectProvider': single(
      (input, options) => client.send(new GetOpenIDConnectProviderCommand(input), options),
      (answer) => ({ Url: text(answer.Url), ClientIDList: strings(answer.ClientIDList) }),
    ),
    'iam:CreateOpenIDConnectProvider': single(
      (input, options) => once.send(new CreateOpenIDConnectProviderCommand(input), options),
      (answer) => ({ OpenIDConnectProviderArn: text(answer.OpenIDConnectProviderArn) }),
    ),
    'iam:AddClientIDToOpenIDConnectProvider': single(
      (input, options) =>
        client.send(new AddClientIDToOpenIDConnectProviderCommand(input), options),
      () => ({}),
    ),
    'iam:SimulatePrincipalPolicy': listed(
      'EvaluationResults',
      (input, Marker, options) =>
        client.send(new SimulatePrincipalPolicyCommand({ ...PAGE, ...input, Marker }), options),
      (page) => many(decision)(page.EvaluationResults),
      (page) => page.Marker,
    ),
  };
}
