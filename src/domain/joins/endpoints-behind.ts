/** Who answers behind something that sends to services by their names. */

/** What of a service is read for it. */
interface Behind {
  /** As it is told there. */
  readonly label: string;
  readonly type: string;
  readonly endpointsReady: number | null;
  readonly endpointsNotReady: number | null;
}

/** What is written into whatever sends to services. */
export interface EndpointsTold {
  endpointsReady: number | null;
  endpointsNotReady: number | null;
  /** Which services do not exist or have no ready endpoint, in words; null: not known. */
  trouble: string | null;
}

/**
 * Sums up the endpoints of services.
 *
 * @param wanted the labels of those that it sends to
 * @param services those of them that are there
 * @param known these are all that there are
 */
export function endpointsBehind(
  wanted: readonly string[],
  services: readonly Behind[],
  known: boolean,
): EndpointsTold {
  const missing = wanted.filter(
    (label) => known && !services.some((service) => service.label === label),
  );
  // A name for something elsewhere has no endpoints here.
  const counted = services.filter(({ type }) => type !== 'ExternalName');
  const isKnown = known && counted.every(({ endpointsReady }) => endpointsReady !== null);
  const idle = counted.filter(({ endpointsReady }) => endpointsReady === 0);
  const sum = (of: (service: Behind) => number | null) =>
    isKnown ? counted.reduce((total, service) => total + (of(service) ?? 0), 0) : null;
  const said = [
    ...missing.map((label) => `service ${label} does not exist`),
    ...idle.map(({ label }) => `service ${label} has no ready endpoint`).sort(),
  ].join(', ');
  return {
    endpointsReady: sum(({ endpointsReady }) => endpointsReady),
    endpointsNotReady: sum(({ endpointsNotReady }) => endpointsNotReady),
    trouble: said === '' && !isKnown ? null : said,
  };
}
