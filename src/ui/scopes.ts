/** Of which AWS profiles and regions clusters are listed: what is said of it, and choosing others. */
import { ALL_PROFILES, ALL_REGIONS, REGION_PLACES } from '../domain/aws-regions.ts';
import type { AwsScope } from '../ports/aws.ts';
import { refusal } from './opening.ts';
import type { ScopeChange } from './scopes-command.ts';
import type { MenuItem } from './state-overlay.ts';
import type { Workspace } from './workspace.ts';

/** Names that are listed one by one; of more the number is told. */
const NAMED = 3;

/** `eu-central-1 (prod)`, `all regions of 3 profiles`: scopes in few words; empty where there are none. */
export function scopesText(scopes: readonly AwsScope[]): string {
  const profiles = [...new Set(scopes.map(({ profile }) => profile))];
  const regions = [...new Set(scopes.map(({ region }) => region))];
  const [first] = profiles;
  if (first === undefined) return '';
  const where = regions.includes(ALL_REGIONS) ? 'all regions' : listed(regions, 'regions');
  if (profiles.length === 1) return first === '' ? where : `${where} (${first})`;
  return `${where} of ${listed(
    profiles.map((profile) => profile || 'the default profile'),
    'profiles',
  )}`;
}

const listed = (names: readonly string[], what: string): string =>
  names.length > NAMED ? `${names.length} ${what}` : names.join(', ');

/** Lists the clusters of other profiles or regions, or says why not. */
export function chooseScopes(host: Workspace, change: ScopeChange): void {
  const { session, resources } = host;
  session.chooseScopes(change).then(
    () => {
      host.showResource(resources.fleet, null);
      host.flash(`clusters of ${scopesText(session.scopes)}`, 'good');
    },
    (error: unknown) => host.flash(refusal(error), 'bad'),
  );
}

const PROFILE = 'profile ';
const REGION = 'region ';

/** Lets profiles and regions be chosen from all there are. */
export function openScopes(host: Workspace): void {
  const { session } = host;
  const { profiles: names, chosen } = session.scopeChoice;
  // What it is called is found by typing, too.
  const item = (kind: string, name: string, called = ''): MenuItem => ({
    id: kind + name,
    title: called === '' ? kind + name : `${kind}${name} · ${called}`,
    detail: '',
    disabled: '',
  });
  const now = new Set([
    ...chosen.profiles.map((name) => PROFILE + name),
    ...chosen.regions.map((name) => REGION + name),
  ]);
  const items = [
    ...(names.length > 1 ? [item(PROFILE, ALL_PROFILES, 'every profile')] : []),
    ...names.map((name) => item(PROFILE, name)),
    item(REGION, ALL_REGIONS, 'every region that is enabled'),
    ...[...REGION_PLACES].map(([name, place]) => item(REGION, name, place)),
  ];
  const isChosen = ({ id }: MenuItem): boolean => now.has(id);
  const known = new Set(items.map(({ id }) => id));
  host.overlays.showSeveral(
    'Clusters of these profiles and regions',
    [...items.filter(isChosen), ...items.filter((one) => !isChosen(one))],
    new Set([...now].filter((id) => known.has(id))),
    (ids) => {
      const of = (kind: string): readonly string[] =>
        ids.flatMap((id) => (id.startsWith(kind) ? id.slice(kind.length) : []));
      chooseScopes(host, { profiles: of(PROFILE), regions: of(REGION) });
    },
  );
}
