import type { LogResume } from '../core/log-resume.ts';
import type { StampedText } from '../core/log-time.ts';
import type { ClusterKey } from '../domain/cluster-key.ts';
import type { FoundColumn, FoundRow, KindRow } from '../domain/kinds.ts';
import type { KindRef, ObjectRef } from '../domain/ref.ts';
import type { KubeTableId, KubeTables } from '../domain/tables/index.ts';
import type { AccessRequest, PathRequest } from './access.ts';
import type { ClaimFill } from './claim-fill.ts';
import type { KubeError } from './kube-error.ts';
import type { Sink, Stop } from './sink.ts';

export type * from './access.ts';
export type * from './claim-fill.ts';
export type * from './kube-error.ts';

/** Any object as the API server sends it in JSON. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly creationTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly [key: string]: unknown;
}

/** An object that is to be: the server gives it what is missing. */
export interface NewObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: { readonly name?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What log lines to fetch of one container. */
export interface LogOptions {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The container before the last restart. */
  readonly previous: boolean;
  readonly follow: boolean;
  /** Start that many seconds ago; null: from the beginning. */
  readonly sinceSeconds: number | null;
  readonly tailLines: number | null;
  /** What was delivered of this container before: it is passed over, and what comes is added to it. */
  readonly resume: LogResume;
}

/** Where log lines go, in the order in which the container wrote them. */
export interface LogSink {
  /** None: the server sends, but no new line is complete. */
  lines(lines: readonly StampedText[]): void;
  /** The stream is cut and being opened again: why, in a sentence. Empty: it is open again. */
  cut(reason: string): void;
  /** The stream ended: `reason` empty when the container ended or follow was off. */
  end(reason: string): void;
}

/** What the API server answered about itself and about the connection. */
export interface ServerInfo {
  readonly version: string;
  readonly server: string;
  /** The user the server sees (SelfSubjectReview), empty where it does not tell. */
  readonly user: string;
  /** Whose credentials they are where another user is impersonated; else, or unknown, empty. */
  readonly realUser: string;
  /** Last measured round trip of a small request (ms). */
  readonly roundTrip: number;
}

/** Whether the server is to check a write only, changing nothing (its own dry run). */
export interface WriteOptions {
  readonly dryRun?: boolean;
}

/** How an object is deleted; left out: as the server does it for the kind. */
export interface DeleteOptions extends WriteOptions {
  /** What becomes of the objects that it owns; `Foreground`: they go first. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
  /** Time to end in (s); 0 takes a pod off the list without waiting for its node. */
  readonly graceSeconds?: number;
  /** Only the object of this uid, not another that has come under its name: else an error of 409. */
  readonly uid?: string;
}

/** A token of a service account. It is a credential: never shown, logged or kept. */
export interface ServiceAccountToken {
  readonly token: string;
  /** When it ends (ms since the epoch). */
  readonly expires: number;
}

/** Where the output of a process in a container goes, in order. Nothing is told after a stop. */
export interface ProcessSink {
  stdout(bytes: Uint8Array): void;
  /** With a terminal, everything is stdout. */
  stderr(bytes: Uint8Array): void;
  /**
   * It has ended. `code` is its exit code; null where it could not be started, or the connection
   * was lost and nobody knows: `reason` says why, in a sentence.
   */
  end(result: { readonly code: number | null; readonly reason: string }): void;
}

/** How to start a process, or join one. */
export interface ProcessOptions {
  readonly container: string;
  /** The program and its arguments, not parsed by any shell. */
  readonly command: readonly string[];
  /** Give it a terminal. */
  readonly tty: boolean;
  /** Whether anything is to be written to it. */
  readonly stdin: boolean;
}

/** A process that runs in a container. Once it has ended, what is asked of it does nothing. */
export interface RemoteProcess {
  write(bytes: Uint8Array): void;
  /** Resolves when all that was written has left us, or nobody takes it any more. */
  written(): Promise<void>;
  /** Holds up its output (what is under way still comes), and lets it come again. */
  hold(): void;
  go(): void;
  /** The size of our terminal, in cells. */
  resize(columns: number, rows: number): void;
  /** No more input comes; servers before 1.30 cannot be told, their processes read on. */
  closeInput(): void;
  /** Leaves it. What was started without a terminal may run on. */
  stop(): void;
}

/** How a forwarded port is doing. */
export interface PortForwardState {
  /** The port of this machine; 0: it listens no more, it was stopped or the connection is closed. */
  readonly port: number;
  /** Connections through it: open now, and all since it began. */
  readonly open: number;
  readonly total: number;
  /** Why the last connection was not made or was cut; null where it went well. */
  readonly problem: KubeError | null;
}

/** Where the rows of a kind go that the server prints. */
export interface FoundSink extends Sink<FoundRow> {
  /** What the cells of the rows are, before the first of them; told again when that changes. */
  columns(columns: readonly FoundColumn[]): void;
}

/** Why what is read may come from somebody else than the server. */
export interface Insecure {
  /** In a few words. */
  readonly what: 'TLS not verified' | 'no TLS';
  /** What makes it so, in a clause. */
  readonly why: string;
}

/**
 * All that the program asks of one Kubernetes API server. Reads follow by watch; writes never
 * touch the store: the watch brings their effect back. A rejected promise carries a
 * {@link KubeError}-shaped error: `message` says what failed and why, in one sentence.
 */
export interface KubePort {
  /**
   * What to add to our time (ms) to have the server's, by the Date headers of its answers, to
   * about a second; it moves in steps of more than a second. Null before the first answer.
   */
  readonly clockOffset: number | null;
  /** Null where the server's certificate is verified, or it is reached on this machine. */
  readonly insecure: Insecure | null;
  /** Follows a table into `sink` until stopped: list, watch, resume, relist, back off, forever. */
  watch<T extends KubeTableId>(
    table: T,
    scope: { readonly namespace: string },
    sink: Sink<KubeTables[T]>,
  ): Stop;
  /**
   * Follows what kinds the server offers and lists, until stopped: asked anew when a definition of
   * kinds comes, changes or goes. Where a group does not answer, the status says so, and its kinds
   * stay as they were last known.
   */
  followKinds(sink: Sink<KindRow>): Stop;
  /**
   * Follows a kind as the server prints it, as {@link watch} follows a table. One that cannot be
   * watched is asked for now and then.
   */
  watchKind(kind: KindRef, scope: { readonly namespace: string }, sink: FoundSink): Stop;
  /** Rows of these namespaces are on the screen: what is polled is asked for them more often. */
  look(namespaces: readonly string[]): void;
  /** How full the claims' volumes on a node are, by its kubelet: takes the right to get nodes/proxy. */
  volumeStats(node: ObjectRef, signal?: AbortSignal): Promise<readonly ClaimFill[]>;
  /** Ask the source to try again now (user pressed refresh, credentials were renewed). */
  retryNow(): void;
  info(signal?: AbortSignal): Promise<ServerInfo>;
  get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject>;
  /** Where the server keeps objects of a kind, as they name it themselves; null: it has no such kind. */
  kindOf(
    kind: { readonly cluster: ClusterKey; readonly apiVersion: string; readonly kind: string },
    signal?: AbortSignal,
  ): Promise<KindRef | null>;
  /** Objects of one kind by selectors, e.g. the events of one object. */
  list(
    ref: Omit<ObjectRef, 'name'>,
    options: {
      readonly fieldSelector?: string;
      readonly labelSelector?: string;
      readonly limit?: number;
    },
    signal?: AbortSignal,
  ): Promise<readonly KubeObject[]>;
  logs(options: LogOptions, sink: LogSink): Stop;
  can(
    request: AccessRequest | PathRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly allowed: boolean; readonly reason: string }>;
  /** Makes a new object; its name stands in it (or `generateName`). Unknown fields are refused. */
  create(
    ref: Omit<ObjectRef, 'name'>,
    object: NewObject,
    options?: WriteOptions,
  ): Promise<KubeObject>;
  /**
   * Replaces an object. With `metadata.resourceVersion` in it only if nobody changed it since: else
   * an error of 409. Unknown fields are refused.
   */
  replace(ref: ObjectRef, object: KubeObject, options?: WriteOptions): Promise<KubeObject>;
  /**
   * Server-side apply as `ekscope`: makes the object or takes over the fields that `object` has.
   * Fields of other managers with other values are an error of 409 with a cause for each, unless
   * `force` takes them over. Unknown fields are refused.
   */
  apply(
    ref: ObjectRef,
    object: NewObject,
    options?: WriteOptions & { readonly force?: boolean },
  ): Promise<KubeObject>;
  /**
   * Patches an object or its subresource. Preconditions go into it: a `resourceVersion` or `uid` in
   * the metadata (409 where they do not hold), or `test` operations of a JSON patch (422).
   */
  patch(
    ref: ObjectRef,
    patch: WriteOptions & {
      readonly type: 'merge' | 'json' | 'strategic';
      readonly body: unknown;
      readonly subresource?: string;
      /** People typed it: unknown fields are refused. */
      readonly strict?: boolean;
    },
  ): Promise<KubeObject>;
  /** Deletes an object: gives it as it lingers (finalizers, time to end), null where it is gone. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<KubeObject | null>;
  /**
   * Evicts a pod, which respects disruption budgets: one that forbids it now is an error of 429
   * that names it; asking again is the caller's.
   */
  evict(pod: ObjectRef, options?: Omit<DeleteOptions, 'propagation'>): Promise<void>;
  /**
   * A token for a service account, as its pods get them (TokenRequest).
   * @param options.seconds how long it is to last: 600 or more; the server may choose otherwise
   */
  token(
    serviceAccount: ObjectRef,
    options: { readonly audience: string; readonly seconds: number },
  ): Promise<ServiceAccountToken>;
  /** Starts a process in a container of a pod; rejects where the server refuses. */
  exec(pod: ObjectRef, options: ProcessOptions, sink: ProcessSink): Promise<RemoteProcess>;
  /** Joins the process that a container runs already. */
  attach(
    pod: ObjectRef,
    options: Omit<ProcessOptions, 'command'>,
    sink: ProcessSink,
  ): Promise<RemoteProcess>;
  /**
   * Forwards a port of this machine (127.0.0.1 only) to one of a pod, until stopped. Each
   * connection asks the server anew, so that it outlives what cuts them.
   * @param ports.local 0: any that is free
   * @param onState told when it listens, and after each change
   * @returns once it listens; rejects where the local port cannot be had
   */
  portForward(
    pod: ObjectRef,
    ports: { readonly local: number; readonly remote: number },
    onState: (state: PortForwardState) => void,
  ): Promise<Stop>;
  /** How each table is fetched (`protobuf, streaming list`), for `ekscope info`. */
  encodings(): Readonly<Partial<Record<KubeTableId, string>>>;
  close(): void;
}
