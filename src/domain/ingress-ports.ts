import type { IngressRow } from './tables/ingresses.ts';
import type { ServiceRow } from './tables/services.ts';

/** A service that is sent to at a port that it does not have. */
export interface LackingPort {
  readonly service: string;
  /** Name or number. */
  readonly port: string;
}

/**
 * The ports that an ingress sends to and that its services do not have, each once: nothing comes through
 * there, however well their pods are.
 *
 * @param services those that are there; the ingress may send to others
 */
export function lackingPorts(
  { backends }: Pick<IngressRow, 'backends'>,
  services: readonly Pick<ServiceRow, 'name' | 'ports'>[],
): readonly LackingPort[] {
  const found = new Map<string, LackingPort>();
  for (const { service: name, port } of backends) {
    const service = services.find((each) => each.name === name);
    // A name for something elsewhere may have none.
    if (service === undefined || service.ports.length === 0 || port === 'use-annotation') continue;
    if (service.ports.some((each) => each.name === port || String(each.port) === port)) continue;
    found.set(`${name}:${port}`, { service: name, port });
  }
  return [...found.values()];
}
