import { RequestError } from './errors.ts';

/** A cluster that satisfies client-node: only the user counts here. */
const ANY_CLUSTER = { name: 'any', server: 'https://any', skipTLSVerify: false };

/**
 * The id token of an OIDC auth provider, refreshed where it has ended. That is client-node's; it
 * takes long to load, so it is loaded only for this.
 * @param config the provider's settings in the kubeconfig
 */
export function idToken(config: Readonly<Record<string, string>>): () => Promise<string> {
  let loaded: ReturnType<typeof load> | null = null;
  return async () => {
    const library = await (loaded ??= load(config));
    const options: { headers?: Readonly<Record<string, string>> } = {};
    await library.applyToHTTPSOptions(options);
    const header = options.headers?.['Authorization'] ?? '';
    if (header.startsWith('Bearer ')) return header.slice('Bearer '.length);
    throw new RequestError(401, 'the OIDC login of the kubeconfig has ended', {
      hint: 'log in again (id-token and refresh-token are missing or no longer valid)',
      reason: 'NoCredentials',
    });
  };
}

async function load(config: Readonly<Record<string, string>>) {
  const { KubeConfig } = await import('./client-node.ts');
  const library = new KubeConfig();
  const authProvider = { name: 'oidc', config: { ...config } };
  library.loadFromClusterAndUser(ANY_CLUSTER, { name: 'any', authProvider });
  return library;
}
