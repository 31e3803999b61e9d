import type { LogResume } from '../core/log-resume.ts';
import type { StampedText } from '../core/log-time.ts';
import type { ObjectRef } from '../domain/ref.ts';
import type { KubeTableId, KubeTables } from '../domain/tables.ts';
import type { Sink, Stop } from './sink.ts';

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

/** One access question, as SelfSubjectAccessReview puts it. */
export interface AccessRequest {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly namespace: string;
  readonly name?: string;
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
  /** Ask the source to try again now (user pressed refresh, credentials were renewed). */
  retryNow(): void;
  info(signal?: AbortSignal): Promise<ServerInfo>;
  get(ref: ObjectRef, signal?: AbortSignal): Promise<KubeObject>;
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
    request: AccessRequest,
    signal?: AbortSignal,
  ): Promise<{ readonly allowed: boolean; readonly reason: string }>;
  /** Patches an object or its subresource; with `dryRun` the server checks it and changes nothing. */
  patch(
    ref: ObjectRef,
    patch: {
      readonly type: 'merge' | 'json' | 'strategic';
      readonly body: unknown;
      readonly subresource?: string;
      readonly dryRun?: boolean;
    },
  ): Promise<KubeObject>;
  /** How each table is fetched (`protobuf, streaming list`), for `ekscope info`. */
  encodings(): Readonly<Partial<Record<KubeTableId, string>>>;
  close(): void;
}

/** What a failed request says. `code` is the HTTP status, 0 where there was no answer. */
export interface KubeError extends Error {
  readonly code: number;
  readonly hint: string;
}
