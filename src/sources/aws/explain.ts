import { untimely } from '../../core/untimely.ts';
import { sanitize } from '../../core/text.ts';
import { AwsConfigError } from './config.ts';
import { explainCredentials, renewal } from './explain-credentials.ts';
import { AwsFault } from '../../domain/aws-fault.ts';
import type { CallContext } from './call-context.ts';

/** The parts of SDK and Node errors that tell them apart. */
interface ErrorParts {
  readonly name: string;
  /** The name in the answer itself where the SDK has another: `NoSuchEntity`; else empty. */
  readonly wireName: string;
  /** Node's name of what happened to a connection. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  readonly hostname: string;
}

const DENIED =
  /^(AccessDenied\w*|UnauthorizedOperation|AuthorizationError\w*|NotAuthorized|Forbidden)$/;
const NAMELESS = /^(Unknown(Error)?|403)$/;
const THROTTLED = /Throttl|TooManyRequests|RequestLimitExceeded|BandwidthLimitExceeded|SlowDown/;
const SKEWED = /RequestTimeTooSkewed|RequestInTheFuture|Signature (expired|not yet current)/;
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_|ERR_TLS_CERT/;
const MISSING = /NotFound|NoSuchEntity/;
const NO_ANSWER = /^(SyntaxError|PageAnswered)$/;
const UNREADABLE = /XML parse error/;
const UNKNOWN_OPERATION = /UnknownOperation|InvalidAction|NotImplemented|UnsupportedOperation/;

/** Says in words why an AWS call failed. Nothing of the credentials is in the words. */
export function explain(error: unknown, asked: CallContext): AwsFault {
  if (error instanceof AwsFault) return error;
  const context = { ...asked, region: text(fields(error).askedRegion) || asked.region };
  if (error instanceof AwsConfigError) {
    return new AwsFault('expired', error.message, error.hint);
  }
  const parts = partsOf(error);
  const { kind, message, hint } =
    explainCredentials(parts, context) ??
    explainRefusal(parts, context) ??
    explainTransport(parts, context) ??
    explainAnswer(parts, context);
  return new AwsFault(kind, message, hint, {
    code: parts.status > 0 ? parts.wireName || parts.name : parts.code,
    // What is missing may be another one: `iam:PassRole` where a role is handed on.
    action: kind === 'denied' ? missingAction(parts, context) : context.action,
  });
}

/** Has the words about an error name the region that was asked, which is not that of the scope. */
export function inRegion(region: string, error: unknown): unknown {
  return typeof error === 'object' && error !== null
    ? Object.assign(error, { askedRegion: region })
    : error;
}

function missingAction({ message }: ErrorParts, context: CallContext): string {
  return /perform: ([\w-]+:\w+)/.exec(message)?.[1] ?? context.action;
}

/** What AWS itself answers, in its own words; null where no answer came. */
export function answered(
  error: unknown,
): { readonly status: number; readonly code: string; readonly message: string } | null {
  const { status, wireName, name, message } = partsOf(error);
  return status === 0 ? null : { status, code: wireName || name, message: firstLine(message) };
}

function explainRefusal(parts: ErrorParts, context: CallContext): AwsFault | null {
  const { name, message } = parts;
  // Answers to HEAD have no body: the status alone says it.
  if (DENIED.test(name) || (parts.status === 403 && NAMELESS.test(name))) {
    const action = missingAction(parts, context);
    const deny = /with an explicit deny in an? ([\w -]+?)(?=$|[.:,])/.exec(message)?.[1];
    return new AwsFault(
      'denied',
      `needs ${action}${deny ? ` (denied by a ${sanitize(deny)})` : ''}`,
      'an administrator of the account can allow it',
    );
  }
  if (SKEWED.test(`${name} ${message}`)) {
    return new AwsFault(
      'expired',
      "AWS refuses the signature: this machine's clock is off",
      'set the clock, then refresh',
    );
  }
  if (/^(SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)/.test(name)) {
    return new AwsFault(
      'expired',
      'AWS refuses the signature: the secret key does not belong to the access key',
      renewal(context),
    );
  }
  if (THROTTLED.test(name) || parts.status === 429) {
    return new AwsFault('busy', `AWS throttles ${context.action}`);
  }
  return null;
}

function explainTransport(parts: ErrorParts, context: CallContext): AwsFault | null {
  const host = sanitize(parts.hostname) || hostOf(context);
  const late = untimely(parts.code, host);
  if (late !== null) return new AwsFault('unreachable', late.message, late.hint);
  if (UNTRUSTED.test(parts.code)) {
    return new AwsFault(
      'unreachable',
      `the certificate of ${host} is not trusted`,
      'set AWS_CA_BUNDLE to the PEM file of its authority',
    );
  }
  if (parts.code === 'ERR_PROXY_TUNNEL') return explainTunnel(parts, host);
  switch (parts.code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new AwsFault('unreachable', `${host} has no address`, 'check the region and the DNS');
    case 'ECONNREFUSED':
      return new AwsFault('unreachable', `${host} refuses connections`);
    case 'ECONNRESET':
    case 'EPIPE':
      return new AwsFault('unreachable', `${host} cut the connection`);
    case 'ENETUNREACH':
    case 'EHOSTUNREACH':
      return new AwsFault('unreachable', `${host} cannot be reached`, 'check the network');
    default:
  }
  if (parts.name === 'TimeoutError' || parts.code === 'ETIMEDOUT') {
    return new AwsFault(
      'unreachable',
      `${host} does not answer`,
      'check the network and HTTPS_PROXY',
    );
  }
  return null;
}

/** Node's words name the proxy with the password that is in its address. */
function explainTunnel({ message }: ErrorParts, host: string): AwsFault {
  const status = /HTTP\/1\.\d (\d{3})\b/.exec(message)?.[1] ?? '';
  return new AwsFault(
    'unreachable',
    `the proxy makes no connection to ${host}${status && `: it answers ${status}`}`,
    status === '407'
      ? 'it wants a name and a password: HTTPS_PROXY=http://name:password@host:port'
      : 'check HTTPS_PROXY, or name the host in NO_PROXY',
  );
}

function explainAnswer(parts: ErrorParts, context: CallContext): AwsFault {
  const { name, status } = parts;
  if (MISSING.test(name)) return new AwsFault('absent', firstLine(parts.message) || name);
  const operation = context.action.split(':')[1] ?? context.action;
  // An emulator answers what it does not know with an HTML page, which cannot be parsed.
  if (UNKNOWN_OPERATION.test(name) || status === 404 || status === 501) {
    return new AwsFault('absent', `${hostOf(context)} does not serve ${operation}`);
  }
  if (status >= 500) {
    return new AwsFault('unreachable', `${hostOf(context)} answers ${status} to ${operation}`);
  }
  if (NO_ANSWER.test(name) || UNREADABLE.test(parts.message)) {
    return new AwsFault(
      'unreachable',
      `${hostOf(context)} answers ${operation} with no AWS answer`,
      'see whether a proxy or the login page of a network answers in its place',
    );
  }
  return new AwsFault(
    status >= 400 ? 'rejected' : 'unreachable',
    `${operation}: ${firstLine(parts.message) || name}`,
  );
}

function hostOf(context: CallContext): string {
  if (context.endpoint && URL.canParse(context.endpoint)) return new URL(context.endpoint).host;
  return `AWS ${context.action.split(':')[0] ?? ''} in ${context.region}`;
}

/** Foreign text fit for one line of a pane. */
export function firstLine(text: string): string {
  return sanitize(text.slice(0, 2_000).split('\n', 1)[0] ?? '')
    .trim()
    .replace(/\.$/, '')
    .slice(0, 200);
}

function partsOf(error: unknown): ErrorParts {
  const outer = fields(error);
  // A refused connection to several addresses comes as an AggregateError; a wrapped one as cause.
  const inner = fields(
    outer.cause ?? (Array.isArray(outer.errors) ? (outer.errors as unknown[])[0] : undefined),
  );
  return {
    name: text(outer.name),
    wireName: text(outer.Code) || text(fields(outer.Error).Code),
    code: text(outer.code) || text(inner.code),
    message: text(outer.message) || text(inner.message) || String(error),
    status:
      number(fields(outer.$metadata).httpStatusCode) || number(fields(outer.$response).statusCode),
    hostname: text(outer.hostname) || text(inner.hostname),
  };
}

const fields = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
