import type { ExecConfig } from './kubeconfig.ts';

/** An EKS cluster as a kubeconfig names it, with whom its token is made as. */
export interface EksContext {
  readonly name: string;
  readonly region: string;
  /** Empty: the default chain. */
  readonly profile: string;
  /** ARN of a role to assume first, else empty. */
  readonly role: string;
}

/** Flags of `aws eks get-token` and aws-iam-authenticator that we can honour, by what they say. */
const FLAGS: Readonly<Record<string, 'name' | 'region' | 'profile' | 'role' | 'ignored'>> = {
  '--cluster-name': 'name',
  '--cluster-id': 'name',
  '-i': 'name',
  '--region': 'region',
  '--profile': 'profile',
  '--role-arn': 'role',
  '--role': 'role',
  '-r': 'role',
  '--output': 'ignored',
};

/** Environment of an exec section that we can honour. */
const VARIABLES: Readonly<Record<string, 'region' | 'profile' | 'ignored'>> = {
  AWS_PROFILE: 'profile',
  AWS_DEFAULT_PROFILE: 'profile',
  AWS_REGION: 'region',
  AWS_DEFAULT_REGION: 'region',
  AWS_STS_REGIONAL_ENDPOINTS: 'ignored',
};

/**
 * Whether a credential plugin is `aws eks get-token` or aws-iam-authenticator, whose token we can
 * make in process; null where it is not, or where it says something that we would not honour
 * (another flag or variable): then the plugin itself must run.
 */
export function eksContextOf(exec: ExecConfig, server: string, cluster: string): EksContext | null {
  const words = subcommandArgs(exec);
  if (words === null) return null;
  const found = { name: '', region: '', profile: '', role: '' };
  for (const [variable, value] of Object.entries(exec.env)) {
    const field = VARIABLES[variable];
    if (field === undefined) return null;
    if (field !== 'ignored') found[field] = value;
  }
  for (let i = 0; i < words.length; i++) {
    const [flag = '', inline] = (words[i] ?? '').split(/=(.*)/s, 2);
    const field = FLAGS[flag];
    if (field === undefined) return null;
    const value = inline ?? words[++i] ?? '';
    if (field !== 'ignored') found[field] = value;
  }
  if (found.name === '') return null;
  found.region ||= regionOf(server, cluster);
  return found.region === '' ? null : found;
}

/** The arguments without the subcommand's words, or null where it is neither of the two programs. */
function subcommandArgs(exec: ExecConfig): string[] | null {
  const program = exec.command.replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
  const words = [...exec.args];
  const drop = (word: string): boolean => {
    const at = words.indexOf(word);
    if (at < 0) return false;
    words.splice(at, 1);
    return true;
  };
  if (program === 'aws') return drop('eks') && drop('get-token') ? words : null;
  if (program === 'aws-iam-authenticator') return drop('token') ? words : null;
  return null;
}

/** The region in an EKS endpoint's name or in a cluster's ARN. */
function regionOf(server: string, cluster: string): string {
  const endpoint = /\.([a-z0-9-]+)\.eks\.amazonaws\.com/.exec(server);
  const arn = /^arn:[^:]+:eks:([^:]+):/.exec(cluster);
  return endpoint?.[1] ?? arn?.[1] ?? '';
}
