import type { World } from '../world/world.ts';

/** Puts into every new namespace what a cluster's controllers put there. */
export function startNamespaces(world: World): void {
  world.store.subscribe('namespaces', ({ type, object }) => {
    if (type !== 'ADDED') return;
    const { name: namespace, creationTimestamp } = object.metadata;
    world.store.create('serviceaccounts', {
      metadata: { name: 'default', namespace, creationTimestamp },
    });
    const authority = {
      metadata: {
        name: 'kube-root-ca.crt',
        namespace,
        annotations: { 'kubernetes.io/description': DESCRIPTION },
        creationTimestamp,
      },
      data: { 'ca.crt': Buffer.from(world.cluster.caData, 'base64').toString() },
    };
    world.store.create('configmaps', authority);
  });
}

const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';
