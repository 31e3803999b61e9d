import { untimely } from '../../core/untimely.ts';
import { oneLine, reasonOf } from '../../core/words.ts';
import { regionOfEndpoint } from '../../domain/eks-endpoint.ts';
import { skewText } from '../../domain/skew.ts';
import type { KubeError, KubeErrorCause } from '../../ports/kube.ts';
import { readStatus, unwrapUnknown } from './envelope.ts';
import { toldOf, withoutObject } from './refusals.ts';

export { oneLine };

/** What may accompany an error. */
export interface ErrorDetails {
  /** What the user can do about it. */
  readonly hint?: string;
  /** The reason word of the server's Status (`Forbidden`, `Expired`, …). */
  readonly reason?: string;
  /** Seconds that the server asks to wait. */
  readonly retryAfter?: number;
  readonly causes?: readonly KubeErrorCause[];
}

/** A request that failed: {@link KubeError} with what the retry rules need besides. */
export class RequestError extends Error implements KubeError {
  override readonly name = 'KubeError';
  /** HTTP status; 0 where there was no answer; 401 also where no credentials could be had. */
  readonly code: number;
  readonly hint: string;
  readonly reason: string;
  readonly retryAfter: number;
  readonly causes: readonly KubeErrorCause[];

  constructor(code: number, message: string, details: ErrorDetails = {}) {
    super(redact(message));
    this.code = code;
    this.hint = redact(details.hint ?? '');
    this.reason = details.reason ?? '';
    this.retryAfter = details.retryAfter ?? 0;
    this.causes = details.causes ?? [];
  }
}

/** The history the client stands on is gone (HTTP 410, or an ERROR event of that code): list anew. */
export function isExpired(error: RequestError): boolean {
  return error.code === 410 || error.reason === 'Expired' || error.reason === 'Gone';
}

/** Bearer tokens (EKS tokens, JWTs) never reach an error, whoever wrote the text. */
export function redact(text: string): string {
  return text
    .replace(/k8s-aws-v1\.[\w-]+/g, '[token]')
    .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]')
    .replace(/(bearer\s+)\S+/gi, '$1[token]');
}

/** Whatever was thrown, as an error of ours. */
export function asRequestError(error: unknown, host = ''): RequestError {
  if (error instanceof RequestError) return error;
  return networkError(error, host);
}

const PRIVATE_EKS =
  'private-only endpoint? It needs a path into the VPC (VPN, bastion, SSM tunnel)';

/** No answer from `host` within `seconds`. */
export function timeoutError(host: string, seconds: number): RequestError {
  return new RequestError(0, `no answer from ${host} within ${seconds} s`, {
    hint: isEksHost(host) ? PRIVATE_EKS : 'check the network, the VPN and the address',
    reason: 'Timeout',
  });
}

const isEksHost = (host: string): boolean => regionOfEndpoint(host) !== '';

const CERTIFICATE =
  /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT|ERR_SSL_|HOSTNAME_MIS)/;

/** How the runtime is started is nothing that a user of this program can change. */
const NODE_ADVICE = /; if the root CA is installed locally, try running Node\.js .*/s;

