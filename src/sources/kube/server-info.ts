import type { ServerInfo } from '../../ports/kube.ts';
import { RequestError } from './errors.ts';
import type { KubeRequest } from './request.ts';
import type { Transport } from './transport.ts';

/** Asks the server what and where it is, and whom it takes us for. */
export class ServerQuestions {
  readonly #transport: Transport;
  #user: string | null = null;
  #realUser: string | null = null;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async info(signal?: AbortSignal): Promise<ServerInfo> {
    // First, so that it pays for the handshakes and not the measured request.
    const user = (this.#user ??= await this.#askUser(false, signal));
    this.#realUser ??= this.#transport.impersonates ? await this.#askUser(true, signal) : '';
    const began = performance.now();
    const version = await this.version({ signal });
    const roundTrip = Math.round((performance.now() - began) * 10) / 10;
    const realUser = this.#realUser;
    return { version, user, realUser, server: this.#transport.server, roundTrip };
  }

  /** The server's version, e.g. `v1.36.3`. */
  async version(options: Pick<KubeRequest, 'pool' | 'timeout' | 'signal'>): Promise<string> {
    const answer = (await this.#transport.json({
      doing: 'ask for the version',
      path: '/version',
      ...options,
    })) as { gitVersion?: unknown };
    return typeof answer.gitVersion === 'string' ? answer.gitVersion : '';
  }

  async #askUser(asSelf: boolean, signal?: AbortSignal): Promise<string> {
    try {
      const review = (await this.#transport.json({
        doing: 'ask who you are',
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: {
          type: 'application/json',
          text: '{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}',
        },
        signal,
        asSelf,
      })) as { status?: { userInfo?: { username?: unknown } } };
      const name = review.status?.userInfo?.username;
      return typeof name === 'string' ? name : '';
    } catch (error) {
      // Servers before 1.28 do not tell, and some users may not ask.
      if (error instanceof RequestError && [403, 404, 405].includes(error.code)) return '';
      throw error;
    }
  }
}
