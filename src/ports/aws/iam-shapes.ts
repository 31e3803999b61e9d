/** Parts of IAM's answers, as `../aws-calls.ts` says. */
import type { Tag } from './tag.ts';

export interface RoleDescription {
  readonly Path: string;
  readonly RoleName: string;
  readonly Arn: string;
  readonly Description: string;
  readonly CreateDate: number | null;
  /** The trust policy as JSON; IAM's URL encoding is undone. */
  readonly AssumeRolePolicyDocument: string;
  readonly PermissionsBoundary: { readonly PermissionsBoundaryArn: string };
  readonly Tags: readonly Tag[];
}

export interface PolicyDescription {
  readonly PolicyName: string;
  readonly Arn: string;
  readonly Description: string;
  readonly AttachmentCount: number | null;
}

export interface SimulatedDecision {
  readonly EvalActionName: string;
  readonly EvalResourceName: string;
  /** allowed, explicitDeny or implicitDeny. */
  readonly EvalDecision: string;
  readonly MissingContextValues: readonly string[];
}
