import type { Operation } from '../operation.ts';
import { POLICY_OPERATIONS } from './iam-policies.ts';
import { PROVIDER_OPERATIONS } from './iam-providers.ts';
import { ROLE_OPERATIONS } from './iam-roles.ts';

/** What IAM does. */
export const IAM_OPERATIONS: readonly Operation[] = [
  ...ROLE_OPERATIONS,
  ...POLICY_OPERATIONS,
  ...PROVIDER_OPERATIONS,
];
