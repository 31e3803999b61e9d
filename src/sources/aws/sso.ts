import { fromLoginCredentials, fromSSO } from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import { cachedSession } from './cli-cache.ts';
import { AwsConfigError } from './config.ts';
import type { Credentials } from './access-key.ts';
import type { Search } from './search.ts';
import type { IniSection } from './ini.ts';

/**
 * The credentials of a profile that signs in by SSO: those that the aws CLI keeps, else those that
 * its token buys; null where the profile does not. The SDK renews the token.
 */
export async function ssoCredentials(
  name: string,
  section: IniSection,
  search: Search,
): Promise<Credentials | null> {
  const { sso_session: session, sso_account_id: accountId, sso_role_name: roleName } = section;
  if (!accountId && !roleName) return null;
  const own = session ? search.files.ssoSessions.get(session) : {};
  if (!own) {
    throw new AwsConfigError(
      `profile ${name} names the SSO session "${session ?? ''}", which is not there`,
      `add a section [sso-session ${session ?? ''}] to ~/.aws/config`,
    );
  }
  const signIn = { ...section, ...own };
  const key = session ? { sessionName: session } : { startUrl: signIn.sso_start_url ?? '' };
  const asked = { accountId: accountId ?? '', roleName: roleName ?? '', ...key };
  const kept = await cachedSession(asked, 'dense', search.env);
  return kept ?? fromSSO({ ...asRead(signIn, session), ...clientOf(search) })();
}

/** The credentials of a profile that `aws login` signed in, or null. */
export async function loginCredentials(
  section: IniSection,
  search: Search,
): Promise<Credentials | null> {
  if (!section.login_session) return null;
  return fromLoginCredentials({ ...asRead(section, ''), ...clientOf(search) })();
}

function clientOf({ client }: Search) {
  const { region, requestHandler, logger } = client;
  return {
    clientConfig: { requestHandler, logger },
    // Not in clientConfig: there it would also move the SSO service to the wrong region.
    parentClientConfig: { region },
    logger,
  };
}

/** The SDK's keys of what a profile says; everything else of it would only be read wrongly. */
const KEYS = /^(sso_|login_session$|region$)/;

/**
 * These providers of the SDK read the profile from the files themselves, by their own grammar,
 * which does not know every name. So the profile as we read it is given to them as a file, which is
 * never written.
 */
function asRead(section: IniSection, session = '') {
  const lines = Object.entries(section)
    .filter(([key, value]) => KEYS.test(key) && value)
    .map(([key, value]) => `${key} = ${value ?? ''}`);
  const text = [
    ...['[profile it]', ...lines],
    ...(session ? [`[sso-session ${session}]`, ...lines] : []),
  ].join('\n');
  const path = `/dev/null/ekscope/${encodeURIComponent(text)}`;
  externalDataInterceptor.interceptFile(path, text);
  return { profile: 'it', filepath: `${path}/none`, configFilepath: path, ignoreCache: true };
}
