/** What IAM can be asked, and its answers, as `../aws-calls.ts` says. */
import type { Tag } from './tag.ts';
import type { PolicyDescription, RoleDescription, SimulatedDecision } from './iam-shapes.ts';

type Nothing = Readonly<Record<string, never>>;
type RolePolicy = { readonly RoleName: string; readonly PolicyArn: string };

/** Input and answer of each call, by the IAM action that it needs. */
export interface IamCalls {
  /** Without tags and boundary, which AWS leaves to GetRole. */
  'iam:ListRoles': {
    input: { readonly PathPrefix?: string };
    output: { readonly Roles: readonly RoleDescription[] };
  };
  'iam:GetRole': {
    input: { readonly RoleName: string };
    output: { readonly Role: RoleDescription };
  };
  'iam:CreateRole': {
    input: {
      readonly RoleName: string;
      readonly AssumeRolePolicyDocument: string;
      readonly Path?: string;
      readonly Description?: string;
      readonly PermissionsBoundary?: string;
      readonly Tags?: readonly Tag[];
    };
    output: { readonly Role: RoleDescription };
  };
  'iam:DeleteRole': { input: { readonly RoleName: string }; output: Nothing };
  'iam:UpdateAssumeRolePolicy': {
    input: { readonly RoleName: string; readonly PolicyDocument: string };
    output: Nothing;
  };
  'iam:AttachRolePolicy': { input: RolePolicy; output: Nothing };
  'iam:DetachRolePolicy': { input: RolePolicy; output: Nothing };
  'iam:ListAttachedRolePolicies': {
    input: { readonly RoleName: string };
    output: {
      readonly AttachedPolicies: readonly {
        readonly PolicyName: string;
        readonly PolicyArn: string;
      }[];
    };
  };
  'iam:ListPolicies': {
    input: { readonly Scope?: 'All' | 'AWS' | 'Local'; readonly OnlyAttached?: boolean };
    output: { readonly Policies: readonly PolicyDescription[] };
  };
  'iam:GetPolicy': {
    input: { readonly PolicyArn: string };
    output: { readonly Policy: { readonly DefaultVersionId: string } };
  };
  'iam:GetPolicyVersion': {
    input: { readonly PolicyArn: string; readonly VersionId: string };
    /** As JSON; IAM's URL encoding is undone. */
    output: { readonly PolicyVersion: { readonly Document: string } };
  };
  /** The names of its inline policies. */
  'iam:ListRolePolicies': {
    input: { readonly RoleName: string };
    output: { readonly PolicyNames: readonly string[] };
  };
  'iam:GetRolePolicy': {
    input: { readonly RoleName: string; readonly PolicyName: string };
    output: { readonly PolicyDocument: string };
  };
  'iam:GetOpenIDConnectProvider': {
    input: { readonly OpenIDConnectProviderArn: string };
    output: { readonly Url: string; readonly ClientIDList: readonly string[] };
  };
  'iam:CreateOpenIDConnectProvider': {
    input: {
      readonly Url: string;
      readonly ClientIDList: readonly string[];
      readonly Tags?: readonly Tag[];
    };
    output: { readonly OpenIDConnectProviderArn: string };
  };
  'iam:AddClientIDToOpenIDConnectProvider': {
    input: { readonly OpenIDConnectProviderArn: string; readonly ClientID: string };
    output: Nothing;
  };
  'iam:SimulatePrincipalPolicy': {
    input: {
      readonly PolicySourceArn: string;
      readonly ActionNames: readonly string[];
      readonly ResourceArns?: readonly string[];
    };
    output: { readonly EvaluationResults: readonly SimulatedDecision[] };
  };
}
