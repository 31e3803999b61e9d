import {
  CreateRole$,
  type CreateRoleRequest,
  type CreateRoleResponse,
  DeleteRole$,
  type DeleteRoleRequest,
  GetRole$,
  type GetRoleRequest,
  type GetRoleResponse,
  ListRoles$,
  type ListRolesRequest,
  type ListRolesResponse,
  type Role as RoleShape,
  UpdateAssumeRolePolicy$,
  type UpdateAssumeRolePolicyRequest,
} from '@aws-sdk/client-iam';
import { addRole } from '../../catalog/iam.ts';
import { knownTrust, PROPAGATION_MS, type Role } from '../../iam.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { checkTrust } from '../policy.ts';
import { tagList } from './filters.ts';
import { exists, markedPage, roleOf } from './iam-lookup.ts';

/** What IAM does with roles. */
export const ROLE_OPERATIONS: readonly Operation[] = [
  operation(ListRoles$, (input: ListRolesRequest, { region }): ListRolesResponse => {
    const { PathPrefix = '/' } = input;
    const all = [...region.iam.roles.values()]
      .filter(({ path }) => path.startsWith(PathPrefix))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, marks } = markedPage(all, input);
    return { Roles: items.map((role) => shape(role)), ...marks };
  }),
  operation(GetRole$, (input: GetRoleRequest, account): GetRoleResponse => ({
    Role: detailed(roleOf(account, input.RoleName)),
  })),
  operation(CreateRole$, (input: CreateRoleRequest, { region, now }): CreateRoleResponse => {
    const { RoleName: name = '', AssumeRolePolicyDocument: trust = '' } = input;
    if (!/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new ApiError(
        'ValidationError',
        400,
        'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
      );
    }
    checkTrust(trust);
    if (region.iam.roles.has(name)) throw exists(`Role with name ${name} already exists.`);
    const role = addRole(region.iam, region.accountId, name, trust, {
      createdAt: now,
      path: input.Path ?? '/',
      description: input.Description ?? '',
      boundary: input.PermissionsBoundary ?? '',
      tags: Object.fromEntries((input.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    });
    role.before = { trust: null, until: now + PROPAGATION_MS };
    return { Role: detailed(role) };
  }),
  operation(UpdateAssumeRolePolicy$, (input: UpdateAssumeRolePolicyRequest, account): object => {
    const role = roleOf(account, input.RoleName);
    const { PolicyDocument = '' } = input;
    checkTrust(PolicyDocument);
    role.before = {
      trust: knownTrust(role, account.now),
      until: account.now + PROPAGATION_MS,
    };
    role.trust = PolicyDocument;
    return {};
  }),
  operation(DeleteRole$, (input: DeleteRoleRequest, account): object => {
    const role = roleOf(account, input.RoleName);
    if (role.attached.size > 0) {
      throw new ApiError(
        'DeleteConflict',
        409,
        'Cannot delete entity, must detach all policies first.',
      );
    }
    account.region.iam.roles.delete(role.name);
    return {};
  }),
];

function shape(role: Role): RoleShape {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: new Date(role.createdAt),
    AssumeRolePolicyDocument: encodeURIComponent(role.trust),
    MaxSessionDuration: 3_600,
    ...(role.description && { Description: role.description }),
  };
}

/** As GetRole tells it: listings leave out tags and the boundary. */
function detailed(role: Role): RoleShape {
  return {
    ...shape(role),
    Tags: tagList(role.tags),
    ...(role.boundary && {
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: role.boundary,
      },
    }),
  };
}
