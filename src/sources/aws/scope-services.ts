import type { AwsAction } from '../../domain/aws-actions.ts';
import type { AwsScope } from '../../ports/aws.ts';
import type { AwsCall } from '../../ports/aws-calls.ts';
import { type ClientConfig, clientConfig } from './client-config.ts';
import type { AwsEnv, AwsFiles } from './config.ts';
import type { NoteCall } from './call-log.ts';
import { explain } from './explain.ts';
import type { AwsFault } from '../../domain/aws-fault.ts';
import { limiter } from './limit.ts';
import { OPERATIONS } from './operations/index.ts';
import type { Operation } from './operations/operation.ts';
import { once } from './once.ts';
import type { Profile } from './profile.ts';
import { requireSafeEndpoint, type ServiceName } from './service-settings.ts';
import type { TokenMaker } from './token-maker.ts';

/** Runs one AWS call: its turn among the others of the service, and its failure in words. */
export type Call = <T>(action: AwsAction, run: () => Promise<T>) => Promise<T>;

/**
 * The services of one profile in one region. Code and clients are loaded when first asked for.
 * All failures are {@link AwsFault}s.
 */
export interface ScopeServices {
  /** Makes tokens with the credentials of the scope, or of a role that they assume; empty: none. */
  tokens(role: string): Promise<TokenMaker>;
  /** One of the door's calls, and how its requests are run; undefined where it has no such call. */
  operation<A extends AwsCall>(
    action: A,
  ): Promise<{ readonly run: Operation<A> | undefined; readonly call: Call }>;
  /** Ids of local clusters on Outposts, by name, as described: their tokens name them by these. */
  readonly localIds: Map<string, string>;
  /** New clients, which ask for credentials anew. */
  reopen(): void;
}

const CALLS_AT_ONCE = 5;

/** Makes the session of a scope. It asks nothing before one of its services is used. */
export function openScope(
  scope: AwsScope,
  profile: Profile,
  env: AwsEnv,
  files: AwsFiles,
  note?: NoteCall,
): ScopeServices {
  const limits = new Map<ServiceName, ReturnType<typeof limiter>>();
  let clients = createClients();

  /** All calls of a service share its places. */
  function caller(service: ServiceName, endpoint: string): Call {
    const limit = limits.get(service) ?? limiter(CALLS_AT_ONCE);
    limits.set(service, limit);
    return async (action, run) => {
      const tell = note?.({ action, ...scope, endpoint });
      try {
        if (endpoint) requireSafeEndpoint(endpoint);
        const result = await limit(run);
        tell?.(null);
        return result;
      } catch (error) {
        tell?.(error);
        throw failed(error, action, endpoint);
      }
    };
  }

  function failed(error: unknown, action: string, endpoint: string): AwsFault {
    const fault = explain(error, { action, ...scope, endpoint });
    if (fault.kind === 'expired') {
      // Clients keep the credentials they were given: refused ones go, and the clients with them.
      profile.renew();
      clients = createClients();
    }
    return fault;
  }

  /** Loads a service once. `load` brings in its code, which the bundle keeps in a chunk of its own. */
  function service<Api>(
    name: ServiceName,
    load: (config: ClientConfig, call: Call) => Promise<Api>,
  ): () => Promise<Api> {
    return once(async () => {
      let endpoint = '';
      try {
        const settings = clientConfig(name, scope, env, files, await profile.agents());
        endpoint = settings.endpoint ?? '';
        const config: ClientConfig = { ...settings, credentials: profile.credentials };
        return await load(config, caller(name, endpoint));
      } catch (error) {
        throw failed(error, name, endpoint);
      }
    });
  }

  function createClients() {
    const byRole = new Map<string, () => Promise<TokenMaker>>();
    const tokens = (role: string) =>
      service('sts', async (config) => {
        const { tokenMaker } = await import('./token-maker.ts');
        const fail = (error: unknown) => failed(error, 'sts:AssumeRole', config.endpoint ?? '');
        if (!role) return tokenMaker(config, fail);
        const { roleProvider } = await import('./credentials.ts');
        const credentials = roleProvider(role, config.credentials, config);
        return tokenMaker({ ...config, credentials }, fail);
      });
    const operations = (name: ServiceName) =>
      service(name, async (config, call) => ({ table: await OPERATIONS[name](config), call }));
    return {
      operations: {
        aps: operations('aps'),
        autoscaling: operations('autoscaling'),
        cloudtrail: operations('cloudtrail'),
        cloudwatch: operations('cloudwatch'),
        ec2: operations('ec2'),
        eks: operations('eks'),
        elasticfilesystem: operations('elasticfilesystem'),
        elasticloadbalancing: operations('elasticloadbalancing'),
        fsx: operations('fsx'),
        iam: operations('iam'),
        logs: operations('logs'),
        pricing: operations('pricing'),
        ssm: operations('ssm'),
        route53: operations('route53'),
        s3: operations('s3'),
        sts: operations('sts'),
        'vpc-lattice': operations('vpc-lattice'),
        xray: operations('xray'),
      },
      tokens(role: string): Promise<TokenMaker> {
        const made = byRole.get(role) ?? tokens(role);
        byRole.set(role, made);
        return made();
      },
    };
  }

  return {
    tokens: (role) => clients.tokens(role),
    async operation<A extends AwsCall>(action: A) {
      const service = action.slice(0, action.indexOf(':')) as ServiceName;
      const { table, call } = await clients.operations[service]();
      return { run: (table as Readonly<Record<string, Operation<A>>>)[action], call };
    },
    localIds: new Map(),
    reopen() {
      clients = createClients();
    },
  };
}
