/** Names of Route 53 and where they lead. */
import type { RecordRow } from './tables/records.ts';

/** A host name as balancers tell their own: in lower case, without `dualstack.` and the last dot. */
export const plainHost = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '');

/** Whether a record answers for a host: by its name, or with `*` for the first part of it. */
const answersFor = ({ name }: Pick<RecordRow, 'name'>, host: string): boolean =>
  name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1));

/** The hosts that an object asks external-dns to make records of, by its annotation. */
export const hostsAsked = (annotations: Readonly<Record<string, string>>): readonly string[] =>
  [
    'external-dns.alpha.kubernetes.io/hostname',
    'external-dns.alpha.kubernetes.io/internal-hostname',
  ].flatMap((key) =>
    (annotations[key] ?? '')
      .split(',')
      .map((host) => plainHost(host.trim()))
      .filter((host) => host !== ''),
  );

/** What becomes of a host that should lead to one of these load balancers. */
export type HostFate =
  | { readonly is: 'here' }
  /** @property to what it leads to instead */
  | { readonly is: 'elsewhere'; readonly to: readonly string[] }
  /** No record that was read answers for it. @property zone the hosted zone it would be in; empty: none */
  | { readonly is: 'nowhere'; readonly zone: string };

/**
 * Where a host leads, by the records of the account.
 *
 * @param balancers host names of the load balancers that it should lead to
 */
export function fateOf(
  host: string,
  balancers: readonly string[],
  records: Iterable<RecordRow>,
): HostFate {
  const exact: RecordRow[] = [];
  const wild: RecordRow[] = [];
  let zone = '';
  for (const record of records) {
    if (record.gone > 0) continue;
    const isIn = host === record.zone || host.endsWith(`.${record.zone}`);
    if (isIn && record.zone.length > zone.length) zone = record.zone;
    if (record.name === host) exact.push(record);
    else if (answersFor(record, host)) wild.push(record);
  }
  const found = exact.length > 0 ? exact : wild;
  if (found.length === 0) return { is: 'nowhere', zone };
  const to = found.flatMap(({ targets }) => targets);
  if (to.some((target) => balancers.includes(target))) return { is: 'here' };
  return { is: 'elsewhere', to: [...new Set(to)] };
}
