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
import { allPages } from './pages.ts';
import { sentOnce } from './clients.ts';
import type { Operations } from './operation.ts';
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
    'iam:ListRoles': async (input, ask) => ({
      Roles: await allPages(
        (Marker) =>
          ask((options) =>
            client.send(new ListRolesCommand({ ...PAGE, ...input, Marker }), options),
          ),
        (page) => many(role)(page.Roles),
        (page) => page.Marker,
      ),
    }),
    'iam:GetRole': async (input, ask) => {
      const command = new GetRoleCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { Role: present(answer.Role, role) };
    },
    'iam:CreateRole': async (input, ask) => {
      const command = new CreateRoleCommand(input);
      const answer = await ask((options) => once.send(command, options));
      return { Role: present(answer.Role, role) };
    },
    'iam:DeleteRole': async (input, ask) => {
      const command = new DeleteRoleCommand(input);
      await ask((options) => once.send(command, options));
      return {};
    },
    'iam:UpdateAssumeRolePolicy': async (input, ask) => {
      const command = new UpdateAssumeRolePolicyCommand(input);
      await ask((options) => client.send(command, options));
      return {};
    },
    'iam:AttachRolePolicy': async (input, ask) => {
      const command = new AttachRolePolicyCommand(input);
      await ask((options) => client.send(command, options));
      return {};
    },
    'iam:DetachRolePolicy': async (input, ask) => {
      const command = new DetachRolePolicyCommand(input);
      await ask((options) => once.send(command, options));
      return {};
    },
    'iam:ListAttachedRolePolicies': async (input, ask) => ({
      AttachedPolicies: await allPages(
        (Marker) =>
          ask((options) =>
            client.send(
              new ListAttachedRolePoliciesCommand({ ...PAGE, ...input, Marker }),
              options,
            ),
          ),
        (page) =>
          many(
            record<{ PolicyName: string; PolicyArn: string }>({
              PolicyName: text,
              PolicyArn: text,
            }),
          )(page.AttachedPolicies),
        (page) => page.Marker,
      ),
    }),
    'iam:ListPolicies': async (input, ask) => ({
      Policies: await allPages(
        (Marker) =>
          ask((options) =>
            client.send(new ListPoliciesCommand({ ...PAGE, ...input, Marker }), options),
          ),
        (page) => many(policy)(page.Policies),
        (page) => page.Marker,
      ),
    }),
    'iam:GetOpenIDConnectProvider': async (input, ask) => {
      const command = new GetOpenIDConnectProviderCommand(input);
      const answer = await ask((options) => client.send(command, options));
      return { Url: text(answer.Url), ClientIDList: strings(answer.ClientIDList) };
    },
    'iam:CreateOpenIDConnectProvider': async (input, ask) => {
      const command = new CreateOpenIDConnectProviderCommand(input);
      const answer = await ask((options) => once.send(command, options));
      return { OpenIDConnectProviderArn: text(answer.OpenIDConnectProviderArn) };
    },
    'iam:AddClientIDToOpenIDConnectProvider': async (input, ask) => {
      const command = new AddClientIDToOpenIDConnectProviderCommand(input);
      await ask((options) => client.send(command, options));
      return {};
    },
    'iam:SimulatePrincipalPolicy': async (input, ask) => ({
      EvaluationResults: await allPages(
        (Marker) =>
          ask((options) =>
            client.send(new SimulatePrincipalPolicyCommand({ ...PAGE, ...input, Marker }), options),
          ),
        (page) => many(decision)(page.EvaluationResults),
        (page) => page.Marker,
      ),
    }),
  };
}
