import type { Clock } from '../../core/clock.ts';
import type { KindRef } from '../../domain/ref.ts';
import type { Sink, Stop } from '../../ports/sink.ts';
import type { Capabilities } from './capabilities.ts';
import type { FirstLists } from './first-lists.ts';
import type { Link } from './link.ts';
import type { Liveness } from './liveness.ts';
import type { Representation } from './representation.ts';
import type { Transport } from './transport.ts';

/** What whoever follows a kind works with. */
export interface FollowContext {
  readonly transport: Transport;
  readonly liveness: Liveness;
  readonly firstLists: FirstLists;
  readonly link: Link;
  readonly capabilities: Capabilities;
  readonly clock: Clock;
  readonly random: () => number;
  /** Namespaces of which rows are on the screen, the topmost first. */
  readonly looked: () => readonly string[];
}

/** Which rows are followed, and where they go. */
export interface Followed<Row> {
  readonly kind: KindRef;
  /** Empty: all namespaces. */
  readonly namespace: string;
  /** Makes the form in which one loop asks for them. */
  readonly form: () => Representation<Row>;
  readonly sink: Sink<Row>;
  /** Told how the rows come, e.g. `protobuf, streaming list`. */
  encoding(how: string): void;
  /** Told where the kind can only be listed; absent: that is a failure as any other. */
  unwatchable?(): void;
}

/** A running source of rows. */
export interface Running {
  readonly stop: Stop;
  /** Try again now if it waits. */
  retryNow(): void;
}
