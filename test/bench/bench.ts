/**
 * Measures the built program from outside, in a pseudo-terminal of 200×60, against a quiet API
 * server with many pods, and prints each figure beside its target; k9s and eks-node-viewer beside it
 * where they are on the PATH. `npm run bench -- --help` tells the options.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startCluster, type BenchCluster } from './cluster.ts';
import { Figures } from './figures.ts';
import { logStream, RATES } from './logs.ts';
import { changes, idle, keysWhileLoading, moves, soak, start } from './measures.ts';
import type { Subject } from './program.ts';
import { report } from './report.ts';
import { longestTurns } from './turns.ts';
import { readUnread } from './unread.ts';

const { values: options } = parseArgs({
  options: {
    pods: { type: 'string', default: '1000,5000,50000' },
    runs: { type: 'string', default: '3' },
    starts: { type: 'string', default: '7' },
    soak: { type: 'string', default: '5' },
    kubeconfig: { type: 'string' },
    program: {
      type: 'string',
      default: fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url)),
    },
    help: { type: 'boolean', default: false },
  },
});

const VIEWER = 'eks-node-viewer';
/** `12 nodes … 240 pods`: what it counts at its top once it has both. */
const NODES = /[1-9]\d* nodes/;

/** As many as a node of EKS's usual sizes has. */
const PODS_PER_NODE = 25;

const USAGE = `npm run bench -- [options]
  --pods N,…         pods of the benchmark's API server, one after the other (1000,5000,50000)
  --runs N           full runs (3)
  --starts N         starts that are only timed (7)
  --soak MINUTES     churn of 250 changes/s after the runs, for memory (5; 0: none)
  --kubeconfig PATH  measure on this cluster instead; it is only read
  --program PATH     another build's launcher
`;

async function measure(subject: Subject, cluster: BenchCluster, home: string): Promise<Figures> {
  const figures = new Figures();
  // The first start fills caches, of the disk's and of ours: it is not counted.
  await (await start(subject, new Figures()))[Symbol.asyncDispose]();
  for (let i = 0; i < Number(options.starts); i++) {
    figures.add('node', bareNode());
    if (isOurs(subject)) await compare(cluster, figures);
    await (await start(subject, figures))[Symbol.asyncDispose]();
    if (isOurs(subject)) addRatio(figures);
    if (isOurs(subject)) await keysWhileLoading(subject, figures.median('all-rows') ?? 0, figures);
  }
  for (let i = 0; i < Number(options.runs); i++) {
    await using program = await start(subject, new Figures());
    figures.add('loaded-memory', program.memory());
    await idle(program, figures);
    await moves(program, figures);
    if (cluster.tell !== null && isOurs(subject)) await changes(program, cluster.tell, figures);
    figures.add('used-memory', program.memory());
    if (isOurs(subject)) await longestTurns(subject, home, cluster.tell, figures);
    if (cluster.tell !== null && isOurs(subject))
      for (const rate of RATES) await logStream(subject, home, cluster.tell, figures, rate);
    process.stderr.write(`${subject.name}: run ${i + 1} of ${options.runs}\n`);
  }
  const minutes = Number(options.soak);
  if (minutes > 0 && cluster.tell !== null && isOurs(subject)) {
    await using program = await start(subject, new Figures());
    await soak(program, cluster.tell, figures, minutes);
  }
  return figures;
}

/** A program that shows nodes and takes no keys of ours: its start, and what it costs to run. */
async function measureViewer(subject: Subject): Promise<Figures> {
  const figures = new Figures();
  for (let i = 0; i < Number(options.runs); i++) {
    await using program = await start(subject, figures);
    figures.add('loaded-memory', program.memory());
    await idle(program, figures);
  }
  return figures;
}

/** What the server and the wire take by themselves, right before the program's turn. */
async function compare({ kubeconfig }: BenchCluster, figures: Figures): Promise<void> {
  const { ms, bytes } = await readUnread(kubeconfig);
  figures.add('unread', ms);
  figures.add('unread-mb', bytes / 1e6);
}

function addRatio(figures: Figures): void {
  const [rows, unread] = [figures.all('all-rows').at(-1), figures.all('unread').at(-1)];
  if (rows !== undefined && unread !== undefined) figures.add('ratio', rows / unread);
}

function isOurs({ name }: Subject): boolean {
  return name === 'ekscope';
}

function bareNode(): number {
  const began = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  return performance.now() - began;
}

function isOnPath(command: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'ekscope-bench-'));
  try {
    if (options.kubeconfig === undefined) {
      for (const pods of options.pods.split(',').map(Number)) {
        const cluster = await startCluster(home, pods, Math.ceil(pods / PODS_PER_NODE));
        await compareOn(cluster, `${pods.toLocaleString('en')} pods`, home).finally(() =>
          cluster.stop(),
        );
      }
    } else {
      const { kubeconfig } = options;
      await compareOn({ kubeconfig, tell: null, stop: () => undefined }, kubeconfig, home);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Measures on a cluster, ours first and then, in the same run, a peer that is there. */
async function compareOn(cluster: BenchCluster, name: string, home: string): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, KUBECONFIG: cluster.kubeconfig };
  const own = await measure(
    {
      name: 'ekscope',
      command: process.execPath,
      args: [options.program, '-A', '-c', 'pods'],
      env,
    },
    cluster,
    home,
  );
  const peers: { readonly name: string; readonly figures: Figures }[] = [];
  if (isOnPath('k9s')) {
    const k9s = { name: 'k9s', command: 'k9s', args: ['-A', '-c', 'pods'], env };
    peers.push({ name: k9s.name, figures: await measure(k9s, cluster, home) });
  }
  if (isOnPath(VIEWER)) {
    const viewer = { name: VIEWER, command: VIEWER, args: ['-disable-pricing'], env, rows: NODES };
    peers.push({ name: VIEWER, figures: await measureViewer(viewer) });
  }
  const load = loadavg().map((one) => one.toFixed(1));
  process.stdout.write(
    `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? '?'}, ` +
      `load ${load.join(' ')}; ${name}, 200×60\n\n${report(own, peers)}\n\n`,
  );
}

if (options.help) process.stdout.write(USAGE);
else await main();
