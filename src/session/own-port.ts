import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KubePort } from '../ports/kube.ts';

/**
 * A port that takes references to objects of its own cluster only. Whatever goes wrong above it, a
 * row of one cluster is never read or changed in another.
 */
export function ownPort(port: KubePort, cluster: ClusterKey): KubePort {
  const own = (ref: { readonly cluster: ClusterKey }): void => {
    if (ref.cluster === cluster) return;
    throw new Error(`refused: this belongs to ${ref.cluster || 'no cluster'}, not to ${cluster}`);
  };
  return {
    insecure: port.insecure,
    get clockOffset() {
      return port.clockOffset;
    },
    watch: (table, scope, sink) => port.watch(table, scope, sink),
    retryNow: () => port.retryNow(),
    info: (signal) => port.info(signal),
    get: async (ref, signal) => {
      own(ref);
      return port.get(ref, signal);
    },
    list: async (ref, options, signal) => {
      own(ref);
      return port.list(ref, options, signal);
    },
    logs: (options, sink) => port.logs(options, sink),
    can: (request, signal) => port.can(request, signal),
    patch: async (ref, patch) => {
      own(ref);
      return port.patch(ref, patch);
    },
    encodings: () => port.encodings(),
    close: () => port.close(),
  };
}
