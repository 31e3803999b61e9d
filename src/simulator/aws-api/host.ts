import type { Region } from '../region.ts';
import type { AccountView, Caller } from './account.ts';
import { ApiError } from './api-error.ts';
import { accessDenied, type ApiCall, type Fault } from './faults.ts';
import { decisionOf } from './policy.ts';
import { prometheusOr } from './prometheus-api.ts';
import type { Protocol, ProtocolChoice, WireRequest, WireResponse } from './protocol.ts';
import { awsJson } from './aws-json.ts';
import { anyProtocol } from './any-protocol.ts';
import { byVersion, query } from './query.ts';
import { restJson } from './rest-json.ts';
import { restXml } from './rest-xml.ts';
import { CLOUDTRAIL_OPERATIONS, remember } from './services/cloudtrail.ts';
import { AUTO_SCALING_OPERATIONS } from './services/autoscaling.ts';
import { APS_OPERATIONS } from './services/aps.ts';
import { CLOUDWATCH_OPERATIONS } from './services/cloudwatch.ts';
import { EC2_OPERATIONS } from './services/ec2.ts';
import { EFS_OPERATIONS } from './services/efs.ts';
import { EKS_OPERATIONS } from './services/eks.ts';
import { CLASSIC_ELB_OPERATIONS } from './services/elb-classic.ts';
import { ELB_OPERATIONS } from './services/elb.ts';
import { FSX_OPERATIONS } from './services/fsx.ts';
import { IAM_OPERATIONS } from './services/iam.ts';
import { identityCenter, type IdentityCenter } from './services/identity-center.ts';
import { LATTICE_OPERATIONS } from './services/lattice.ts';
import { LOGS_OPERATIONS } from './services/logs.ts';
import { PRICING_OPERATIONS } from './services/pricing.ts';
import { S3_OPERATIONS } from './services/s3.ts';
import { SSM_OPERATIONS } from './services/ssm.ts';
import { ROUTE53_OPERATIONS } from './services/route53.ts';
import { stsOperations } from './services/sts.ts';
import { XRAY_OPERATIONS } from './services/xray.ts';
import { s3Paths } from './s3-paths.ts';
import { expiredToken, regionSessions, unknownKey } from './sessions.ts';
import { violations } from './validate.ts';

/** Where a signature says a request belongs. */
export interface Signature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** The paths of signing in, and of what a token is good for. */
const SIGN_IN: ReadonlySet<string> = new Set([
  '/client/register',
  '/device_authorization',
  '/token',
  '/federation/credentials',
]);

/** What IAM calls services whose signatures name them otherwise. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** What is allowed by another name than that of the call. */
const ACTIONS: Readonly<Record<string, string>> = { 's3:HeadBucket': 's3:ListBucket' };

/** What nobody needs to be allowed. */
const OPEN = new Set(['sts:GetCallerIdentity', 'sts:AssumeRoleWithWebIdentity']);

/** Who calls without a signature: the token that is sent says it. */
const NOBODY: Caller = { arn: '', userId: '' };

/**
 * All services of the region behind one address, as an AWS_ENDPOINT_URL is: the scope of the
 * signature tells which is meant. Signatures themselves are not checked, the access key is.
 */
