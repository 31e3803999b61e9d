import { delimiter, join } from 'node:path';
import type { Env } from '../config/paths.ts';
import type { Flags } from './args.ts';

/** The kubeconfig files that were named, by flag or environment; null where none was. */
export function namedKubeconfigs(
  flags: Pick<Flags, 'kubeconfig'>,
  env: Env,
): readonly string[] | null {
  const given = flags.kubeconfig ?? env['KUBECONFIG'];
  return given ? given.split(delimiter).filter(Boolean) : null;
}

/** The kubeconfig files to read: those that were named, else the user's own. */
export function kubeconfigPaths(
  flags: Pick<Flags, 'kubeconfig'>,
  env: Env,
  home: string,
): readonly string[] {
  return namedKubeconfigs(flags, env) ?? [join(home, '.kube', 'config')];
}
