import { own } from '../../core/own.ts';
import { regionOfEndpoint } from '../../domain/eks-endpoint.ts';
import type { ExecConfig } from './kubeconfig-user.ts';

/** An EKS cluster as a kubeconfig names it, with whom its token is made as. */
export interface EksContext {
  /** The cluster's name; the id of a local cluster on Outposts. */
  readonly name: string;
  /** Where the cluster is. */
  readonly region: string;
  /** The profile that knows the cluster; empty: the default chain. */
  readonly profile: string;
  /** ARN of a role to assume first, else empty. */
  readonly role: string;
  /** How the plugin is told to sign in: a profile by its flag wins over keys in the variables. */
  readonly signIn: {
    readonly profile: string;
    readonly region: string;
    readonly env: Readonly<Record<string, string>>;
  };
}

type Field = 'name' | 'id' | 'region' | 'profile' | 'role' | 'ignored';

/** Flags of `aws eks get-token` and aws-iam-authenticator that we can honour, by what they say. */
const FLAGS: Readonly<Record<string, Field>> = {
  '--cluster-name': 'name',
  '--cluster-id': 'id',
  '-i': 'id',
  '--region': 'region',
  '--profile': 'profile',
  '--role-arn': 'role',
  '--role': 'role',
  '-r': 'role',
  '--output': 'ignored',
};

/** Variables of an exec section that we can honour: those that our own sign-in reads. */
const VARIABLES: ReadonlySet<string> = new Set([
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_CA_BUNDLE',
  'AWS_EC2_METADATA_DISABLED',
]);

/**
 * Whether a credential plugin is `aws eks get-token` or aws-iam-authenticator, whose token we can
 * make in process; null where it is not, or where it says something that we would not honour
 * (another flag or variable): then the plugin itself must run.
 */
export function eksContextOf(exec: ExecConfig, server: string, cluster: string): EksContext | null {
  const words = subcommandArgs(exec);
  if (words === null) return null;
  if (!Object.keys(exec.env).every((name) => VARIABLES.has(name))) return null;
  const found = { name: '', id: '', region: '', profile: '', role: '' };
  for (let i = 0; i < words.length; i++) {
    const [flag = '', inline] = (words[i] ?? '').split(/=(.*)/s, 2);
    const field = own(FLAGS, flag);
    const value = inline ?? words[++i];
    if (field === undefined || value === undefined) return null;
    if (field !== 'ignored') found[field] = value;
  }
  // One of both, says the aws CLI.
  if ((found.name === '') === (found.id === '')) return null;
  const { env } = exec;
  const region = found.region || regionOf(server, cluster) || variable(env, 'REGION');
  if (region === '') return null;
  return {
    name: found.name || found.id,
    region,
    profile: found.profile || variable(env, 'PROFILE'),
    role: found.role,
    signIn: { profile: found.profile, region: found.region, env },
  };
}

/** `AWS_…` of an exec section, or else `AWS_DEFAULT_…`. */
const variable = (env: ExecConfig['env'], name: 'REGION' | 'PROFILE'): string =>
  env[`AWS_${name}`] || env[`AWS_DEFAULT_${name}`] || '';

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
  const arn = /^arn:[^:]+:eks:([^:]+):/.exec(cluster);
  return regionOfEndpoint(server) || (arn?.[1] ?? '');
}
