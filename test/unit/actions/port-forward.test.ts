import { describe, expect, it } from 'vitest';
import { commandsOf } from '../../../src/actions/engine/plan.ts';
import { unfinishedOf } from '../../../src/actions/engine/recovery.ts';
import { plain } from '../../../src/core/styled.ts';
import type { PodRow } from '../../../src/domain/rows.ts';
import { container, podRow, serviceRow, workloadRow } from '../../support/rows.ts';
import { ActionBench, at, kubeError, settle } from './bench.ts';

function pod(name: string, rest: Partial<PodRow> = {}): PodRow {
  return podRow({
    name,
    uid: name,
    labels: { app: 'api' },
    workload: 'api',
    workloadKind: 'Deployment',
    containers: [
      container({ name: 'app', ports: ['http:8080/TCP', '53/UDP'] }),
      container({ name: 'proxy', ports: ['80/TCP'] }),
    ],
    ...rest,
  });
}

const deployment = workloadRow('Deployment', { name: 'api', uid: 'd1' });
const service = serviceRow({
  name: 'api',
  uid: 's1',
  selector: { app: 'api' },
  ports: [{ name: 'web', port: 80, targetPort: 'http', nodePort: 0, protocol: 'TCP' }],
});

/** A forward of the deployment that runs, through pod `a`. */
async function running(bench: ActionBench, values: Readonly<Record<string, string>> = {}) {
  bench.put('pods', pod('a'), pod('b'));
  const runner = bench.runner();
  const flow = runner.start('port-forward', [bench.target('deployments', deployment)]);
  await settle();
  for (const [id, value] of Object.entries(values)) flow.change(id, value);
  await settle();
  flow.submit();
  await settle();
  flow.confirm();
  await settle();
  return { flow, runner };
}

