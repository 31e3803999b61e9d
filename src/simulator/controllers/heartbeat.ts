import { microStampOf } from '../clock.ts';
import type { World } from '../world/world.ts';

/** The nodes' signs of life: leases every 10 s, the conditions' heartbeat every 5 min. */
export function startHeartbeats(world: World, since: number): void {
  const { store, clock } = world;
  const begin = Math.max(0, since - clock.now());
  const nodes = (): string[] => [...store.values('nodes')].map((node) => node.metadata.name);
  const renew = (name: string): void => {
    const lease = store.get('leases', 'kube-node-lease', name);
    const spec = {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: microStampOf(clock.date()),
    };
    if (lease) store.update('leases', { ...lease, spec });
    else store.create('leases', { metadata: { name, namespace: 'kube-node-lease' }, spec });
  };
  const beat = (name: string): void => {
    const node = store.get('nodes', '', name);
    if (!node) return;
    const lastHeartbeatTime = clock.stamp();
    const conditions = node.status.conditions.map((each) => ({ ...each, lastHeartbeatTime }));
    store.update('nodes', { ...node, status: { ...node.status, conditions } });
  };
  // Spread over the period: sixty nodes do not speak in the same instant.
  let turn = 0;
  clock.every(
    1000,
    () => {
      turn++;
      nodes().forEach((name, index) => {
        if (index % 10 === turn % 10) renew(name);
        if (index % 300 === turn % 300) beat(name);
      });
    },
    begin + 1000,
  );
}
