import type { AnyResource } from '../../src/resources/define.ts';
import { foundResources } from '../../src/resources/found.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { ResourceRegistry } from '../../src/resources/registry.ts';

/** The resources of the program, by name. */
export const resources = new ResourceRegistry(RESOURCES, foundResources);

/** The resource of an id. @throws where there is none */
export function resourceOf(id: string): AnyResource {
  const found = resources.byId(id);
  if (!found) throw new Error(`no resource ${id}`);
  return found;
}
