/** Signing in where credentials have expired: begun once, and waited for whatever the screen shows. */
import { Notifier } from '../core/notifier.ts';
import { hintOf, reasonOf } from '../core/words.ts';
import type { SignInPort, SignInPrompt, SsoSession } from '../ports/sign-in.ts';

/** How far a sign-in is. */
export type SignInState =
  | { readonly stage: 'asking' }
  | { readonly stage: 'waiting'; readonly prompt: SignInPrompt }
  /** `until`: how long it holds (ms since the epoch). */
  | { readonly stage: 'done'; readonly until: number }
  | { readonly stage: 'failed'; readonly reason: string; readonly hint: string };

interface Attempt {
  readonly stop: AbortController;
  state: SignInState;
}

/** The sign-ins of this run. */
export class SignIns {
  readonly #port: SignInPort;
  readonly #signedIn: (session: SsoSession) => void;
  readonly #attempts = new Map<string, Attempt>();
  readonly #changes = new Notifier();

  /** @param signedIn is told of each that was confirmed: what was refused can be asked for again */
  constructor(port: SignInPort, signedIn: (session: SsoSession) => void) {
    this.#port = port;
    this.#signedIn = signedIn;
  }

  /** The ways to sign in, those of a profile first. */
  async sessions(profile: string): Promise<readonly SsoSession[]> {
    const all = await this.#port.sessions();
    const own = all.filter(({ profiles }) => profiles.includes(profile));
    return [...own, ...all.filter((session) => !own.includes(session))];
  }

  /** How far it is; null where it was not begun. */
  state({ name }: SsoSession): SignInState | null {
    return this.#attempts.get(name)?.state ?? null;
  }

  /** Begins. False where one is under way already. */
  begin(session: SsoSession): boolean {
    const { stage } = this.state(session) ?? {};
    if (stage === 'asking' || stage === 'waiting') return false;
    const attempt: Attempt = { stop: new AbortController(), state: { stage: 'asking' } };
    this.#attempts.set(session.name, attempt);
    const become = (state: SignInState): void => {
      attempt.state = state;
      this.#changes.notify();
    };
    this.#port
      .signIn(session, (prompt) => become({ stage: 'waiting', prompt }), attempt.stop.signal)
      .then(
        (until) => {
          become({ stage: 'done', until });
          this.#signedIn(session);
        },
        (error: unknown) =>
          become({ stage: 'failed', reason: reasonOf(error), hint: hintOf(error) }),
      );
    this.#changes.notify();
    return true;
  }

  /** Calls it off. */
  cancel({ name }: SsoSession): void {
    this.#attempts.get(name)?.stop.abort(new Error('called off'));
  }

  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
}
