import type { LatticeNetwork, LatticeService } from '../../src/simulator/lattice.ts';
import { NOW } from './aws-region.ts';

/** A service network, `partners`, with one service that sends to two pods. */
export function latticeNetwork(service: Partial<LatticeService> = {}): LatticeNetwork {
  const target = { port: 8080, zone: 'eu-central-1a', reason: '', description: '' };
  return {
    ...{ id: 'sn-0123456789abcdef0', name: 'partners', createdAt: NOW },
    services: [
      {
        ...{ id: 'svc-0123456789abcdef0', name: 'api-shop', createdAt: NOW },
        dns: 'api-shop-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-central-1.on.aws',
        ...{ status: 'ACTIVE', failure: '' },
        groups: [
          {
            ...{ id: 'tg-0123456789abcdef0', name: 'k8s-api-shop', port: 8080, createdAt: NOW },
            targets: [
              { ...target, id: '10.0.1.5', state: 'healthy' },
              {
                ...{ ...target, id: '10.0.2.6', state: 'unhealthy' },
                reason: 'Target.HealthCheckFailed',
              },
            ],
          },
        ],
        ...service,
      },
    ],
  };
}
