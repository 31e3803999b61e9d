import { describe, expect, it } from 'vitest';
import type { ContainerInfo, PodRow } from '../../../src/domain/rows.ts';
import { shareOf } from '../../../src/domain/share.ts';
import { container, podRow } from '../../support/rows.ts';

const MIB = 1024 ** 2;
const app = container({ name: 'app', cpuRequest: 0.1 });
const proxy = container({ name: 'proxy', cpuLimit: 0.01, memoryLimit: 120 * MIB });

const pod = (
  containers: readonly ContainerInfo[],
  usage: PodRow['usage'],
  more: Partial<PodRow> = {},
): PodRow => {
  const sum = (of: number) =>
    usage && usage.reduce((all, each, i) => (i % 2 === of ? all + (each || 0) : all), 0);
  const [cpu, memory] = [sum(0), sum(1)];
  return podRow({ name: 'pair', containers, usage, cpu, memory, ...more });
};

describe('the share that a pod uses of its limits', () => {
  it('is of the containers that have one, by what these use', () => {
    const row = pod([app, proxy], [0.4, 90 * MIB, 0.001, 90 * MIB]);
    expect(shareOf(row, 'cpuLimit')).toEqual({ used: 0.001, of: 0.01 });
    expect(shareOf(row, 'memoryLimit')).toEqual({ used: 90 * MIB, of: 120 * MIB });
    expect(shareOf(row, 'cpuRequest')).toEqual({ used: 0.4, of: 0.1 });
    expect(shareOf(row, 'memoryRequest').of).toBe(0);
  });

  it('leaves out what is over or not measured, and is not known where nothing is', () => {
    const init = container({ name: 'init', role: 'init', cpuLimit: 4 });
    const down = container({ name: 'down', cpuLimit: 2 });
    const usage = [NaN, NaN, 0.005, 0, NaN, NaN];
    expect(shareOf(pod([init, proxy, down], usage), 'cpuLimit')).toEqual({ used: 0.005, of: 0.01 });
    expect(shareOf(pod([proxy], null), 'cpuLimit')).toEqual({ used: null, of: 0.01 });
  });

  it('is of the pod as a whole where that has the limit', () => {
    const whole = { cpuRequest: 0, memoryRequest: 0, cpuLimit: 1, memoryLimit: 0 };
    const row = pod([app, proxy], [0.4, 0, 0.001, 60 * MIB], { whole });
    expect(shareOf(row, 'cpuLimit')).toEqual({ used: 0.401, of: 1 });
    expect(shareOf(row, 'memoryLimit')).toEqual({ used: 60 * MIB, of: 120 * MIB });
  });
});
