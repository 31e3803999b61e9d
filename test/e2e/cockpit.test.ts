import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { App, type LaunchOptions } from './driver.ts';
import { startRegion, type Region } from './region.ts';

let region: Region;
beforeAll(async () => {
  region = await startRegion('--seed', '7', '--speed', '20');
});
afterAll(() => region[Symbol.dispose]());

const launch = (options: LaunchOptions = {}): App =>
  new App({ args: ['-c', ':pods'], ...options, env: { ...region.env, ...options.env } });

const PODS = /Pods\(all\)\[[\d,]+\]/;

describe('the cockpit', () => {
  it('opens on the pulse of the current context, which leads to what is wrong', async () => {
    await using app = launch({ args: [] });
    await app.wait(/Pulse\(all\)[^]*▌ ✗ pods +\d+ of [^]*System.*coredns/);
    app.press('enter');
    await app.wait(/Pods\(all\)\[\d+\/[\d,]+\] ! problems/);
    app.press('esc');
    await app.wait(/Pulse\(all\)[^]*▌ ✗ pods/);
  });

  it('shows the pods of the current context, with VPC IP and zone', async () => {
    await using app = launch({ columns: 200 });
    await app.wait(PODS);
    const screen = await app.wait(/● live/);
    expect(screen).toContain('shop-prod');
    await app.wait(/Running\s.*10\.0\.\d+\.\d+\s+1[abc]/);
    app.press('ctrl-c');
    expect(await app.ended()).toBe(0);
    expect(app.alternate).toBe(false);
  });

  it('goes from a node group to its nodes, to their pods, to containers and logs, and back', async () => {
    await using app = launch();
    await app.wait(PODS);
    app.type(':ng\r');
    await app.wait(/Node groups\[\d/);
    await app.wait(/general\s+managed/);
    app.type('/general\r');
    await app.wait(/▌ general/);
    app.press('enter');
    await app.wait(/Nodes\(general\)[^]*▌ ip-/);
    app.press('enter');
    await app.wait(/Pods\(ip-10-[^]*▌ \w/);
    app.press('enter');
    await app.wait(/Containers\([^]*▌ \w/);
    app.press('l');
    await app.wait(/Logs\(/);
    app.press('q', 'q', 'q', 'q');
    await app.wait(/Node groups\[/);
  });

  it('draws what Prometheus and CloudWatch measure of a node group, and says what that costs', async () => {
    await using app = launch();
    await app.wait(PODS);
    app.type(':ng\r');
    await app.wait(/general\s+managed\s+✓ ACTIVE/);
    app.type('/general\r');
    await app.wait(/▌ general/);
    app.type('%');
    await app.wait(/Prometheus[^]*queries, [<~]\$[^]*Use of its nodes +a CPU \d/);
    app.press('s');
    const screen = await app.wait(
      /Charts\(nodegroup general\)[^]*asked \d+ metrics[^]*[<~]\$[^]*CPU per 5m +a mean \d/,
    );
    expect(screen).toMatch(/[\u2801-\u28ff]{20}/);
    app.press('enter');
    await app.wait(/a in service +now \d/);
    app.press('q', 'q');
    await app.wait(/Node groups\[/);
  });

  it('reads the logs of two clusters in one pane, and of one of them alone', async () => {
    await using app = launch();
    await app.wait(PODS);
    app.type(':deploy @shop-prod,shop-staging\r');
    await app.wait(/2 clusters[^]*Deployments\(all\)\[\d/);
    app.type('/session-api\r');
    await app.wait(/▌ shop-prod +auth +session-api/);
    app.press('l');
    await app.wait(/Logs\(deployment\/session-api\)[^]*shop-prod \d+ stream[^]*shop-prod +\S+ │/);
    app.press('o', 'o');
    await app.wait(/only shop-staging[^]*shop-staging +\S+ │/);
    app.press('q', 'q');
    await app.wait(/Deployments\(all\)/);
  });

  it('keeps what was typed, letter by letter, however fast it comes', async () => {
    await using app = launch();
    await app.wait(PODS);
    app.type(':deploy\r/checkout\r');
    await app.wait(/Deployments\(all\)\[\d+\/\d+\] \/checkout/);
    await app.wait('checkout-worker');
  });

  it('asks before it scales, with Cancel in front, and follows until it is done', async () => {
    await using app = launch();
    await app.wait(PODS);
    app.type(':deploy\r/^mailer\r');
    await app.wait(/▌ notifications +mailer/);
    app.press('s');
    await app.wait(/Replicas/);
    app.type('6\r');
    const plan = await app.wait(/kubectl [^]*--replicas=6/);
    expect(plan).toMatch(/Cancel/);
    // Enter on a fresh dialog changes nothing.
    app.press('enter');
    await app.wait((screen) => !screen.includes('--replicas=6'));
    app.press('s');
    await app.wait(/Replicas/);
    app.type('6\r');
    await app.wait(/--replicas=6/);
    app.press('tab', 'enter');
    await app.wait(/6\/6/);
    await app.wait(/U undo|undo/);
    const audit = readFileSync(join(app.home, '.local/state/ekscope/audit.jsonl'), 'utf8');
    const lines = audit
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { phase: string });
    expect(lines.map(({ phase }) => phase)).toEqual(['intent', 'result']);
  });

  it('refuses every change when it is read-only, and says so', async () => {
    await using app = launch({ args: ['--readonly', '-c', ':deploy'] });
    await app.wait(/Deployments\(all\)[^]*▌ \w/);
    await app.wait('READ-ONLY');
    app.press('s');
    await app.wait(/read-only: nothing is changed/);
  });

  it('lives through any size, and says when it is too small', async () => {
    await using app = launch();
    await app.wait(PODS);
    for (const [columns, rows] of [
      [200, 60],
      [60, 12],
      [80, 24],
    ] as const) {
      app.resize(columns, rows);
      await app.wait(PODS);
    }
    app.resize(40, 10);
    await app.wait(/too small/);
    app.resize(120, 40);
    await app.wait(PODS);
  });

  it.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
    'gives the terminal back on %s',
    async (signal) => {
      await using app = launch();
      await app.wait(PODS);
      app.signal(signal);
      await app.ended();
      expect(app.alternate).toBe(false);
      expect(app.raw).toMatch(/\x1b\[\?25h[^]*$/);
      expect(app.raw.lastIndexOf('\x1b[?2004l')).toBeGreaterThan(
        app.raw.lastIndexOf('\x1b[?2004h'),
      );
    },
  );
});

describe('without a cluster', () => {
  it('shows what is missing and how to begin', async () => {
    await using app = new App();
    const screen = await app.wait(/ekscope demo/);
    expect(screen).toMatch(/region/i);
    app.press('ctrl-c');
    expect(await app.ended()).toBe(0);
  });

  it('connects from AWS alone, with a token of its own', async () => {
    await using app = launch({ args: [], env: { KUBECONFIG: '' } });
    await app.wait(/Clusters\[2\]/);
    app.press('enter');
    await app.wait(/Pulse\(all\)[^]*▌/);
    await app.wait(/● live/);
  });
});

describe('a cluster asked for by name', () => {
  it('is connected to when AWS tells of it; else the nearest name is told', async () => {
    await using app = launch({ args: ['--cluster', 'shop-staging'], env: { KUBECONFIG: '' } });
    await app.wait(/shop-staging ▸[^]*Pulse\(all\)/);
    await using other = launch({ args: ['--cluster', 'shop-stagin'], env: { KUBECONFIG: '' } });
    await other.wait(/did you mean 'shop-staging'/);
    await other.wait(/Clusters\[2\]/);
  });
});

describe('mistakes on the command line end with 2 and the nearest name', () => {
  it.each([
    [['--context', 'arn:nope'], /unknown context 'arn:nope'/],
    [['get', 'pdos'], /did you mean 'pods'/],
    [['--theme', 'drak'], /dark/],
    [['get', 'pods', '-o', 'jsno'], /did you mean 'json'/],
    [['get', 'pods', '-l', 'a in (b'], /not closed/],
  ])('%j', async (args, message) => {
    await using app = launch({ args });
    expect(await app.ended()).toBe(2);
    expect(app.raw).toMatch(message);
  });

  it('a malformed configuration names the file and the key', async () => {
    await using probe = launch({ args: ['--version'] });
    const config = join(probe.home, 'bad.yaml');
    mkdirSync(probe.home, { recursive: true });
    writeFileSync(config, 'them: dark\n');
    await using app = launch({ args: ['--config', config] });
    expect(await app.ended()).toBe(2);
    expect(app.raw.replaceAll(/\s+/g, ' ')).toContain("did you mean 'theme'?");
  });
});
