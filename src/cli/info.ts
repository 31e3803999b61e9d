/** `ekscope info`: where the program stands: version, paths, identity, endpoints, encodings, terminal. */
import type { Clock } from '../core/clock.ts';
import { redact } from '../core/redact.ts';
import { sanitize } from '../core/text.ts';
import { contextKey } from '../domain/cluster-key.ts';
import { skewText } from '../domain/skew.ts';
import type { AwsPort, AwsScope } from '../ports/aws.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Connection } from '../session/index.ts';
import type { Composition } from './compose.ts';
import { kindLines } from './kind-lines.ts';
import { settled } from '../store/settled.ts';
import type { Setup } from './setup.ts';

/** What the terminal is and can, as main found it. */
export interface TerminalFacts {
  readonly columns: number;
  readonly rows: number;
  readonly isTTY: boolean;
  readonly depth: string;
  readonly copy: string;
}

/** The lines of `info`; what cannot be reached says so. Code 3 where the API server cannot. */
export async function info(
  setup: Setup,
  composition: Composition<unknown>,
  clock: Clock,
  terminal: TerminalFacts,
  resources: ResourceRegistry,
): Promise<{ readonly out: string; readonly code: 0 | 3 }> {
  const { aws, context, session, kubeconfigFiles, kubeconfigNotes } = composition;
  const lines: (readonly [label: string, value: string])[] = [
    ['ekscope', `${setup.version} on Node ${process.versions.node}`],
    ['configuration', setup.paths.config],
    ['audit log', setup.paths.audit],
    ['log', logLine(setup)],
    ['remembered', setup.config.remember ? setup.paths.memory : 'nothing (remember: false)'],
    ['kubeconfig', kubeconfigFiles.join(', ') || 'none found'],
    ...kubeconfigNotes.map((note) => ['note', note] as const),
    ['context', context?.name ?? 'none'],
  ];
  let code: 0 | 3 = 0;
  if (context !== null) {
    const connection = session.open(contextKey(context.name), setup.flags.namespace);
    lines.push(['changes', changes(connection)]);
    const server = await serverLines(
      connection,
      resources,
      clock,
      setup.config.requestTimeout * 1000,
    );
    lines.push(...server.lines);
    code = server.code;
  }
  for (const scope of session.scopes) {
    const label = `AWS ${scope.profile || 'default chain'} ${scope.region}`;
    lines.push([label, await caller(aws, scope)]);
  }
  if (session.scopes.length === 0) lines.push(['AWS', 'no region is set']);
  lines.push(['AWS endpoint', aws.endpoint || "AWS's own"]);
  const { columns, rows, isTTY, depth, copy } = terminal;
  lines.push([
    'terminal',
    isTTY ? `${columns}×${rows}, colours: ${depth}, copies by ${copy}` : 'none',
  ]);
  const width = Math.max(...lines.map(([label]) => label.length)) + 2;
  const out = lines.map(([label, value]) => `${label.padEnd(width)}${sanitize(redact(value))}\n`);
  return { out: out.join(''), code };
}

/** What may be changed there, as far as is known before AWS has told which cluster it is. */
function changes({ readonly, isProtected }: Connection): string {
  if (readonly) return 'refused (read-only)';
  return isProtected ? 'allowed, after asking for a name (protected)' : 'allowed, after asking';
}

/** Where the log for a bug report is written, or how to have it. */
function logLine({ log, flags, paths }: Setup): string {
  const path = flags['log-file'] ?? paths.log;
  return log === undefined ? `off; --log-level debug writes ${path}` : path;
}

/** Who AWS says the caller is. */
async function caller(aws: AwsPort, scope: AwsScope): Promise<string> {
  try {
    const door = aws.door(scope, () => true);
    return (await door.call('sts:GetCallerIdentity', {})).Arn;
  } catch (error) {
    return `unknown: ${(error as Error).message}`;
  }
}

/** What the API server says of itself, and how its largest tables are fetched. */
async function serverLines(
  connection: Connection,
  resources: ResourceRegistry,
  clock: Clock,
  timeout: number,
): Promise<{ readonly lines: (readonly [string, string])[]; readonly code: 0 | 3 }> {
  const lines: (readonly [string, string])[] = [['API server', connection.info.server]];
  const { insecure } = connection.kube;
  if (insecure !== null) lines.push(['connection', `${insecure.what}: ${insecure.why}`]);
  try {
    const { version, user, roundTrip } = await connection.kube.info(AbortSignal.timeout(timeout));
    lines.push(['server version', version], ['user', user || 'the server does not tell']);
    lines.push(['round trip', `${Math.round(roundTrip)} ms`]);
    const clocks = skewText(connection.kube.clockOffset);
    if (clocks !== '') lines.push(['server clock', clocks]);
  } catch (error) {
    const hint = (error as { readonly hint?: string }).hint ?? '';
    lines.push(['reached', `no: ${(error as Error).message}${hint === '' ? '' : ` (${hint})`}`]);
    return { lines, code: 3 };
  }
  const asked = ['nodes', 'kinds'] as const;
  const { store } = connection;
  const release = connection.need(asked);
  await settled(store, asked, clock, timeout);
  release();
  const encodings = Object.entries(connection.kube.encodings());
  lines.push(['fetched as', encodings.map(([table, how]) => `${table}: ${how}`).join('; ') || '?']);
  const found = new Set(resources.found(store).map(({ id }) => id));
  for (const line of kindLines(store.rows('kinds'), found)) lines.push(['other kinds', line]);
  return { lines, code: 0 };
}