export function createHost(
  region: Region,
  now: () => number,
  fault: Fault,
  address: () => string,
): (request: WireRequest, signature: Signature | null) => Promise<WireResponse> {
  const sessions = regionSessions(region);
  const center = identityCenter(sessions, address);
  const protocols: Readonly<Record<string, Protocol | ProtocolChoice>> = {
    aps: prometheusOr(restJson(APS_OPERATIONS)),
    eks: restJson(EKS_OPERATIONS),
    elasticfilesystem: restJson(EFS_OPERATIONS),
    fsx: awsJson(FSX_OPERATIONS, '1.1'),
    cloudtrail: awsJson(CLOUDTRAIL_OPERATIONS, '1.1'),
    logs: awsJson(LOGS_OPERATIONS, '1.1'),
    monitoring: anyProtocol(
      CLOUDWATCH_OPERATIONS,
      'http://monitoring.amazonaws.com/doc/2010-08-01/',
    ),
    pricing: awsJson(PRICING_OPERATIONS, '1.1'),
    s3: s3Paths(S3_OPERATIONS),
    ssm: awsJson(SSM_OPERATIONS, '1.1'),
    'vpc-lattice': restJson(LATTICE_OPERATIONS),
    xray: restJson(XRAY_OPERATIONS),
    sso: restJson(center.operations),
    route53: restXml(ROUTE53_OPERATIONS, 'https://route53.amazonaws.com/doc/2013-04-01/'),
    sts: query(stsOperations(sessions), 'query', 'https://sts.amazonaws.com/doc/2011-06-15/'),
    ec2: query(EC2_OPERATIONS, 'ec2', 'http://ec2.amazonaws.com/doc/2016-11-15/'),
    iam: query(IAM_OPERATIONS, 'query', 'https://iam.amazonaws.com/doc/2010-05-08/'),
    elasticloadbalancing: byVersion({
      '2015-12-01': query(
        ELB_OPERATIONS,
        'query',
        'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
      ),
      '2012-06-01': query(
        CLASSIC_ELB_OPERATIONS,
        'query',
        'http://elasticloadbalancing.amazonaws.com/doc/2012-06-01/',
      ),
    }),
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
    const action =
      ACTIONS[`${call.service}:${call.operation}`] ?? `${call.service}:${call.operation}`;
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
    const service = PREFIXES[signature.service] ?? signature.service;
    const call = { service, operation: operation.name, caller };
    const failure = service === 'sso' ? null : ((await fault(call)) ?? denial(call));
    if (failure) throw failure;
    const wrong = violations(operation.input, input, operation.name);
    if (wrong.length > 0) throw new ApiError('ValidationException', 400, wrong.join('; '));
    const account: AccountView = {
      region,
      clusters: signature.region === region.name ? region.clusters : [],
      caller,
      now: now(),
      clock: now,
    };
    const output = await operation.run(input, account);
    remember(region, {
      at: account.now,
      ...{ service, operation: operation.name, who: caller.arn, from: '127.0.0.1' },
      agent: String(request.headers['user-agent'] ?? ''),
      parameters: input,
    });
    const misshapen = violations(operation.output, output, operation.name);
    if (misshapen.length > 0) throw new Error(`misshapen answer: ${misshapen.join('; ')}`);
    return protocol.encode(operation, output);
  }

  return async (request, signature) => {
    const confirmed = request.url.pathname === '/device' ? confirmation(request, center) : null;
    if (confirmed !== null) return confirmed;
    const service = signature?.service ?? unsignedService(request);
    const served = protocols[service] ?? restJson([]);
    const protocol = typeof served === 'function' ? served(request) : served;
    try {
      if (signature) return await answer(protocol, request, signature);
      if (service === '') throw missingToken();
      const anywhere = { accessKeyId: '', region: region.name, service };
      return await run(protocol, request, anywhere, NOBODY);
    } catch (error) {
      return protocol.encodeError(
        error instanceof ApiError
          ? error
          : new ApiError('InternalFailure', 500, error instanceof Error ? error.message : ''),
      );
    }
  };
}

/** The service of a request that nobody has to sign; empty where there is none. */
function unsignedService({ url, body }: WireRequest): string {
  const action = new URLSearchParams(body || url.search).get('Action');
  if (action === 'AssumeRoleWithWebIdentity') return 'sts';
  return SIGN_IN.has(url.pathname) ? 'sso' : '';
}

const missingToken = (): ApiError =>
  new ApiError('MissingAuthenticationTokenException', 403, 'Missing Authentication Token');

/** The page on which a person confirms a code. */
function confirmation({ url }: WireRequest, center: IdentityCenter): WireResponse {
  const code = url.searchParams.get('user_code') ?? '';
  const confirmed = center.confirm(code);
  return {
    status: confirmed ? 200 : 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: confirmed ? `${code} is confirmed: go back to the terminal\n` : 'no such code\n',
  };
}
