import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KubePort } from '../ports/kube.ts';

/** A reference, whatever it refers to. */
interface Referring {
  readonly cluster: ClusterKey;
}

/**
 * A port that takes references to objects of its own cluster only. Whatever goes wrong above it, a
 * row of one cluster is never read or changed in another.
 */
export function ownPort(port: KubePort, cluster: ClusterKey): KubePort {
  const own =
    <Args extends readonly [Referring, ...unknown[]], R>(call: (...args: Args) => Promise<R>) =>
    async (...args: Args): Promise<R> => {
      const [ref] = args;
      if (ref.cluster === cluster) return call(...args);
      throw new Error(`refused: this belongs to ${ref.cluster || 'no cluster'}, not to ${cluster}`);
    };
  return {
    insecure: port.insecure,
    get clockOffset() {
      return port.clockOffset;
    },
    watch: (table, scope, sink) => port.watch(table, scope, sink),
    followKinds: (sink) => port.followKinds(sink),
    look: (namespaces) => port.look(namespaces),
    volumeStats: own((...args) => port.volumeStats(...args)),
    watchKind: (kind, scope, sink) => port.watchKind(kind, scope, sink),
    retryNow: () => port.retryNow(),
    info: (signal) => port.info(signal),
    get: own((...args) => port.get(...args)),
    kindOf: own((...args) => port.kindOf(...args)),
    list: own((...args) => port.list(...args)),
    logs: (options, sink) => port.logs(options, sink),
    can: (request, signal) => port.can(request, signal),
    create: own((...args) => port.create(...args)),
    replace: own((...args) => port.replace(...args)),
    apply: own((...args) => port.apply(...args)),
    patch: own((...args) => port.patch(...args)),
    delete: own((...args) => port.delete(...args)),
    evict: own((...args) => port.evict(...args)),
    token: own((...args) => port.token(...args)),
    exec: own((...args) => port.exec(...args)),
    attach: own((...args) => port.attach(...args)),
    portForward: own((...args) => port.portForward(...args)),
    encodings: () => port.encodings(),
    close: () => port.close(),
  };
}
