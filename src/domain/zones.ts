/** What nodes and volumes are labelled with by their zone, today and before 1.17. */
export const ZONE_LABELS: readonly string[] = [
  'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/zone',
];

/** What labels say of the zone; undefined where they say nothing. */
export const zoneLabelled = (labels: Readonly<Record<string, string>>): string | undefined =>
  ZONE_LABELS.map((label) => labels[label]).find((zone) => zone !== undefined);

/** A region's name at the start of a zone's: `eu-central-1`, `us-gov-west-1`. */
const REGION = /^[a-z]{2,}(?:-[a-z]+)+-\d+/;

/**
 * The zone without its region: `eu-central-1a` → `1a`, `us-west-2-lax-1a` → `lax-1a`. What is
 * not named like a zone of AWS stays as it is.
 */
export function shortZone(zone: string): string {
  const region = REGION.exec(zone)?.[0];
  if (region === undefined || region === zone) return zone;
  const rest = zone.slice(region.length);
  if (rest.startsWith('-')) return rest.slice(1);
  return region.slice(region.lastIndexOf('-') + 1) + rest;
}

/** The region of a zone of AWS; empty where it does not tell. */
export function regionOf(zone: string): string {
  const region = REGION.exec(zone)?.[0] ?? '';
  return region === zone ? '' : region;
}

/**
 * How pods are spread: `a2 b2 c1` where all zones are of one region, else with the zones' short
 * names. Pods without a zone (not scheduled, node unknown) come last as `?`.
 */
export function zoneSpread(zones: readonly (readonly [zone: string, pods: number])[]): string {
  const names = zones.map(([zone]) => shortZone(zone)).filter((name) => name !== '');
  const letters = names.every((name) => /^\d[a-z]$/.test(name) && name[0] === names[0]?.[0]);
  const label = (zone: string): string => {
    const name = shortZone(zone);
    if (name === '') return '?';
    return letters ? name.slice(1) : `${name}:`;
  };
  return [...zones]
    .filter(([, pods]) => pods > 0)
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : a > b ? 1 : 0))
    .map(([zone, pods]) => `${label(zone)}${pods}`)
    .join(' ');
}
