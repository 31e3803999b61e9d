import { describe, expect, it } from 'vitest';
import { pullText } from '../../../src/domain/pod-cause.ts';
import { container, podOf } from './pods.ts';

const AT = '2026-01-01T00:00:10Z';
const at = Date.parse(AT);

describe('the cause behind a status', () => {
  it('is nothing for a pod that is well, or is over', () => {
    expect(podOf({ main: [container({ ready: true })] }).cause).toBe('');
    const done = container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } });
    expect(podOf({ phase: 'Succeeded', main: [done] }).cause).toBe('');
  });

  it("is the status's message for an evicted pod", () => {
    const message = 'The node was low on resource: memory. ';
    expect(podOf({ phase: 'Failed', reason: 'Evicted', message, main: [null] }).cause).toBe(
      'The node was low on resource: memory.',
    );
  });

  it('is the condition that tells what disrupted it, where nothing else does', () => {
    const target = (status: string, more: object = {}) => ({
      type: 'DisruptionTarget',
      status,
      reason: 'TerminationByKubelet',
      message: 'The node was low on resource: memory.',
      lastTransitionTime: AT,
      ...more,
    });
    const done = container({ state: { terminated: { exitCode: 0, reason: 'Completed' } } });
    const failed = podOf({ phase: 'Failed', conditions: [target('True')], main: [done] });
    const cause = 'TerminationByKubelet: The node was low on resource: memory.';
    expect([failed.status, failed.cause, failed.causeAt]).toEqual(['Completed', cause, at]);
    expect(podOf({ phase: 'Succeeded', conditions: [target('True')], main: [done] }).cause).toBe(
      cause,
    );
    const evicted = target('True', { reason: 'EvictionByEvictionAPI', message: '' });
    expect(podOf({ conditions: [evicted], main: [container({ ready: true })] }).cause).toBe(
      'EvictionByEvictionAPI',
    );
    const called = podOf({ conditions: [target('False')], main: [container({ ready: true })] });
    expect(called.cause).toBe('');
    const message = 'Pod was terminated in response to imminent node shutdown.';
    const told = { phase: 'Failed', reason: 'Terminated', message, conditions: [target('True')] };
    expect(podOf({ ...told, main: [done] }).cause).toBe(message);
  });

  it("is the scheduler's message, whole", () => {
    const message = '0/3 nodes are available: 3 Insufficient cpu. preemption: not helpful.';
    const conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        lastTransitionTime: AT,
      },
    ];
    const row = podOf({ phase: 'Pending', node: '', conditions, main: [null] });
    expect([row.cause, row.causeAt]).toEqual([message, at]);
  });

  it.each([
    [{ exitCode: 137, reason: 'OOMKilled' }, 'OOMKilled 137'],
    [{ exitCode: 1, reason: 'Error' }, 'exit 1 (Error)'],
    [{ exitCode: 3 }, 'exit 3'],
    [{ exitCode: 139, reason: 'Error', message: 'segfault\nat 0x1' }, 'exit 139 (Error)'],
    [
      { exitCode: 128, reason: 'StartError', message: 'exec: "x": not found' },
      'exit 128 (StartError: exec: "x": not found)',
    ],
  ])('is how a crashing container ended the last time: %j', (ended, cause) => {
    const last = { ...ended, finishedAt: AT };
    const main = [container({ state: { waiting: { reason: 'CrashLoopBackOff' } }, last })];
    const row = podOf({ main });
    expect([row.cause, row.causeAt]).toEqual([cause, at]);
  });

  it('is what a runtime says, without the layers around it', () => {
    const message =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown';
    const words = 'container init was OOM-killed (memory limit too low?)';
    const waits = container({ state: { waiting: { reason: 'RunContainerError', message } } });
    expect(podOf({ main: [waits] }).cause).toBe(words);
    const last = { exitCode: 128, reason: 'StartError', message, finishedAt: AT };
    const main = [container({ state: { waiting: { reason: 'CrashLoopBackOff' } }, last })];
    expect(podOf({ main }).cause).toBe(`exit 128 (StartError: ${words})`);
  });

  it('is how a container ended just now', () => {
    const terminated = { exitCode: 2, reason: 'Error', finishedAt: AT };
    const init = [container({ state: { terminated } })];
    expect(podOf({ phase: 'Pending', init, main: [null] }).cause).toBe('exit 2 (Error)');
  });

  it('is not how its sidecars were ended once the pod had', () => {
    const ended = (exitCode: number) => ({ state: { terminated: { exitCode, reason: 'Error' } } });
    const init = [container({ ...ended(137), restartPolicy: 'Always' })];
    const main = [container(ended(1))];
    expect(podOf({ phase: 'Failed', init, main }).cause).toBe('exit 1 (Error)');
    expect(podOf({ init, main: [container({ ready: true })] }).cause).toBe('exit 137 (Error)');
  });

  it('is what a container cannot be made of', () => {
    const waiting = { reason: 'CreateContainerConfigError', message: 'secret "db" not found' };
    expect(podOf({ phase: 'Pending', main: [container({ state: { waiting } })] }).cause).toBe(
      'secret "db" not found',
    );
  });

  it('is the set-up of its sandbox once it has a node', () => {
    const conditions = [
      { type: 'PodReadyToStartContainers', status: 'False', lastTransitionTime: AT },
    ];
    const waiting = { reason: 'ContainerCreating' };
    const creating = { phase: 'Pending', conditions, main: [container({ state: { waiting } })] };
    expect(podOf(creating)).toMatchObject({
      cause: 'waiting for volumes and network',
      causeAt: at,
    });
    expect(podOf({ ...creating, node: '' }).cause).toBe('');
  });

  it('names the containers that are not ready', () => {
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: AT }];
    const main = [container({ ready: true }), container()];
    expect(podOf({ conditions, main })).toMatchObject({ cause: 'not ready: main1', causeAt: at });
  });

  it('is its node, where no kubelet says why', () => {
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: AT }];
    const main = [container({ ready: true })];
    expect(podOf({ conditions, main }).cause).toBe('its node is not ready');
    const [ready] = conditions;
    const told = [{ ...ready, reason: 'ReadinessGatesNotReady' }];
    expect(podOf({ conditions: told, main }).cause).toBe('ReadinessGatesNotReady');
  });

  it('is what the load balancer says, where it is its gate that holds the pod back', () => {
    const conditions = [
      {
        ...{ type: 'target-health.elbv2.k8s.aws/tg-1', status: 'False' },
        ...{ reason: 'Target.FailedHealthChecks', message: 'Health checks failed with [502]' },
      },
      {
        ...{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
        ...{ message: 'the status of pod readiness gate "x" is not "True", but False' },
      },
    ];
    expect(podOf({ conditions, main: [container({ ready: true })] }).cause).toBe(
      'load balancer: Target.FailedHealthChecks: Health checks failed with [502]',
    );
  });

  it('is the message of the condition where a readiness gate holds the pod back', () => {
    const message = 'corresponding condition of pod readiness gate "target-health" does not exist.';
    const conditions = [
      { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady', message },
    ];
    expect(podOf({ conditions, main: [container({ ready: true })] }).cause).toBe(message);
  });

  it('is the last bad end where the pod runs again', () => {
    const older = container({
      ready: true,
      last: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-01T00:00:00Z' },
    });
    const newer = container({
      ready: true,
      last: { exitCode: 137, reason: 'OOMKilled', finishedAt: AT },
    });
    const well = container({
      ready: true,
      last: { exitCode: 0, finishedAt: '2026-01-02T00:00:00Z' },
    });
    expect(podOf({ main: [older, newer, well] })).toMatchObject({
      cause: 'OOMKilled 137',
      causeAt: at,
    });
  });
});