describe('a forwarded port', () => {
  it('offers the TCP ports that the containers name, and a number', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('a'));
    const flow = bench.runner().start('port-forward', [bench.target('deployments', deployment)]);
    await settle();
    const { lines, values } = at(flow, 'form');
    const [port] = lines;
    expect(port?.type === 'choice' && port.options.map(({ title }) => title)).toEqual([
      '8080 http',
      '80',
      'another',
    ]);
    expect(values).toMatchObject({ port: '8080', local: '8080' });
    flow.change('port', '80');
    await settle();
    expect(at(flow, 'form').values['local']).toBe('0');
    flow.change('port', 'other');
    flow.change('number', '9090');
    await settle();
    expect(at(flow, 'form').values['local']).toBe('9090');
  });

  it('says what it listens on, and how kubectl does the same', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('a'));
    const flow = bench.runner().start('port-forward', [bench.target('services', service)]);
    await settle();
    flow.submit();
    await settle();
    const { plan } = at(flow, 'confirm');
    expect(plan.changes.map(plain).slice(0, 2)).toEqual([
      '127.0.0.1:any free port → pod/a:8080',
      'listens on 127.0.0.1 only, until it is stopped (@) or the program ends',
    ]);
    expect(commandsOf(plan)).toEqual([
      'kubectl --context prod port-forward service/api :80 -n default',
    ]);
    flow.confirm();
    await settle();
    expect(bench.forwards[0]).toMatchObject({
      ref: { resource: 'pods', name: 'a' },
      ports: { local: 0, remote: 8080 },
    });
    expect(bench.last).toMatchObject({ state: 'working', text: '127.0.0.1:40001 → pod/a:8080' });
  });

  it('prefers a ready pod, and tells what comes through and what fails', async () => {
    const bench = new ActionBench();
    bench.put('pods', pod('a', { isReady: false }), pod('b'));
    await running(bench);
    bench.forwards[0]?.tell({ open: 2, total: 14 });
    bench.changed();
    expect(bench.last?.text).toBe('127.0.0.1:8080 → pod/a:8080');
    expect(bench.last?.lines.map(plain)).toEqual(['2 open, 14 so far']);
    bench.forwards[0]?.tell({ problem: kubeError(0, 'connection refused') as never });
    bench.changed();
    expect(bench.last?.text).toBe('127.0.0.1:8080 → pod/a:8080: connection refused');
  });

  it('goes on to another pod on the same port when its own goes', async () => {
    const bench = new ActionBench();
    await running(bench, { port: '80' });
    bench.forwards[0]?.tell({ total: 3 });
    bench.put('pods', pod('a', { deleting: 1 }));
    await settle();
    expect(
      bench.forwards.map(({ stopped, ref, ports }) => [stopped, ref.name, ports.local]),
    ).toEqual([
      [true, 'a', 0],
      [false, 'b', 40_001],
    ]);
    bench.changed();
    expect(bench.last?.text).toBe('127.0.0.1:40001 → pod/b:80');
    expect(bench.last?.lines.map(plain)).toEqual(['0 open, 3 so far']);
    bench.remove('pods', 'a');
    bench.put('pods', pod('b', { gone: 1 }));
    await settle();
    bench.changed();
    expect(bench.last).toMatchObject({
      state: 'working',
      text: '127.0.0.1:40001 → pod/b:80: its pod is gone, another one is waited for',
    });
  });

  it('tries again where the port cannot be had back', async () => {
    const bench = new ActionBench();
    await running(bench);
    bench.onForward = () => {
      throw kubeError(0, 'port 8080 of this machine is in use');
    };
    bench.put('pods', pod('a', { gone: 1 }));
    await settle();
    bench.onForward = () => {};
    bench.changed();
    await settle();
    bench.changed();
    expect(bench.last).toMatchObject({ state: 'working', text: '127.0.0.1:8080 → pod/b:8080' });
  });

  it('is stopped from the list of operations, and leaves nothing to take back', async () => {
    const bench = new ActionBench();
    const { runner, flow } = await running(bench);
    expect(flow.state.stage).toBe('ended');
    expect(bench.last?.stoppable).toBe(true);
    bench.operations.stop(bench.last?.id ?? 0);
    expect(bench.forwards[0]?.stopped).toBe(true);
    expect(bench.last?.stoppable).toBe(false);
    bench.changed();
    await settle();
    expect(bench.last).toMatchObject({
      state: 'done',
      text: '127.0.0.1:8080 → deployment/api: no longer forwarded',
    });
    expect(runner.undo()).toBe('there is nothing to take back');
  });

  it('is nothing unfinished after the program has ended', async () => {
    const bench = new ActionBench();
    await running(bench);
    const lines = bench.audit.map((entry) => JSON.stringify(entry));
    const log = { write: () => {}, recent: () => Promise.resolve(lines), pid: 2 };
    expect(await unfinishedOf({ ...log, isAlive: () => false }, bench.clock.now())).toEqual([]);
  });

  it('ends with its connection', async () => {
    const bench = new ActionBench();
    await running(bench);
    bench.forwards[0]?.tell({ port: 0 });
    bench.changed();
    expect(bench.last).toMatchObject({ state: 'done' });
  });

  it('fails with the reason where the port cannot be had', async () => {
    const bench = new ActionBench();
    bench.onForward = () => {
      throw kubeError(0, 'port 8080 of this machine is in use');
    };
    await running(bench);
    expect(bench.last).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('port 8080 of this machine is in use') as string,
    });
  });

  it('is refused where nothing runs behind it, or nothing may be changed', async () => {
    const bench = new ActionBench();
    const target = bench.target('deployments', deployment);
    const flow = bench.runner().start('port-forward', [target]);
    await settle();
    expect(at(flow, 'refused').reason).toBe(
      'no pod of deployment/api runs: there is nothing to forward to',
    );
    const readonly = bench.runner({ readonly: () => true }).start('port-forward', [target]);
    expect(at(readonly, 'refused').reason).toBe('read-only: nothing is changed');
    const headless = bench.target('services', { ...service, selector: {} });
    expect(at(bench.runner().start('port-forward', [headless]), 'refused').reason).toBe(
      'service api selects no pods: there is nothing to forward to',
    );
  });
});
