import { ADDON_IMAGES, conflictText } from '../catalog/addons.ts';
import type { Addon, EksUpdate } from '../region.ts';
import type { World } from '../world/world.ts';

/** How long EKS takes to apply an update (ms). */
const UPDATE_MS = 30_000;

/** Ends what EKS was asked to do with add-ons: their workloads get the images of the new version. */
export function startAddons(world: World): void {
  const { cluster, clock } = world;
  clock.every(
    5_000,
    () => {
      for (const addon of cluster.addons) {
        const update = addon.updates.at(-1);
        if (update?.status !== 'InProgress') continue;
        if ((clock.date() - update.createdAt) * clock.speed < UPDATE_MS) continue;
        if (update.params['ResolveConflicts'] === 'NONE' && addon.conflicts.length > 0) {
          fail(addon, update);
        } else {
          apply(world, addon, update);
        }
      }
    },
    Math.max(5_000, clock.epoch - clock.now()),
  );
}

function fail(addon: Addon, update: EksUpdate): void {
  const errorMessage = conflictText(addon.conflicts);
  update.status = 'Failed';
  update.errors = [{ errorCode: 'ConfigurationConflict', errorMessage }];
  addon.status = 'UPDATE_FAILED';
  addon.healthIssues = [{ code: 'ConfigurationConflict', message: errorMessage, resourceIds: [] }];
}

function apply(world: World, addon: Addon, update: EksUpdate): void {
  const version = update.params['AddonVersion'] ?? addon.version;
  if (update.params['ResolveConflicts'] === 'OVERWRITE') addon.conflicts = [];
  update.status = 'Successful';
  addon.status = 'ACTIVE';
  addon.healthIssues = [];
  addon.version = version;
  for (const resource of ['daemonsets', 'deployments'] as const) {
    for (const object of world.store.list(resource)) {
      const { namespace = '' } = object.metadata;
      const { template } = object.spec;
      const { containers } = template.spec;
      if (!containers.some(({ image }) => isOf(addon, namespace, image))) continue;
      const renewed = containers.map((container) =>
        isOf(addon, namespace, container.image)
          ? { ...container, image: retagged(container.image, version) }
          : container,
      );
      const spec = { ...template.spec, containers: renewed };
      const changed = { ...object.spec, template: { ...template, spec } };
      // The cast: which of the two kinds it is, the store knows by the resource.
      world.store.update(resource, { ...object, spec: changed } as never);
    }
  }
}

const isOf = ({ name }: Addon, namespace: string, image: string): boolean =>
  namespace === 'kube-system' && image.includes(`/${ADDON_IMAGES[name] ?? name}:`);

/** Not every image has its build in the tag, and some are minimal ones. */
function retagged(image: string, version: string): string {
  const [repository = '', tag = ''] = image.split(/:(?=[^:/]*$)/);
  const [number = '', build = ''] = version.split('-eksbuild');
  if (!tag.includes('-eksbuild')) return `${repository}:${number}`;
  return `${repository}:${number}${tag.includes('-minimal') ? '-minimal' : ''}-eksbuild${build}`;
}
