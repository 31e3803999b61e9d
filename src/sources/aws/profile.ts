import { clientConfig } from './client-config.ts';
import type { AwsEnv, AwsFiles } from './config.ts';
import type { CredentialProvider } from './access-key.ts';
import { once } from './once.ts';
import { closeAgents, createAgents, type HttpAgents } from './http-agents.ts';

/**
 * What the regions of one profile share: connections, and credentials, so that a login or a
 * credential process is not started once per region.
 */
export interface Profile {
  readonly name: string;
  agents(): Promise<HttpAgents>;
  readonly credentials: CredentialProvider;
  /** Forget the credentials: they were refused, and are to be read anew. */
  renew(): void;
  /** Read credentials anew that do not say when they end; others are renewed in time anyway. */
  reread(): void;
  close(): void;
}

/** Makes the profile `name`; empty for the default chain. `region` is where a role is assumed. */
export function createProfile(name: string, region: string, env: AwsEnv, files: AwsFiles): Profile {
  const scope = { profile: name, region };
  const agents = once(() => createAgents(name, env, files));
  const provide = () =>
    once(async () => {
      const { credentialProvider } = await import('./credentials.ts');
      const client = clientConfig('sts', scope, env, files, await agents());
      return credentialProvider(scope, env, client);
    });
  let provider = provide();
  let lasting = false;

  function renew(): void {
    provider = provide();
    lasting = false;
  }

  return {
    name,
    agents,
    async credentials() {
      const credentials = await (await provider())();
      lasting = credentials.expiration === undefined;
      return credentials;
    },
    renew,
    reread() {
      if (lasting) renew();
    },
    close() {
      void agents().then(closeAgents, () => undefined);
    },
  };
}
