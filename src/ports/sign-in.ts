/** A way to sign in that a person confirms in a browser, on whatever machine: IAM Identity Center. */
export interface SsoSession {
  /** The name of its `sso-session` section, or the start URL that profiles say themselves. */
  readonly name: string;
  readonly startUrl: string;
  /** Where it is, which says nothing of the clusters' region. */
  readonly region: string;
  readonly scopes: readonly string[];
  /** The profiles that sign in by it. */
  readonly profiles: readonly string[];
}

/** Where a sign-in is confirmed, and until when (ms) it can be. */
export interface SignInPrompt {
  /** An https address; empty where AWS named none. */
  readonly url: string;
  /** What is to stand on that page too: somebody else's sign-in has another one. */
  readonly code: string;
  readonly until: number;
}

/** Renews what profiles sign in with. */
export interface SignInPort {
  /** The ways to sign in that the configuration has now. */
  sessions(): Promise<readonly SsoSession[]>;
  /**
   * Signs in, and keeps the token where the aws CLI keeps its own. Resolves with the moment (ms)
   * until which it holds; rejects with an `AwsFault`, a file's error, or the signal's reason.
   */
  signIn(
    session: SsoSession,
    show: (prompt: SignInPrompt) => void,
    signal: AbortSignal,
  ): Promise<number>;
}
