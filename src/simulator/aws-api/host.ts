import type { Region } from '../region.ts';
import type { AccountView, Caller } from './account.ts';
import { ApiError } from './api-error.ts';
import { accessDenied } from './faults.ts';
import { decisionOf } from './policy.ts';
import type { Protocol, WireRequest, WireResponse } from './protocol.ts';
import { query } from './query.ts';
import { restJson } from './rest-json.ts';
import { AUTO_SCALING_OPERATIONS } from './services/autoscaling.ts';
import { EC2_OPERATIONS } from './services/ec2.ts';
import { EKS_OPERATIONS } from './services/eks.ts';
import { IAM_OPERATIONS } from './services/iam.ts';
import { stsOperations } from './services/sts.ts';
import { expiredToken, regionSessions, unknownKey } from './sessions.ts';
import { violations } from './validate.ts';

/** One call, as a fault decides on it: `eks`, `ListClusters`. */
export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  readonly caller: Caller;
}

/** Makes a call fail, or lets it through by returning null. */
export type Fault = (call: ApiCall) => ApiError | null;

/** Where a signature says a request belongs. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** What nobody needs to be allowed. */
const OPEN = new Set(['sts:GetCallerIdentity', 'sts:AssumeRoleWithWebIdentity']);

/** Who calls without a signature: the token that is sent says it. */
const NOBODY: Caller = { arn: '', userId: '' };
const UNSIGNED = 'AssumeRoleWithWebIdentity';

/**
 * All services of the region behind one address, as an AWS_ENDPOINT_URL is: the scope of the
 * signature tells which is meant. Signatures themselves are not checked, the access key is.
 */
export function createHost(
  region: Region,
  now: () => number,
  fault: Fault,
): (request: WireRequest, signature: Signature | null) => Promise<WireResponse> {
  const sessions = regionSessions(region);
  const protocols: Readonly<Record<string, Protocol>> = {
    eks: restJson(EKS_OPERATIONS),
    sts: query(stsOperations(sessions), 'query', 'https://sts.amazonaws.com/doc/2011-06-15/'),
    ec2: query(EC2_OPERATIONS, 'ec2', 'http://ec2.amazonaws.com/doc/2016-11-15/'),
    iam: query(IAM_OPERATIONS, 'query', 'https://iam.amazonaws.com/doc/2010-05-08/'),
    autoscaling: query(
      AUTO_SCALING_OPERATIONS,
      'query',
      'http://autoscaling.amazonaws.com/doc/2011-01-01/',
    ),
  };

  function callerOf({ accessKeyId, service }: Signature): Caller {
    const caller = sessions.caller(accessKeyId, now());
    if (caller === null) throw unknownKey(service);
    if (caller === 'expired') throw expiredToken(service);
    return caller;
  }

  function denial(call: ApiCall): ApiError | null {
    const action = `${call.service}:${call.operation}`;
    if (OPEN.has(action) || decisionOf(region.callerPolicy, action) === 'allowed') return null;
    return accessDenied(call);
  }

  async function answer(
    protocol: Protocol,
    request: WireRequest,
    signature: Signature,
  ): Promise<WireResponse> {
    const caller = callerOf(signature);
    return run(protocol, request, signature, caller);
  }

  async function run(
    protocol: Protocol,
    request: WireRequest,
    signature: Signature,
    caller: Caller,
  ): Promise<WireResponse> {
    const decoded = await protocol.decode(request);
    if (!decoded) throw protocol.unknownOperation(request);
    const { operation, input } = decoded;
    const { service } = signature;
    const call = { service, operation: operation.name, caller };
    const failure = fault(call) ?? denial(call);
    if (failure) throw failure;
    const wrong = violations(operation.input, input, operation.name);
    if (wrong.length > 0) throw new ApiError('ValidationException', 400, wrong.join('; '));
    const account: AccountView = {
      region,
      clusters: signature.region === region.name ? region.clusters : [],
      caller,
      now: now(),
    };
    const output = operation.run(input, account);
    const misshapen = violations(operation.output, output, operation.name);
    if (misshapen.length > 0) throw new Error(`misshapen answer: ${misshapen.join('; ')}`);
    return protocol.encode(operation, output);
  }

  return async (request, signature) => {
    const unsigned = signature === null && isUnsigned(request);
    const protocol = protocols[unsigned ? 'sts' : (signature?.service ?? '')] ?? restJson([]);
    try {
      if (unsigned) {
        const anywhere = { accessKeyId: '', region: region.name, service: 'sts' };
        return await run(protocol, request, anywhere, NOBODY);
      }
      if (!signature) {
        throw new ApiError(
          'MissingAuthenticationTokenException',
          403,
          'Missing Authentication Token',
        );
      }
      return await answer(protocol, request, signature);
    } catch (error) {
      return protocol.encodeError(
        error instanceof ApiError
          ? error
          : new ApiError('InternalFailure', 500, error instanceof Error ? error.message : ''),
      );
    }
  };
}

const isUnsigned = ({ url, body }: WireRequest): boolean =>
  new URLSearchParams(body || url.search).get('Action') === UNSIGNED;
