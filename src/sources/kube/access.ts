import type { Clock } from '../../core/clock.ts';
import type { AccessRequest, PathRequest } from '../../ports/kube.ts';
import type { Transport } from './transport.ts';

/** Rights rarely change: an answer is kept this long (ms). */
const KEEP = 60_000;
/** Who was refused may just be given the right: a refusal is kept this long (ms). */
const KEEP_REFUSAL = 10_000;

interface Answer {
  readonly allowed: boolean;
  readonly reason: string;
}

/**
 * Asks the API server what the user may do (SelfSubjectAccessReview): each question once a minute,
 * one that was answered with no every ten seconds.
 */
export class AccessReviews {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #answers = new Map<string, { until: number; readonly answer: Promise<Answer> }>();

  constructor(transport: Transport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  can(request: AccessRequest | PathRequest, signal?: AbortSignal): Promise<Answer> {
    const key = JSON.stringify(request);
    const kept = this.#answers.get(key);
    if (kept !== undefined && kept.until > this.#clock.now()) return kept.answer;
    const answer = this.#ask(request, signal);
    const asked = { until: this.#clock.now() + KEEP, answer };
    this.#answers.set(key, asked);
    answer.then(
      ({ allowed }) => {
        if (!allowed) asked.until = this.#clock.now() + KEEP_REFUSAL;
      },
      () => this.#answers.delete(key),
    );
    return answer;
  }

  async #ask(request: AccessRequest | PathRequest, signal?: AbortSignal): Promise<Answer> {
    const review = (await this.#transport.json({
      doing: `ask whether you may ${request.verb} ${'path' in request ? request.path : request.resource}`,
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      body: {
        type: 'application/json',
        text: JSON.stringify({
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: attributesOf(request),
        }),
      },
      signal,
    })) as { status?: { allowed?: unknown; reason?: unknown } };
    const reason = review.status?.reason;
    return {
      allowed: review.status?.allowed === true,
      reason: typeof reason === 'string' ? reason : '',
    };
  }
}

function attributesOf(request: AccessRequest | PathRequest): object {
  if ('path' in request) return { nonResourceAttributes: request };
  const { verb, group, resource, subresource, namespace, name } = request;
  return { resourceAttributes: { verb, group, resource, subresource, namespace, name } };
}
