import type { KindRow } from '../../domain/kinds.ts';
import type { KindRef } from '../../domain/ref.ts';
import type { ObjectRow } from '../../domain/rows.ts';
import {
  decoderOf,
  KUBE_TABLES,
  type KubeTableId,
  type KubeTables,
} from '../../domain/tables/index.ts';
import type {
  FoundSink,
  Insecure,
  KubePort,
  LogOptions,
  LogSink,
  RemoteProcess,
  ServerInfo,
} from '../../ports/kube.ts';
import type { Log } from '../../ports/log.ts';
import type { Sink, Stop } from '../../ports/sink.ts';
import { AccessReviews } from './access.ts';
import { Capabilities } from './capabilities.ts';
import { Link } from './link.ts';
import { ApiServer, type ApiServerOptions, type KubeTarget } from './api-server.ts';
import { followKinds } from './discovery/follow-kinds.ts';
import { RequestError } from './errors.ts';
import { Liveness } from './liveness.ts';
import { streamLogs } from './logs.ts';
import { evictPod } from './evict.ts';
import { kindOf } from './kinds.ts';
import { FirstLists } from './first-lists.ts';
import { getObject, listObjects } from './objects.ts';
import type { FollowContext, Followed, Running } from './following.ts';
import { poll, USAGE } from './polled.ts';
import { forwardPort } from './port-forward.ts';
import { attachProcess, execProcess } from './processes.ts';
import { asJson, asProtobuf } from './representation.ts';
import { reflectWherePermitted } from './scoped.ts';
import { ServerQuestions } from './server-info.ts';
import { serviceAccountToken } from './service-account-token.ts';
import { followPrinted } from './table/found.ts';
import { Transport } from './transport.ts';
import { volumeStats } from './volume-stats.ts';
import { applyObject, createObject, deleteObject, patchObject, replaceObject } from './writes.ts';

/** Options of {@link createKubePort}. */
export interface KubePortOptions extends ApiServerOptions {
  readonly target: KubeTarget;
  /** Whether to refuse, at the transport, what is not known to be a read: asked each time. */
  readonly readonly: () => boolean;
  /** The program's version, for the User-Agent. */
  readonly version: string;
  /** Namespaces watched where the whole cluster is refused, besides the context's own. */
  readonly fallbackNamespaces: readonly string[];
  /** How long (ms) the head of an answer may take; 30 s by default. */
  readonly requestTimeout?: number;
  /** The program's own log; absent: none is written. */
  readonly log?: Log | undefined;
  /** For how long (ms) the event loop has had nothing to do; measured where it is absent. */
  readonly idle?: () => number;
  /** Random numbers in [0, 1), for jitter. */
  readonly random?: () => number;
}

/** A probe of whether the server is there takes at most this long (ms). */
const PROBE_TIMEOUT = 8_000;

/**
 * Opens the way to one API server; nothing is sent before something is asked.
 * @throws KubeconfigError where the context does not exist or is incomplete
 * @throws RequestError where the server's address is no URL
 */
export function createKubePort(options: KubePortOptions): KubePort {
  return new Port(options);
}

class Port implements KubePort {
  readonly insecure: Insecure | null;
  readonly #context: FollowContext;
  readonly #transport: Transport;
  readonly #access: AccessReviews;
  readonly #questions: ServerQuestions;
  readonly #fallback: readonly string[];
  readonly #running = new Set<Running>();
  /** Ends what else goes on: logs and forwarded ports. */
  readonly #streams = new Set<Stop>();
  #looked: readonly string[] = [];
  readonly #encodings: Partial<Record<KubeTableId, string>> = {};

