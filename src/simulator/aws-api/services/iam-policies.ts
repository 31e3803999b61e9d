import {
  AttachRolePolicy$,
  GetPolicy$,
  type GetPolicyRequest,
  type GetPolicyResponse,
  GetPolicyVersion$,
  type GetPolicyVersionRequest,
  type GetPolicyVersionResponse,
  GetRolePolicy$,
  type GetRolePolicyRequest,
  type GetRolePolicyResponse,
  ListRolePolicies$,
  type ListRolePoliciesRequest,
  type ListRolePoliciesResponse,
  type AttachRolePolicyRequest,
  DetachRolePolicy$,
  type DetachRolePolicyRequest,
  ListAttachedRolePolicies$,
  type ListAttachedRolePoliciesRequest,
  type ListAttachedRolePoliciesResponse,
  ListPolicies$,
  type ListPoliciesRequest,
  type ListPoliciesResponse,
  SimulatePrincipalPolicy$,
  type SimulatePolicyResponse,
  type SimulatePrincipalPolicyRequest,
} from '@aws-sdk/client-iam';
import type { AccountView } from '../account.ts';
import { type Operation, operation } from '../operation.ts';
import { decisionOf } from '../policy.ts';
import { invalidInput, limited, markedPage, noSuch, policyOf, roleOf } from './iam-lookup.ts';

const MOST_ATTACHED = 10;

/** What IAM does with policies. */
export const POLICY_OPERATIONS: readonly Operation[] = [
  operation(ListPolicies$, (input: ListPoliciesRequest, { region }): ListPoliciesResponse => {
    const { Scope = 'All', OnlyAttached = false } = input;
    const roles = [...region.iam.roles.values()];
    const all = [...region.iam.policies.values()]
      .map((policy) => ({
        policy,
        attachments: roles.filter(({ attached }) => attached.has(policy.arn)).length,
      }))
      .filter(({ policy: { arn }, attachments }) => {
        const scope = arn.startsWith('arn:aws:iam::aws:') ? 'AWS' : 'Local';
        return (Scope === 'All' || Scope === scope) && (!OnlyAttached || attachments > 0);
      });
    const { items, marks } = markedPage(all, input);
    return {
      Policies: items.map(({ policy, attachments }) => ({
        PolicyName: policy.name,
        PolicyId: policy.id,
        Arn: policy.arn,
        Path: policy.path,
        DefaultVersionId: 'v1',
        AttachmentCount: attachments,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: new Date(policy.createdAt),
        UpdateDate: new Date(policy.createdAt),
      })),
      ...marks,
    };
  }),
  operation(
    ListAttachedRolePolicies$,
    (input: ListAttachedRolePoliciesRequest, account): ListAttachedRolePoliciesResponse => {
      const { items, marks } = markedPage([...roleOf(account, input.RoleName).attached], input);
      return {
        AttachedPolicies: items.map((PolicyArn) => ({
          PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
          PolicyArn,
        })),
        ...marks,
      };
    },
  ),
  operation(GetPolicy$, (input: GetPolicyRequest, account): GetPolicyResponse => {
    const policy = policyOf(account, input.PolicyArn);
    return {
      Policy: {
        PolicyName: policy.name,
        PolicyId: policy.id,
        Arn: policy.arn,
        Path: policy.path,
        DefaultVersionId: 'v1',
        IsAttachable: true,
        Description: policy.description,
        CreateDate: new Date(policy.createdAt),
        UpdateDate: new Date(policy.createdAt),
        Tags: [],
      },
    };
  }),
  operation(
    GetPolicyVersion$,
    (input: GetPolicyVersionRequest, account): GetPolicyVersionResponse => {
      const policy = policyOf(account, input.PolicyArn);
      if (input.VersionId !== 'v1') {
        throw noSuch(`Policy ${policy.arn} version ${input.VersionId ?? ''} does not exist.`);
      }
      return {
        PolicyVersion: {
          Document: encodeURIComponent(policy.document),
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: new Date(policy.createdAt),
        },
      };
    },
  ),
  operation(
    ListRolePolicies$,
    (input: ListRolePoliciesRequest, account): ListRolePoliciesResponse => {
      const { inline } = roleOf(account, input.RoleName);
      const { items, marks } = markedPage([...inline.keys()], input);
      return { PolicyNames: [...items], ...marks };
    },
  ),
  operation(GetRolePolicy$, (input: GetRolePolicyRequest, account): GetRolePolicyResponse => {
    const { RoleName = '', PolicyName = '' } = input;
    const document = roleOf(account, RoleName).inline.get(PolicyName);
    if (document === undefined) {
      throw noSuch(`The role policy with name ${PolicyName} cannot be found.`);
    }
    return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) };
  }),
  operation(AttachRolePolicy$, (input: AttachRolePolicyRequest, account): object => {
    const { attached } = roleOf(account, input.RoleName);
    const { arn } = policyOf(account, input.PolicyArn);
    if (!attached.has(arn) && attached.size >= MOST_ATTACHED) {
      throw limited(`Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED}`);
    }
    attached.add(arn);
    return {};
  }),
  operation(DetachRolePolicy$, (input: DetachRolePolicyRequest, account): object => {
    const { attached } = roleOf(account, input.RoleName);
    const { PolicyArn = '' } = input;
    if (!attached.delete(PolicyArn)) throw noSuch(`Policy ${PolicyArn} was not found.`);
    return {};
  }),
  operation(
    SimulatePrincipalPolicy$,
    (input: SimulatePrincipalPolicyRequest, account): SimulatePolicyResponse => {
      const decide = decisionsFor(account, input.PolicySourceArn ?? '');
      const resources = input.ResourceArns ?? ['*'];
      const all = (input.ActionNames ?? []).flatMap((action) =>
        resources.map((resource) => ({ action, resource })),
      );
      const { items, marks } = markedPage(all, input);
      return {
        EvaluationResults: items.map(({ action, resource }) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decide(action),
          MatchedStatements: [],
          MissingContextValues: [],
        })),
        ...marks,
      };
    },
  ),
];

/** What an identity may do: the caller's role by the caller's policy, others as administrators or not at all. */
function decisionsFor(
  account: AccountView,
  arn: string,
): (action: string) => ReturnType<typeof decisionOf> {
  const { region } = account;
  const name = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  const { attached } = roleOf(account, name);
  if (region.caller.arn.includes(`:assumed-role/${name}/`)) {
    return (action) => decisionOf(region.callerPolicy, action);
  }
  const all = attached.has('arn:aws:iam::aws:policy/AdministratorAccess');
  return () => (all ? 'allowed' : 'implicitDeny');
}