/** An error of the socket, TLS or the proxy, as a sentence. */
function networkError(error: unknown, host: string): RequestError {
  const text = reasonOf(error);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const say = (message: string, hint: string) =>
    new RequestError(0, message, { hint, reason: code });
  switch (code) {
    case 'ECONNREFUSED':
      return say(`${host} refused the connection`, 'is the API server running at this address?');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return say(`the name ${host} cannot be resolved`, 'check the network, DNS and the VPN');
    case 'ETIMEDOUT':
      return say(
        `no answer from ${host}`,
        isEksHost(host) ? PRIVATE_EKS : 'check the network, the VPN and the address',
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return say(`there is no route to ${host}`, 'check the network and the VPN');
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ERR_STREAM_PREMATURE_CLOSE':
      return say(`the connection to ${host} was cut`, '');
    case 'EPROTO':
      return say(`${host} does not speak TLS`, 'check the scheme (https://) and the port');
  }
  const late = untimely(code, host);
  if (late !== null) return say(late.message, late.hint);
  if (CERTIFICATE.test(code)) {
    return say(
      `the certificate of ${host} is not trusted: ${oneLine(text.replace(NODE_ADVICE, ''))}`,
      'check certificate-authority-data, tls-server-name, a proxy that intercepts TLS, and the clock',
    );
  }
  if (code.startsWith('ERR_OSSL')) {
    return say(
      `a certificate or key for ${host} cannot be used: ${oneLine(text)}`,
      'check the certificates and keys that the kubeconfig names',
    );
  }
  if (code.startsWith('HPE_')) {
    return say(
      `${host} does not answer in HTTP: ${oneLine(text)}`,
      'check the address and the port',
    );
  }
  return say(`the request to ${host} failed: ${oneLine(text)}`, '');
}

/** What was asked of the server, for sentences. */
export interface Asked {
  /** In kubectl's words, e.g. `list pods`. */
  readonly doing: string;
  /** The right that it takes, as roles have it (`create pods/exec in shop`); absent: as `doing`. */
  readonly right?: string;
}

/** Signed tokens hold for about so long (ms): by a clock that is further off they are never valid. */
const HOLDS = 10 * 60_000;

/**
 * What an answer with an error status says.
 * @param offset what to add to our time to have the server's (ms), where it is known
 */
export function statusError(
  code: number,
  headers: { readonly contentType: string; readonly retryAfter: string; readonly date: string },
  body: Buffer,
  { doing, right = doing }: Asked,
  offset: number | null = null,
): RequestError {
  const status = headers.contentType.startsWith('application/vnd.kubernetes.protobuf')
    ? fromProtobuf(body)
    : fromJson(body.toString('utf8'));
  const message = oneLine(withoutObject(status?.message ?? ''));
  const { reason = '', causes = [] } = status ?? {};
  const told = toldOf({ code, reason, message, causes }, doing);
  const details = {
    hint: told?.hint ?? (clockHint(code, offset) || hintOf(code, right)),
    reason,
    retryAfter: seconds(headers.retryAfter, headers.date),
    causes,
  };
  if (message !== '') return new RequestError(code, told?.message ?? message, details);
  const what = describe(code, headers.contentType, body.toString('utf8'));
  return new RequestError(code, `${doing}: the server answered ${what}`, details);
}

/** e.g. `502 with HTML`, `500 with an empty body`. */
function describe(code: number, contentType: string, body: string): string {
  if (body.trim() === '') return `${code} with an empty body`;
  if (contentType.includes('html') || /^\s*<(!doctype|html)/i.test(body))
    return `${code} with HTML`;
  return `${code}: ${oneLine(body).slice(0, 120)}`;
}

/** Where who asks is refused because of the time; else empty. */
const clockHint = (code: number, offset: number | null): string =>
  code === 401 && Math.abs(offset ?? 0) > HOLDS
    ? `set the clock of this machine: the server's is ${skewText(offset)}, and tokens hold for minutes`
    : '';

function hintOf(code: number, right: string): string {
  if (code === 401) {
    return 'log in again; on EKS :clusters and d on the cluster say who you are to it, and the access entry that is missing';
  }
  // Following takes both verbs, whichever was refused first.
  if (code === 403)
    return `needs a role that allows: ${right.replace(/^watch /, 'list and watch ')}`;
  if (code === 429) return 'the server is busy and asked to wait';
  if (code >= 500) return 'the server, or a proxy in front of it, has a problem of its own';
  return '';
}

/** No server is left alone for longer (s), whatever it asks for. */
const LONGEST_WAIT = 300;

/** Seconds of a Retry-After header, which may be a date; 0 where it is absent or makes no sense. */
function seconds(header: string, date: string): number {
  const value = /^\d+$/.test(header)
    ? Number(header)
    : (Date.parse(header) - Date.parse(date)) / 1000;
  return value > 0 ? Math.min(value, LONGEST_WAIT) : 0;
}

interface Status {
  readonly message: string;
  readonly reason: string;
  readonly causes?: readonly KubeErrorCause[];
}

function fromProtobuf(body: Buffer): Status | null {
  try {
    return readStatus(unwrapUnknown(body).raw);
  } catch {
    return null;
  }
}

function fromJson(body: string): Status | null {
  try {
    const { message, reason, details } = JSON.parse(body) as Record<string, unknown>;
    return {
      message: typeof message === 'string' ? message : '',
      reason: typeof reason === 'string' ? reason : '',
      causes: causesOf(details),
    };
  } catch {
    return null;
  }
}

/** More than anybody reads. */
const MOST_CAUSES = 1000;

/** The causes in the details of a Status. */
function causesOf(details: unknown): readonly KubeErrorCause[] {
  const { causes } = (details ?? {}) as { causes?: unknown };
  if (!Array.isArray(causes)) return [];
  return causes.slice(0, MOST_CAUSES).map((cause: unknown) => {
    const { reason, field, message } = (cause ?? {}) as Record<string, unknown>;
    const told = words(message);
    const manager =
      reason === 'FieldManagerConflict' ? (/^conflict with "(.*?)"/.exec(told)?.[1] ?? '') : '';
    return { reason: words(reason), field: words(field), message: told, manager };
  });
}

const words = (value: unknown): string =>
  typeof value === 'string' ? redact(oneLine(withoutObject(value))) : '';