describe('what a pull failed of', () => {
  const ref = 'docker.io/library/nginx:nope';
  it.each([
    ['nginx:nope', '', 'pull failed, backing off: nginx:nope'],
    ['nginx:nope', 'Back-off pulling image "nginx:nope"', 'pull failed, backing off: nginx:nope'],
    [
      'nginx:nope',
      `Back-off pulling image "nginx:nope": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${ref}": failed to resolve reference "${ref}": ${ref}: not found`,
      'not found: nginx:nope',
    ],
    [
      'shop/api:2',
      'failed to pull and unpack image "docker.io/shop/api:2": failed to resolve reference "docker.io/shop/api:2": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
      'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed: shop/api:2',
    ],
    [
      '1.dkr.ecr.eu-central-1.amazonaws.com/api:1',
      'rpc error: code = Unknown desc = failed to pull and unpack image "1.dkr.ecr.eu-central-1.amazonaws.com/api:1": failed to resolve reference "1.dkr.ecr.eu-central-1.amazonaws.com/api:1": unexpected status from HEAD request to https://1.dkr.ecr.eu-central-1.amazonaws.com/v2/api/manifests/1: 403 Forbidden',
      '403 Forbidden: 1.dkr.ecr.eu-central-1.amazonaws.com/api:1',
    ],
    [
      'r.example/api:1',
      'failed to pull and unpack image "r.example/api:1": failed to resolve reference "r.example/api:1": failed to do request: Head "https://r.example/v2/api/manifests/1": dial tcp: lookup r.example: no such host',
      'dial tcp: lookup r.example: no such host: r.example/api:1',
    ],
    [
      'a:1',
      'couldn\'t parse image name "a:1": invalid',
      'couldn\'t parse image name "a:1": invalid: a:1',
    ],
  ])('%s: %s', (image, message, text) => {
    expect(pullText(image, message)).toBe(text);
  });
});
