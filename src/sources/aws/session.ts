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
import type { AutoScalingApi } from './services/autoscaling.ts';
import type { Ec2Api } from './services/ec2.ts';
import type { EksApi } from './services/eks.ts';
import type { StsApi } from './services/sts.ts';

/** Runs one AWS call: its turn among the others of the service, and its failure in words. */
export type Call = <T>(action: AwsAction, run: () => Promise<T>) => Promise<T>;

/**
 * The services of one profile in one region. Code and clients are loaded when first asked for.
 * All failures are {@link AwsFault}s.
 */
export interface Session {
  eks(): Promise<EksApi>;
  ec2(): Promise<Ec2Api>;
  autoscaling(): Promise<AutoScalingApi>;
  /** With the credentials of the scope, or of a role that they assume. */
  sts(role?: string): Promise<StsApi>;
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
export function createSession(
  scope: AwsScope,
  profile: Profile,
  env: AwsEnv,
  files: AwsFiles,
  note?: NoteCall,
): Session {
  const limits = new Map<ServiceName, ReturnType<typeof limiter>>();
  let clients = createClients();

  /** Pollers and the door share the places of a service. */
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
        const settings = clientConfig(name, scope, env, files, await profile.transport());
        endpoint = settings.endpoint ?? '';
        const config: ClientConfig = { ...settings, credentials: profile.credentials };
        return await load(config, caller(name, endpoint));
      } catch (error) {
        throw failed(error, name, endpoint);
      }
    });
  }

  function createClients() {
    const byRole = new Map<string, () => Promise<StsApi>>();
    const sts = (role: string) =>
      service('sts', async (config, call) => {
        const { stsApi } = await import('./services/sts.ts');
        const fail = (error: unknown, action: string) =>
          failed(error, action, config.endpoint ?? '');
        if (!role) return stsApi(config, call, fail);
        const { roleProvider } = await import('./credentials.ts');
        const credentials = roleProvider(role, config.credentials, config);
        return stsApi({ ...config, credentials }, call, fail);
      });
    const operations = (name: ServiceName) =>
      service(name, async (config, call) => ({ table: await OPERATIONS[name](config), call }));
    return {
      operations: {
        autoscaling: operations('autoscaling'),
        ec2: operations('ec2'),
        eks: operations('eks'),
        iam: operations('iam'),
        sts: operations('sts'),
      },
      eks: service('eks', async (config, call) =>
        (await import('./services/eks.ts')).eksApi(config, call),
      ),
      ec2: service('ec2', async (config, call) =>
        (await import('./services/ec2.ts')).ec2Api(config, call),
      ),
      autoscaling: service('autoscaling', async (config, call) =>
        (await import('./services/autoscaling.ts')).autoScalingApi(config, call),
      ),
      sts(role: string): Promise<StsApi> {
        const made = byRole.get(role) ?? sts(role);
        byRole.set(role, made);
        return made();
      },
    };
  }

  return {
    eks: () => clients.eks(),
    ec2: () => clients.ec2(),
    autoscaling: () => clients.autoscaling(),
    sts: (role = '') => clients.sts(role),
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
