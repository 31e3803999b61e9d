import { serviceBackends, type IngressRow } from './tables/ingresses.ts';
import type { ServiceRow } from './tables/services.ts';

/** A service that is sent to at a port that it does not have. */
export interface LackingPort<Service> {
  readonly service: Service;
  /** Name or number. */
  readonly port: string;
}

/**
 * The ports that an ingress sends to and that its services do not have, each once: nothing comes through
 * there, however well their pods are.
 *
 * @param services those that are there; the ingress may send to others
 */
export function lackingPorts<Service extends Pick<ServiceRow, 'name' | 'ports'>>(
  ingress: Pick<IngressRow, 'backends'>,
  services: readonly Service[],
): readonly LackingPort<Service>[] {
  const found = new Map<string, LackingPort<Service>>();
  for (const { service: name, port } of serviceBackends(ingress)) {
    const service = services.find((each) => each.name === name);
    // A name for something elsewhere may have none.
    if (service === undefined || service.ports.length === 0) continue;
    if (service.ports.some((each) => each.name === port || String(each.port) === port)) continue;
    found.set(`${name}:${port}`, { service, port });
  }
  return [...found.values()];
}
