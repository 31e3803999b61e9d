import { templateHash } from '../world/template-hash.ts';
import type { DaemonSet, StatefulSet } from '../world/workload-objects.ts';
import { ownerReference } from '../world/keys.ts';
import type { World } from '../world/world.ts';

/** The controller revision of a stateful or daemon set's present template, made where it is new. */
export function currentRevision(
  world: World,
  resource: 'statefulsets' | 'daemonsets',
  owner: StatefulSet | DaemonSet,
): { readonly name: string; readonly hash: string } {
  const { namespace = '', name } = owner.metadata;
  const hash = templateHash(owner.spec.template);
  const revision = { name: `${name}-${hash}`, hash };
  const all = world.store.ownedBy('controllerrevisions', owner.metadata.uid);
  const newest = Math.max(0, ...all.map((each) => each.revision));
  const known = world.store.get('controllerrevisions', namespace, revision.name);
  if (known) {
    // A template that comes back (a rollout undone) becomes the newest again.
    if (known.revision < newest) {
      world.store.update('controllerrevisions', { ...known, revision: newest + 1 });
    }
    return revision;
  }
  world.store.create('controllerrevisions', {
    metadata: {
      name: revision.name,
      namespace,
      labels: { ...owner.spec.template.metadata?.labels, 'controller-revision-hash': hash },
      ownerReferences: [ownerReference(resource, owner)],
    },
    data: { spec: { template: { ...owner.spec.template, $patch: 'replace' } } },
    revision: newest + 1,
  });
  return revision;
}
