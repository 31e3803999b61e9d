import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { namespaceRow, nodeRow } from '../../support/rows.ts';
import { at, kubeError, settle } from './bench.ts';
import { Desk } from './desk.ts';

const node = nodeRow({ name: 'web-1', uid: 'n1' });

/** A desk at which the shell on a node is confirmed; its pod is what `state` says, look by look. */
async function shellOn(...states: readonly object[]) {
  const desk = new Desk();
  const { bench } = desk;
  bench.put('namespaces', namespaceRow({ name: 'default' }), namespaceRow({ name: 'tools' }));
  let look = 0;
  bench.onGet = (ref) => {
    const status = states[Math.min(look++, states.length - 1)] ?? {};
    return { metadata: { name: ref.name }, status };
  };
  const flow = bench.runner().start('node-shell', [bench.target('nodes', node)]);
  await settle();
  flow.change('namespace', 'tools');
  await settle();
  flow.submit();
  await settle();
  const { plan } = at(flow, 'confirm');
  flow.confirm();
  await settle();
  return { desk, bench, plan };
}

const container = (state: object, phase = 'Pending') => ({
  phase,
  containerStatuses: [{ name: 'debugger', state }],
});
const RUNNING = container({ running: {} }, 'Running');
const deleted = ({ bench }: Awaited<ReturnType<typeof shellOn>>) =>
  bench.deletions.map(([{ namespace, name }]) => [
    namespace,
    name.startsWith('node-debugger-web-1-'),
  ]);

describe('a shell on a node', () => {
  it('is in a pod as kubectl debug makes it, which goes with it', async () => {
    const opened = await shellOn(RUNNING);
    const { desk, bench, plan } = opened;
    expect(plan.warnings.join()).toContain('what is done there is done to the node');
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod debug node/web-1 -it --image=public.ecr.aws/docker/library/busybox:stable --profile=general -n tools',
    ]);
    expect(bench.creations.map(([{ namespace }, , dryRun]) => [namespace, dryRun])).toEqual([
      ['tools', true],
      ['tools', false],
    ]);
    expect(bench.creations[1]?.[1]).toMatchObject({
      spec: {
        nodeName: 'web-1',
        hostNetwork: true,
        hostPID: true,
        hostIPC: true,
        restartPolicy: 'Never',
        tolerations: [{ operator: 'Exists' }],
        containers: [
          { stdin: true, tty: true, volumeMounts: [{ name: 'host-root', mountPath: '/host' }] },
        ],
        volumes: [{ name: 'host-root', hostPath: { path: '/' } }],
      },
    });
    // It asks for a prompt, for what the shell said before is not said again.
    expect([desk.joined, desk.got]).toEqual([
      [{ container: 'debugger', tty: true, stdin: true }],
      ['\r'],
    ]);
    expect(desk.seen).toContain('shell on web-1: its files are at /host');
    expect(bench.deletions).toEqual([]);
    desk.sink?.end({ code: 0, reason: '' });
    await settle();
    expect(deleted(opened)).toEqual([['tools', true]]);
    expect(bench.last).toMatchObject({ state: 'done', undo: false });
    expect(bench.last?.text).toBe('the shell on web-1 has ended, and its pod is deleted');
  });

  it('tells what its pod waits for, and begins when that has started', async () => {
    const { desk, bench } = await shellOn(
      {},
      container({ waiting: { reason: 'ContainerCreating' } }),
      RUNNING,
    );
    expect(bench.last?.text).toContain('is starting: sent');
    bench.clock.advance(1000);
    await settle();
    expect(bench.last?.text).toContain('is starting: ContainerCreating');
    bench.clock.advance(1000);
    await settle();
    expect(desk.joined).toHaveLength(1);
  });

  it('takes the pod away where it does not start, or is lost', async () => {
    const message = 'Back-off pulling image';
    const stuck = await shellOn(container({ waiting: { reason: 'ImagePullBackOff', message } }));
    expect(stuck.bench.last?.text).toContain(`ImagePullBackOff: ${message}`);
    const ended = await shellOn(container({ terminated: {} }, 'Succeeded'));
    expect(ended.bench.last?.text).toContain('is its command a shell?');
    const lost = await shellOn(RUNNING);
    lost.desk.sink?.end({ code: null, reason: 'the connection was lost' });
    await settle();
    expect(lost.bench.last?.text).toContain('the connection was lost');
    for (const each of [stuck, ended, lost]) expect(deleted(each)).toEqual([['tools', true]]);
  });

  it('says which pod is left where it cannot be deleted', async () => {
    const { desk, bench } = await shellOn(RUNNING);
    bench.onDelete = () => {
      throw kubeError(0, 'no answer');
    };
    desk.sink?.end({ code: 0, reason: '' });
    await settle();
    expect(bench.last?.state).toBe('failed');
    expect(bench.last?.text).toContain('delete it in tools (no answer)');
  });

  it('is refused on Fargate', async () => {
    const { bench } = new Desk();
    const fargate = nodeRow({ name: 'fargate-ip-10-0-1-2', compute: 'fargate' });
    const flow = bench.runner().start('node-shell', [bench.target('nodes', fargate)]);
    await settle();
    expect(at(flow, 'refused').reason).toContain('is a Fargate node');
  });
});
