import { describe, expect, it } from 'vitest';
import { whyHpa as rule } from '../../../../src/domain/why/hpa.ts';
import { hpaRow, podRow, workloadRow } from '../../../support/rows.ts';
import { answers, worldOf } from './world.ts';

const whyHpa = answers(rule);

const hpa = (given: object = {}) =>
  hpaRow({
    ...{ name: 'api', namespace: 'shop', targetKind: 'Deployment', targetName: 'api' },
    ...{ min: 2, max: 10, current: 3, desired: 3 },
    ...given,
  });

it.each([
  [
    'failed to get cpu utilization: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
    'look whether metrics-server runs and is reached',
  ],
  [
    'unable to get external metric scen/sqs_depth/nil: unable to fetch metrics from external metrics API: the server could not find the requested resource (get sqs_depth.external.metrics.k8s.io)',
    'look whether something serves external.metrics.k8s.io (KEDA, an adapter of Prometheus or CloudWatch): there can be one',
  ],
  [
    'unable to get metric requests: unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered',
    'look whether something serves custom.metrics.k8s.io (KEDA, an adapter of Prometheus or CloudWatch): there can be one',
  ],
])('an autoscaler without metrics names who should serve them: %s', (message, step) => {
  const type = 'ScalingActive';
  const conditions = [{ type, status: 'False', reason: 'FailedGetMetric', message, at: 1 }];
  expect(whyHpa(hpa({ conditions }), worldOf({}))?.next).toEqual([step]);
});

const READY = [
  'see whether its pods run and are ready: what does not run, or has just begun, has no figures',
  'look whether metrics-server has some of others',
];
const troubled = (type: string, message: string) =>
  whyHpa(
    hpa({ conditions: [{ type, status: 'False', reason: 'FailedGetMetric', message, at: 1 }] }),
    worldOf({}),
  );

describe('an autoscaler that does not act', () => {
  it.each([
    [
      'failed to get cpu utilization: missing request for cpu',
      'it cannot tell the share that is used: a container has no cpu request',
      ['give each container a cpu request'],
    ],
    [
      "the HPA target's scale is missing a selector",
      "it cannot tell which pods are its own: the HPA target's scale is missing a selector",
      [
        'have the scale of deployment/api name its selector, as labelSelectorPath does for custom kinds',
      ],
    ],
    [
      'unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      'it does not see its metrics: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
      READY,
    ],
    [
      'did not receive metrics for targeted pods (pods might be unready)',
      'it does not see its metrics: did not receive metrics for targeted pods (pods might be unready)',
      READY,
    ],
    [
      'container app not present in metrics for pod shop/x',
      'it does not see its metrics: container app not present in metrics for pod shop/x',
      READY,
    ],
    [
      'unable to fetch metrics from custom metrics API: the server could not find the metric rps for pods',
      'it does not see its metrics: unable to fetch metrics from custom metrics API: the server could not find the metric rps for pods',
      ['have what serves custom.metrics.k8s.io make metric rps: it knows none'],
    ],
    [
      'unable to fetch metrics from external metrics API: Internal error occurred: DatadogMetric is invalid',
      'it does not see its metrics: unable to fetch metrics from external metrics API: Internal error occurred: DatadogMetric is invalid',
      [
        'look whether something serves external.metrics.k8s.io (KEDA, an adapter of Prometheus or CloudWatch): there can be one',
      ],
    ],
  ])('for what it measures by: %s', (message, sentence, next) => {
    expect(troubled('ScalingActive', message)).toMatchObject({ sentence, next });
  });

  it.each([
    ['no matches for kind "Deployment" in group "extensions"', 'mend the apiVersion of its target'],
    [
      'Internal error occurred: failed calling webhook "v.x.io": failed to call webhook: no endpoints available for service "x"',
      'see to the pods behind the webhook: until they answer nothing passes it',
    ],
  ])('for its target: %s', (message, step) => {
    expect(troubled('AbleToScale', message)?.next).toEqual([step]);
  });
});

describe('an autoscaler that has scaled', () => {
  const deployment = workloadRow('Deployment', {
    ...{ name: 'api', namespace: 'shop', desired: 3, ready: 1, selector: 'app=api' },
  });
  const pod = (name: string, given: object) =>
    podRow({
      ...{ name, namespace: 'shop', uid: name, labels: { app: 'api' }, workload: 'api' },
      ...{ workloadKind: 'Deployment', ...given },
    });
  const pods = [
    pod('api-0', { phase: 'Running', node: 'n1', isReady: true }),
    pod('api-1', { phase: 'Pending', node: '', status: 'Pending', cause: 'no room' }),
    pod('api-2', { phase: 'Pending', node: '', status: 'Pending', cause: 'no room' }),
  ];

  it('says how many have no node, and why the first has none', () => {
    const found = whyHpa(hpa(), worldOf({ rows: { deployments: [deployment], pods } }));
    expect(found?.sentence).toMatch(
      /^it asks for 3 replicas, and 2 of them have no node: api-1: .*no room/,
    );
    expect(found?.evidence[0]).toMatchObject({
      text: '1 of 3 ready',
      about: { kind: 'Deployment', namespace: 'shop', name: 'api' },
    });
  });

  it('says nothing while pods only start', () => {
    const starting = [pod('api-1', { phase: 'Pending', node: 'n1' })];
    const world = worldOf({ rows: { deployments: [deployment], pods: starting } });
    expect(whyHpa(hpa(), world)).toBeNull();
  });
});

describe('an autoscaler that KEDA made', () => {
  const owned = (given: object = {}) =>
    hpa({ ownerKind: 'ScaledObject', ownerName: 'queue', ...given });
  const told = (whole: object, row = owned()) =>
    whyHpa(row, worldOf({ objects: { 'scaledobjects.keda.sh/shop/queue': whole } }));
  const condition = (type: string, status: string, message = '') => ({
    status: { conditions: [{ type, status, reason: 'R', message }] },
  });

  it('is not ready', () => {
    const found = told(condition('Ready', 'False', 'no queue of that name'));
    expect(found?.sentence).toBe(
      "KEDA's ScaledObject queue is not ready: R: no queue of that name",
    );
    expect(found?.evidence[0]?.about).toMatchObject({ kind: 'ScaledObject', name: 'queue' });
  });

  it('is paused', () => {
    const annotations = { 'autoscaling.keda.sh/paused-replicas': '0' };
    expect(told({ metadata: { annotations } })?.sentence).toMatch(/is paused/);
    const off = { 'autoscaling.keda.sh/paused': 'false' };
    expect(told({ metadata: { annotations: off } })).toBeNull();
  });

  it('falls back', () => {
    const whole = { ...condition('Fallback', 'True'), spec: { fallback: { replicas: 6 } } };
    expect(told(whole)?.sentence).toMatch(/falls back to 6 replicas$/);
  });

  it('rests while no trigger is active', () => {
    const found = told(condition('Active', 'False'), owned({ current: 0, desired: 0 }));
    expect(found?.sentence).toMatch(/^it rests: no trigger of KEDA's ScaledObject queue is active/);
  });

  it('is asked like any other where KEDA cannot be read', () => {
    const world = worldOf({ unread: { 'scaledobjects.keda.sh/shop/queue': 'forbidden' } });
    expect(whyHpa(owned(), world)).toBeNull();
  });
});
