import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KubeTableId } from '../../src/domain/tables/index.ts';
import { unwrapUnknown } from '../../src/sources/kube/envelope.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/encoded');

/** Files that are not named after their table. */
const TABLE: Readonly<Record<string, KubeTableId>> = {
  externalname: 'services',
  newevents: 'events',
};

const NAMES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.pb'))
  .map((file) => file.replace('.pb', ''));

describe('objects encoded by the Kubernetes API types', () => {
  it.each(NAMES)('%s: protobuf and JSON give the same row', (name) => {
    const decoder = decoderOf(TABLE[name] ?? (name as KubeTableId));
    const { raw } = unwrapUnknown(readFileSync(join(FOLDER, `${name}.pb`)));
    const object: unknown = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'));
    expect(decoder.protobuf(raw)).toEqual(decoder.json(object));
  });

  it('has an object for every table', () => {
    const tables = new Set(NAMES.map((name) => TABLE[name] ?? name));
    expect(tables).toEqual(
      new Set([
        'pods',
        'nodes',
        'deployments',
        'statefulsets',
        'daemonsets',
        'replicasets',
        'jobs',
        'cronjobs',
        'services',
        'endpointslices',
        'hpas',
        'events',
        'namespaces',
        'serviceaccounts',
        'podusage',
        'nodeusage',
      ]),
    );
  });

  it('reads what the fields say', () => {
    const row = (name: string): unknown => {
      const { raw } = unwrapUnknown(readFileSync(join(FOLDER, `${name}.pb`)));
      return decoderOf(TABLE[name] ?? (name as KubeTableId)).protobuf(raw);
    };
    expect(row('pods')).toMatchObject({
      status: 'Terminating',
      ownerKind: 'StatefulSet',
      workload: 'api',
      fargateProfile: 'payments',
      cpuRequest: 2.25,
      memoryLimit: 4 * 1024 ** 3 + 120 * 1024 ** 2,
      hostNetwork: true,
      containers: [
        { name: 'migrate', role: 'init', state: 'terminated' },
        {
          name: 'mesh',
          role: 'sidecar',
          spec: { probes: 'startup' },
          lastExit: { reason: 'OOMKilled' },
        },
        {
          name: 'api',
          role: 'main',
          reason: 'CrashLoopBackOff',
          spec: { ports: ['http:8080/TCP', '53/UDP'], probes: 'liveness readiness' },
          restarts: 7,
        },
        { name: 'debug', role: 'ephemeral', image: 'busybox', state: 'running' },
      ],
    });
    expect(row('nodes')).toMatchObject({
      status: 'NotReady,SchedulingDisabled',
      problems: ['MemoryPressure', 'NotReady: Kubelet stopped posting node status'],
      taints: ['node.kubernetes.io/unschedulable:NoSchedule', 'gpu=true:NoExecute'],
      cpuAllocatable: 3.92,
      podsAllocatable: 58,
      arch: 'arm64',
    });
    expect(row('services')).toMatchObject({
      external: '5.6.7.8,a.elb.eu-central-1.amazonaws.com,z.elb.eu-central-1.amazonaws.com,1.2.3.4',
      loadBalancer: 'nlb',
      internal: false,
      ports: [{ targetPort: 'http', nodePort: 31234 }, { targetPort: '5353' }, { targetPort: '0' }],
    });
    expect(row('statefulsets')).toMatchObject({
      desired: 3,
      current: 6,
      ready: 5,
      updated: 3,
      available: 2,
      partition: 2,
      revision: '2',
      failure: 'why',
      managedBy: 'Argo CD',
    });
    expect(row('daemonsets')).toMatchObject({
      desired: 3,
      current: 1,
      ready: 4,
      updated: 6,
      available: 7,
      observedGeneration: 5,
      strategy: 'OnDelete',
      managedBy: 'Flux',
    });
    expect(row('jobs')).toMatchObject({
      status: 'Failed',
      reason: 'BackoffLimitExceeded',
      message: 'why',
      completions: 5,
      parallelism: 2,
      active: 1,
      ready: 3,
      succeeded: 4,
      failed: 6,
      failedIndexes: '1,3-5',
      indexed: true,
      backoffLimit: 7,
      deadline: 600,
      ttl: 3600,
      suspended: true,
      started: Date.parse('2026-01-01T00:00:00Z'),
      finished: Date.parse('2026-01-01T00:05:00Z'),
      byHand: true,
      ownerKind: 'CronJob',
      selector: 'job-name=report-1',
      serviceAccount: 'reporter',
    });
    expect(row('cronjobs')).toMatchObject({
      schedule: '30 3 * * 1-5',
      timeZone: 'Europe/Berlin',
      suspended: true,
      concurrency: 'Forbid',
      startingDeadline: 60,
      active: 2,
      lastSchedule: Date.parse('2026-01-02T02:30:00Z'),
      lastSuccess: Date.parse('2026-01-02T02:31:00Z'),
      // The second was a Friday.
      due: Date.parse('2026-01-05T02:30:00Z'),
      keepsSucceeded: 4,
      keepsFailed: 2,
      containers: [{ name: 'r', image: 'report:1' }],
    });
    expect(row('endpointslices')).toMatchObject({
      // One that is terminating is neither.
      ready: ['Pod/shop/web-a', '10.0.0.3', '10.0.0.4'],
      notReady: [],
    });
    expect(row('newevents')).toMatchObject({
      count: 7,
      first: Date.parse('2026-01-01T00:00:00.123Z'),
      last: Date.parse('2026-01-01T00:05:00.987Z'),
      source: 'default-scheduler, sched-1',
    });
    expect(row('podusage')).toMatchObject({
      uid: 'shop/api',
      cpu: 0.012345678 + 0.001,
      memory: 100 * 1024 ** 2,
    });
  });
});
