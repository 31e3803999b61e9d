import type { Caller } from './account.ts';
import { ApiError } from './api-error.ts';

/** One call, as a fault decides on it: `eks`, `ListClusters`. */
export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
}

/** Makes a call fail, or lets it through by returning null; what it waits for, the caller waits for. */
export type Fault = (call: ApiCall) => ApiError | null | Promise<ApiError | null>;

/** How each service says that it is asked too often. */
const THROTTLED: Readonly<Record<string, readonly [code: string, status: number]>> = {
  eks: ['ThrottlingException', 429],
  ec2: ['RequestLimitExceeded', 503],
  cloudwatch: ['Throttling', 400],
  sts: ['Throttling', 400],
  autoscaling: ['Throttling', 400],
  elasticloadbalancing: ['Throttling', 400],
  iam: ['Throttling', 400],
  logs: ['ThrottlingException', 400],
  fsx: ['ThrottlingException', 400],
};

/** The error for too many calls, as the service words it. */
export function throttled({ service }: ApiCall): ApiError {
  const [code, status] = THROTTLED[service] ?? ['ThrottlingException', 429];
  return new ApiError(code, status, 'Rate exceeded');
}

/** How each service says that the caller may not. */
const DENIED: Readonly<Record<string, readonly [code: string, status: number]>> = {
  aps: ['AccessDeniedException', 403],
  eks: ['AccessDeniedException', 403],
  ec2: ['UnauthorizedOperation', 403],
  cloudwatch: ['AccessDenied', 403],
  sts: ['AccessDenied', 403],
  autoscaling: ['AccessDenied', 403],
  elasticloadbalancing: ['AccessDenied', 403],
  iam: ['AccessDenied', 403],
  logs: ['AccessDeniedException', 400],
  elasticfilesystem: ['AccessDeniedException', 403],
  fsx: ['AccessDeniedException', 400],
};

/** The error for a call that no policy allows, as the service words it. */
export function accessDenied({ service, operation, caller }: ApiCall): ApiError {
  const [code, status] = DENIED[service] ?? ['AccessDenied', 403];
  return new ApiError(
    code,
    status,
    service === 'ec2'
      ? 'You are not authorized to perform this operation.'
      : `User: ${caller.arn} is not authorized to perform: ${service}:${operation}` +
          ' because no identity-based policy allows the action',
  );
}