  constructor(options: KubePortOptions) {
    const { clock, version, readonly, requestTimeout = 30_000, random = Math.random } = options;
    const api = new ApiServer(options.target, options);
    const transport = new Transport(api, {
      clock,
      version,
      readonly,
      timeout: requestTimeout,
      log: options.log,
    });
    this.insecure = api.insecure;
    this.#transport = transport;
    this.#access = new AccessReviews(transport, clock);
    this.#questions = new ServerQuestions(transport);
    this.#fallback = [...new Set([api.namespace, ...options.fallbackNamespaces].filter(Boolean))];
    this.#context = {
      transport,
      clock,
      random,
      looked: () => this.#looked,
      liveness: new Liveness(clock, () =>
        this.#questions.version({ pool: 'fresh', timeout: PROBE_TIMEOUT }),
      ),
      firstLists: new FirstLists(),
      capabilities: new Capabilities(),
      link: new Link(options.idle),
    };
  }

  watch<T extends KubeTableId>(
    table: T,
    scope: { readonly namespace: string },
    sink: Sink<KubeTables[T]>,
  ): Stop {
    return this.#run(this.#start(table, scope.namespace, sink));
  }

  followKinds(sink: Sink<KindRow>): Stop {
    return this.#run(followKinds(this.#context, sink));
  }

  look(namespaces: readonly string[]): void {
    this.#looked = namespaces;
  }

  watchKind(kind: KindRef, { namespace }: { readonly namespace: string }, sink: FoundSink): Stop {
    return this.#run(followPrinted(this.#context, { kind, namespace }, sink, this.#fallback));
  }

  #run(running: Running): Stop {
    this.#running.add(running);
    return () => {
      if (this.#running.delete(running)) running.stop();
    };
  }

  #start<T extends KubeTableId>(table: T, namespace: string, sink: Sink<KubeTables[T]>): Running {
    const { kind, source: from } = KUBE_TABLES[table];
    const decoder = decoderOf(table);
    const encoding = (how: string): void => {
      this.#encodings[table] = how;
    };
    const source = { kind, namespace: kind.namespaced ? namespace : '', sink, encoding };
    if (from === 'metrics') {
      const polled = { ...source, form: () => asJson(decoder), rhythm: USAGE };
      return poll(this.#context, { ...polled, fallback: this.#fallback });
    }
    const followed = { ...source, form: () => asProtobuf(decoder) };
    // The cast: a table's id decides its row type, which the compiler cannot follow.
    return reflectWherePermitted(
      this.#context,
      followed as unknown as Followed<ObjectRow>,
      this.#fallback,
    );
  }

  retryNow(): void {
    this.#transport.forgetCredentials();
    for (const running of this.#running) running.retryNow();
  }

  async info(signal?: AbortSignal): Promise<ServerInfo> {
    const { liveness } = this.#context;
    try {
      const info = await this.#questions.info(signal);
      liveness.recovered();
      return info;
    } catch (error) {
      if (error instanceof RequestError && error.code === 0) liveness.suspect();
      throw error;
    }
  }

  get(...[ref, signal]: Parameters<KubePort['get']>): ReturnType<KubePort['get']> {
    return getObject(this.#transport, ref, signal);
  }

  volumeStats(
    ...[node, signal]: Parameters<KubePort['volumeStats']>
  ): ReturnType<KubePort['volumeStats']> {
    return volumeStats(this.#transport, node.name, signal);
  }

  kindOf(...[kind, signal]: Parameters<KubePort['kindOf']>): ReturnType<KubePort['kindOf']> {
    return kindOf(this.#transport, kind, signal);
  }

  list(...[ref, options, signal]: Parameters<KubePort['list']>): ReturnType<KubePort['list']> {
    return listObjects(this.#transport, ref, options, signal);
  }

  create(
    ...[ref, object, options]: Parameters<KubePort['create']>
  ): ReturnType<KubePort['create']> {
    return createObject(this.#transport, ref, object, options);
  }

  replace(
    ...[ref, object, options]: Parameters<KubePort['replace']>
  ): ReturnType<KubePort['replace']> {
    return replaceObject(this.#transport, ref, object, options);
  }

  apply(...[ref, object, options]: Parameters<KubePort['apply']>): ReturnType<KubePort['apply']> {
    return applyObject(this.#transport, ref, object, options);
  }

  patch(...[ref, patch]: Parameters<KubePort['patch']>): ReturnType<KubePort['patch']> {
    return patchObject(this.#transport, ref, patch);
  }

  delete(...[ref, options]: Parameters<KubePort['delete']>): ReturnType<KubePort['delete']> {
    return deleteObject(this.#transport, ref, options);
  }

  evict(...[pod, options]: Parameters<KubePort['evict']>): ReturnType<KubePort['evict']> {
    return evictPod(this.#transport, pod, options);
  }

  token(...[account, options]: Parameters<KubePort['token']>): ReturnType<KubePort['token']> {
    return serviceAccountToken(this.#transport, account, options);
  }

  can(...[request, signal]: Parameters<KubePort['can']>): ReturnType<KubePort['can']> {
    return this.#access.can(request, signal);
  }

  logs(options: LogOptions, sink: LogSink): Stop {
    return this.#kept(streamLogs(this.#context, options, sink));
  }

  exec(...[pod, options, sink]: Parameters<KubePort['exec']>): Promise<RemoteProcess> {
    return execProcess(this.#transport, pod, options, sink);
  }

  attach(...[pod, options, sink]: Parameters<KubePort['attach']>): Promise<RemoteProcess> {
    return attachProcess(this.#transport, pod, options, sink);
  }

  async portForward(...[pod, ports, onState]: Parameters<KubePort['portForward']>): Promise<Stop> {
    const { clock } = this.#context;
    return this.#kept(await forwardPort(this.#transport, clock, pod, ports, onState));
  }

  /** Remembers how something is ended, until it is. */
  #kept(stop: Stop): Stop {
    this.#streams.add(stop);
    return () => {
      if (this.#streams.delete(stop)) stop();
    };
  }

  get clockOffset(): number | null {
    return this.#transport.clockOffset;
  }

  encodings(): Readonly<Partial<Record<KubeTableId, string>>> {
    return this.#encodings;
  }

  close(): void {
    for (const running of this.#running) running.stop();
    for (const stop of this.#streams) stop();
    this.#running.clear();
    this.#streams.clear();
    this.#transport.close();
  }
}
