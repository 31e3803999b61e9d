import type { Clock } from '../../core/clock.ts';
import { fileProblem, readSmallFile } from './bounded-file.ts';
import {
  asCredentialError,
  tokenCredential,
  type Credential,
  type TokenSource,
} from './credentials.ts';
import { oneLine, RequestError } from './errors.ts';
import type { UserEntry } from './kubeconfig-user.ts';
import { idToken } from './oidc.ts';

/** Who a server is told that we are. */
export interface Authentication {
  /** An Authorization header that never changes, empty where there is none. */
  readonly fixed: string;
  /** Makes the credential that does change, null where there is none. */
  readonly make: (() => Promise<Credential>) | null;
}

const NOBODY: Authentication = { fixed: '', make: null };

/** How credentials that are not written in the kubeconfig are had. */
export interface Makers {
  readonly clock: Clock;
  /** Makes the token of an EKS user in process, null where this is none or it cannot be done. */
  readonly eksToken: TokenSource | null;
  /** Runs the user's plugin, null where there is none. */
  readonly plugin: (() => Promise<Credential>) | null;
}

/**
 * Which of a user's credentials counts, as in client-go: what is written in the address, then a
 * token file, a token, a name with a password; with none of these a client certificate alone, and
 * only without one the plugin. Nothing of all this is ever sent unencrypted.
 */
export function authenticationOf(server: URL, user: UserEntry, makers: Makers): Authentication {
  if (server.protocol !== 'https:') return NOBODY;
  if (server.username !== '' || server.password !== '') {
    const [name, password] = [server.username, server.password].map(decodeURIComponent);
    return { fixed: basic(name ?? '', password ?? ''), make: null };
  }
  if (user.tokenFile !== '') return { fixed: '', make: fromFile(user, makers.clock) };
  if (user.token !== '') return { fixed: `Bearer ${user.token}`, make: null };
  if (user.username !== '') return { fixed: basic(user.username, user.password), make: null };
  const { oidc, certData, certFile } = user;
  if (oidc !== null) return { fixed: '', make: expiring(idToken(oidc), makers.clock) };
  return certData === '' && certFile === '' ? { fixed: '', make: either(makers) } : NOBODY;
}

function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** What may change on disk or at an identity provider is asked for again after this time (ms). */
const KEEP = 120_000;

function expiring(token: () => Promise<string>, clock: Clock): () => Promise<Credential> {
  return tokenCredential(async () => ({ token: await token(), expires: clock.now() + KEEP }));
}

/** A token file, which others replace; while it cannot be read the last token goes on to count. */
function fromFile({ tokenFile, token }: UserEntry, clock: Clock): () => Promise<Credential> {
  let last = token;
  return expiring(async () => {
    try {
      const read = (await readSmallFile(tokenFile)).trim();
      if (read === '') throw new Error('it is empty');
      last = read;
    } catch (error) {
      if (last === '') {
        throw new RequestError(
          401,
          `the token file ${tokenFile} cannot be read: ${oneLine(fileProblem(error))}`,
          { hint: 'check the files that the kubeconfig names', reason: 'NoCredentials' },
        );
      }
    }
    return last;
  }, clock);
}

/** The token made in process or, where that fails (it can ask for no MFA code), the plugin's. */
function either({ eksToken, plugin }: Makers): Authentication['make'] {
  if (eksToken === null) return plugin;
  const inProcess = tokenCredential(eksToken);
  if (plugin === null) return inProcess;
  return async () => {
    try {
      return await inProcess();
    } catch (thrown) {
      const first = asCredentialError(thrown);
      try {
        return await plugin();
      } catch (error) {
        const second = asCredentialError(error);
        const message = `${first.message}; nor by its own command: ${second.message}`;
        throw new RequestError(401, message, {
          hint: first.hint || second.hint,
          reason: 'NoCredentials',
        });
      }
    }
  };
}
