import { describe, expect, it } from 'vitest';
import { container, podOf } from './pods.ts';

const asks = (cpu: string, memory = '0') => ({
  resources: { requests: { cpu, memory }, limits: { cpu } },
});

describe('what a pod asks for, as the scheduler counts', () => {
  it('is its containers together', () => {
    const row = podOf({ main: [container(asks('100m', '64Mi')), container(asks('1', '1Gi'))] });
    expect(row).toMatchObject({ cpuRequest: 1.1, memoryRequest: 1088 * 1024 ** 2, cpuLimit: 1.1 });
  });

  it('is the hungriest init container where that asks for more', () => {
    const init = [container(asks('2')), container(asks('500m'))];
    expect(podOf({ init, main: [container(asks('1'))] }).cpuRequest).toBe(2);
  });

  it('adds sidecars to the main containers, and to init containers that start after them', () => {
    const sidecar = container({ ...asks('250m'), restartPolicy: 'Always' });
    expect(podOf({ init: [sidecar], main: [container(asks('1'))] }).cpuRequest).toBe(1.25);
    const after = podOf({ init: [sidecar, container(asks('2'))], main: [container(asks('1'))] });
    expect(after.cpuRequest).toBe(2.25);
    const before = podOf({ init: [container(asks('2')), sidecar], main: [container(asks('1'))] });
    expect(before.cpuRequest).toBe(2);
  });

  it('is what the pod asks for as a whole where it does', () => {
    const spec = { resources: { requests: { cpu: '3' } } };
    const row = podOf({ main: [container(asks('1', '1Gi'))], spec });
    expect(row).toMatchObject({ cpuRequest: 3, memoryRequest: 1024 ** 3, cpuLimit: 1 });
  });

  it('adds the overhead of its runtime, which makes no limit where there is none', () => {
    const spec = { overhead: { cpu: '250m', memory: '120Mi' } };
    const main = [container({ resources: { requests: { cpu: '1' }, limits: { cpu: '1' } } })];
    expect(podOf({ main, spec })).toMatchObject({
      cpuRequest: 1.25,
      memoryRequest: 120 * 1024 ** 2,
      cpuLimit: 1.25,
      memoryLimit: 0,
    });
  });
});

describe('what a pod asks for while it is resized in place, as kubectl counts', () => {
  const had = (cpu: string, memory: string) => ({
    allocated: { cpu, memory },
    actuated: { requests: { cpu, memory }, limits: { cpu, memory } },
  });
  const wants = (cpu: string, memory: string) => ({
    resources: { requests: { cpu, memory }, limits: { cpu, memory } },
  });
  const GIB = 1024 ** 3;

  it('is what its node has set aside until it shrank', () => {
    const row = podOf({ main: [container({ ...wants('1', '1Gi'), ...had('4', '4Gi') })] });
    expect(row).toMatchObject({ cpuRequest: 4, memoryRequest: 4 * GIB, cpuLimit: 1 });
    // Of the container it is what holds now.
    expect(row.containers[0]?.spec).toMatchObject({
      cpuRequest: 4,
      cpuLimit: 4,
      memoryLimit: 4 * GIB,
    });
  });

  it('is what it asks for while it grows, unless its node can never give it', () => {
    const main = [container({ ...wants('32', '1Gi'), ...had('500m', '2Gi') })];
    expect(podOf({ main })).toMatchObject({ cpuRequest: 32, memoryRequest: 2 * GIB });
    const pending = (reason: string) => [{ type: 'PodResizePending', status: 'True', reason }];
    expect(podOf({ main, conditions: pending('Deferred') }).cpuRequest).toBe(32);
    expect(podOf({ main, conditions: pending('Infeasible') })).toMatchObject({
      cpuRequest: 0.5,
      memoryRequest: 2 * GIB,
      cpuLimit: 32,
    });
  });

  it('counts sidecars alike', () => {
    const sidecar = { ...wants('100m', '0'), ...had('300m', '0'), restartPolicy: 'Always' };
    const main = [container(wants('1', '1Gi'))];
    expect(podOf({ init: [container(sidecar)], main }).cpuRequest).toBeCloseTo(1.3);
  });

  it('is what it asks for where its node does not tell', () => {
    const main = [container({ ...wants('1', '1Gi'), allocated: { cpu: '4' } })];
    expect(podOf({ main }).cpuRequest).toBe(1);
  });
});
