import type { SsoSession } from '../../ports/sign-in.ts';
import type { AwsFiles } from './config.ts';

/** What a session asks for that names nothing: as the aws CLI does, or no token is ever renewed. */
const SCOPES = ['sso:account:access'];

/**
 * The ways to sign in of the configuration: its `sso-session` sections that profiles name, and the
 * start URLs that profiles say themselves.
 */
export function ssoSessions({ profiles, ssoSessions: sections }: AwsFiles): readonly SsoSession[] {
  const found = new Map<string, SsoSession>();
  for (const [profile, section] of profiles) {
    const named = section.sso_session;
    const {
      sso_start_url: startUrl,
      sso_region: region,
      ...rest
    } = named === undefined ? section : (sections.get(named) ?? {});
    if (!startUrl || !region) continue;
    const name = named ?? startUrl;
    const others = found.get(name)?.profiles ?? [];
    found.set(name, {
      name,
      startUrl,
      region,
      scopes: named === undefined ? [] : scopesOf(rest.sso_registration_scopes),
      profiles: [...others, profile],
    });
  }
  return [...found.values()];
}

function scopesOf(text = ''): readonly string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes.length > 0 ? scopes : SCOPES;
}
