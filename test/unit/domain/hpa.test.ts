import { describe, expect, it } from 'vitest';
import { hpaHealth } from '../../../src/domain/health.ts';
import { hpaTrouble } from '../../../src/domain/hpa.ts';
import { metricText } from '../../../src/domain/hpa-metric.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';

const hpa = (spec: object, status: object = {}) =>
  decoderOf('hpas').json({
    metadata: { name: 'api', creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { maxReplicas: 6, ...spec },
    status,
  });

const NOW = Date.parse('2026-01-01T01:00:00Z');
const metric = (name: string) => ({ metric: { name } });

describe('metrics as kubectl prints them', () => {
  it.each([
    [
      'a resource in percent',
      { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } },
      {
        type: 'Resource',
        resource: { name: 'cpu', current: { averageUtilization: 42, averageValue: '84m' } },
      },
      { name: 'cpu', current: '42%', target: '60%', ratio: 0.7 },
    ],
    [
      'not known yet',
      { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } },
      undefined,
      { name: 'cpu', current: '<unknown>', target: '60%', ratio: null },
    ],
    [
      'zero, which is known',
      { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 60 } } },
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 0 } } },
      { name: 'cpu', current: '0%', target: '60%', ratio: 0 },
    ],
    [
      'a resource by value',
      { type: 'Resource', resource: { name: 'memory', target: { averageValue: '1Gi' } } },
      { type: 'Resource', resource: { name: 'memory', current: { averageValue: '512Mi' } } },
      { name: 'memory', current: '512Mi', target: '1Gi', ratio: 0.5 },
    ],
    [
      'a resource without a target',
      { type: 'Resource', resource: { name: 'cpu', target: {} } },
      undefined,
      { name: 'cpu', current: '<unknown>', target: '<auto>', ratio: null },
    ],
    [
      "a container's resource",
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'app', target: { averageUtilization: 50 } },
      },
      {
        type: 'ContainerResource',
        containerResource: { name: 'cpu', container: 'app', current: { averageUtilization: 75 } },
      },
      { name: 'app/cpu', current: '75%', target: '50%', ratio: 1.5 },
    ],
    [
      'of pods',
      { type: 'Pods', pods: { ...metric('rps'), target: { averageValue: '1' } } },
      { type: 'Pods', pods: { ...metric('rps'), current: { averageValue: '120m' } } },
      { name: 'rps', current: '120m', target: '1', ratio: 0.12 },
    ],
    [
      'of an object',
      { type: 'Object', object: { ...metric('hits'), target: { value: '10k' } } },
      { type: 'Object', object: { ...metric('hits'), current: { value: '5k' } } },
      { name: 'hits', current: '5k', target: '10k', ratio: 0.5 },
    ],
    [
      'external, by average',
      { type: 'External', external: { ...metric('queue'), target: { averageValue: '30' } } },
      {
        type: 'External',
        external: { ...metric('queue'), current: { averageValue: '15', value: '60' } },
      },
      { name: 'queue', current: '15', target: '30 (avg)', ratio: 0.5 },
    ],
    [
      'a status of another type',
      { type: 'External', external: { ...metric('queue'), target: { value: '30' } } },
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 1 } } },
      { name: 'queue', current: '<unknown>', target: '30', ratio: null },
    ],
  ])('%s', (_, spec, status, expected) => {
    const row = hpa({ metrics: [spec] }, { currentMetrics: status ? [status] : null });
    expect(row.metrics).toEqual([expected]);
  });

  it('joins current and target', () => {
    expect(metricText({ name: 'cpu', current: '10%', target: '60%', ratio: null })).toBe('10%/60%');
  });
});

describe('what stands out of an HPA', () => {
  const conditions = (
    ...list: [type: string, status: string, reason: string, message?: string][]
  ) => ({
    conditions: list.map(([type, status, reason, message = '']) => ({
      type,
      status,
      reason,
      message,
    })),
  });

  it.each([
    [conditions(['AbleToScale', 'True', 'ReadyForNewScale']), null, 'ok'],
    [
      conditions([
        'AbleToScale',
        'False',
        'FailedGetScale',
        "the HPA controller was unable to get the target's current scale: not found",
      ]),
      { kind: 'unable', text: "cannot get the target's current scale: not found" },
      'bad',
    ],
    [
      conditions(
        ['AbleToScale', 'True', 'SucceededGetScale'],
        [
          'ScalingActive',
          'False',
          'FailedGetResourceMetric',
          'the HPA was unable to compute the replica count: failed to get cpu utilization: no metrics',
        ],
      ),
      {
        kind: 'unknown-metrics',
        text: 'failed to get cpu utilization: no metrics',
      },
      'bad',
    ],
    [
      conditions([
        'ScalingActive',
        'False',
        'ScalingDisabled',
        'scaling is disabled since the replica count of the target is zero',
      ]),
      {
        kind: 'disabled',
        text: 'scaling is disabled since the replica count of the target is zero',
      },
      'warn',
    ],
    [
      conditions(['ScalingLimited', 'True', 'TooManyReplicas', 'more']),
      { kind: 'at-max', text: 'wants more than 6 replicas' },
      'warn',
    ],
    [conditions(['ScalingLimited', 'True', 'TooFewReplicas']), null, 'ok'],
  ])('%j', (status, trouble, level) => {
    const row = hpa({}, status);
    if (trouble === null) expect(hpaTrouble(row)).toBeNull();
    else expect(hpaTrouble(row)).toMatchObject(trouble);
    expect(hpaHealth(row, NOW).level).toBe(level);
  });

  it('is the maximum by its numbers where the controller does not tell', () => {
    const metrics = [
      { type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 50 } } },
    ];
    const at = (used: number, currentReplicas: number) =>
      hpaTrouble(
        hpa(
          { metrics },
          {
            currentReplicas,
            currentMetrics: [
              {
                type: 'Resource',
                resource: { name: 'cpu', current: { averageUtilization: used } },
              },
            ],
          },
        ),
      )?.kind;
    expect([at(80, 6), at(80, 5), at(40, 6)]).toEqual(['at-max', undefined, undefined]);
  });
});
