import type { ManagedPolicy, Role } from '../../iam.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Page, pageOf } from '../page.ts';

/** @throws {ApiError} as IAM says that there is no such role */
export function roleOf({ region }: AccountView, name = ''): Role {
  const role = region.iam.roles.get(name);
  if (role) return role;
  throw noSuch(`The role with name ${name} cannot be found.`);
}

/** @throws {ApiError} as IAM says that there is no such policy */
export function policyOf({ region }: AccountView, arn = ''): ManagedPolicy {
  const policy = region.iam.policies.get(arn);
  if (policy) return policy;
  throw noSuch(`Policy ${arn} does not exist or is not attachable.`);
}

/** The error for what is not there. */
export const noSuch = (message: string): ApiError => new ApiError('NoSuchEntity', 404, message);
/** The error for what is there already. */
export const exists = (message: string): ApiError =>
  new ApiError('EntityAlreadyExists', 409, message);
/** The error for more than a quota allows. */
export const limited = (message: string): ApiError => new ApiError('LimitExceeded', 409, message);
/** The error for what cannot be meant. */
export const invalidInput = (message: string): ApiError =>
  new ApiError('InvalidInput', 400, message);

/** A page of one of IAM's listings, in the members that all of them have. */
export function markedPage<Item>(
  all: readonly Item[],
  input: { readonly MaxItems?: number | undefined; readonly Marker?: string | undefined },
): Page<Item> & { readonly marks: { IsTruncated: boolean; Marker?: string } } {
  const { MaxItems = 100, Marker } = input;
  const page = pageOf(all, {
    size: MaxItems,
    token: Marker,
    most: 1_000,
    invalid: 'ValidationError',
  });
  return {
    ...page,
    marks: { IsTruncated: page.next !== undefined, ...(page.next && { Marker: page.next }) },
  };
}
