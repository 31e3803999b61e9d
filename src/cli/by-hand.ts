/** How kubectl and the aws CLI are pointed at the very cluster, and as the very user, that the program is. */
import { delimiter, resolve } from 'node:path';
import { shellLine, shellWord } from '../core/shell.ts';
import type { ConnectionCore } from '../session/index.ts';
import { IN_CLUSTER } from '../sources/kube/index.ts';
import { namedKubeconfigs } from './kubeconfig-paths.ts';
import type { Setup } from './setup.ts';

/** What of a connection decides how kubectl reaches it. */
export type ByHandTarget = Pick<ConnectionCore, 'context' | 'title' | 'eks'>;

/**
 * A shell line that does the same with kubectl: kubeconfig, context and impersonation as in force.
 * Where no kubeconfig context leads to the cluster, a comment that says so and what makes one.
 */
export function byHand(
  { env, flags }: Setup,
  target: ByHandTarget,
  args: readonly string[],
): string {
  const { context, eks } = target;
  if (context === '') return noContext(eks, target.title);
  const paths = (namedKubeconfigs(flags, env) ?? []).map((file) => resolve(file));
  const words = ['kubectl'];
  if (paths.length === 1) words.push('--kubeconfig', ...paths);
  // It finds the service account of its pod by itself, and by no name.
  if (context !== IN_CLUSTER) words.push('--context', context);
  if (flags.as !== undefined) words.push('--as', flags.as);
  for (const group of flags['as-group'] ?? []) words.push('--as-group', group);
  const line = shellLine([...words, ...args]);
  // Several files are merged by the variable alone: the flag takes one.
  return paths.length > 1 ? `KUBECONFIG=${shellWord(paths.join(delimiter))} ${line}` : line;
}

/** A shell line that does the same with the aws CLI, with the profile and in the region of a cluster. */
export function awsByHand({ eks }: Pick<ByHandTarget, 'eks'>, args: readonly string[]): string {
  const { region = '', profile = '' } = eks ?? {};
  const where = region === '' ? [] : ['--region', region];
  return shellLine(['aws', ...args, ...where, ...(profile === '' ? [] : ['--profile', profile])]);
}

function noContext(eks: ByHandTarget['eks'], title: string): string {
  const none = `# kubectl has no way to ${title}: no kubeconfig context leads there`;
  if (eks === null) return none;
  const { name, region, profile } = eks;
  const words = ['aws', 'eks', 'update-kubeconfig', '--name', name, '--region', region];
  if (profile !== '') words.push('--profile', profile);
  return `${none}; one is made by: ${shellLine(words)}`;
}
