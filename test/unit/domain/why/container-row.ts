import type { ContainerInfo } from '../../../../src/domain/container.ts';

/** A container that runs, and what is given of it. */
export const containerRow = (given: Partial<ContainerInfo> = {}): ContainerInfo => ({
  ...{ name: 'api', role: 'main', image: 'api', state: 'running', reason: '', message: '' },
  ...{ since: 0, ready: true, restarts: 0, lastExit: null, ports: [], probes: '' },
  ...{ cpuRequest: 0, memoryRequest: 0, cpuLimit: 0, memoryLimit: 0 },
  ...given,
});
