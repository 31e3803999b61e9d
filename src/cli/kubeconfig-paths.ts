import { expandHome } from '../core/home.ts';
import { delimiter, join, resolve } from 'node:path';
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

/** Where `aws eks update-kubeconfig` would look for a place to write, in its order. */
export function writtenKubeconfigs(
  flags: Pick<Flags, 'kubeconfig'>,
  env: Env,
  home: string,
): readonly string[] {
  const own = join(home, '.kube', 'config');
  const named = (namedKubeconfigs(flags, env) ?? []).filter((path) => path.trim() !== '');
  return named.length === 0 ? [own] : named.map((path) => resolve(expandHome(path, home)));
}
