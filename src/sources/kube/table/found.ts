import { isEqual } from '../../../core/equal.ts';
import type { FoundColumn } from '../../../domain/kinds.ts';
import type { KindRef } from '../../../domain/ref.ts';
import type { FoundSink } from '../../../ports/kube.ts';
import type { FollowContext, Running } from '../following.ts';
import { poll, type Rhythm } from '../polled.ts';
import { reflectWherePermitted } from '../scoped.ts';
import { Printed } from './printed.ts';

/** What cannot be watched changes seldom, or is of interest for a moment. */
const CALM: Rhythm = {
  interval: 30_000,
  tooOld: Infinity,
  waits: false,
  inParts: false,
  absent: null,
};

/**
 * Follows a kind as the server prints it: by watch, or where it has none by asking now and then.
 * @param fallback namespaces to follow where the whole cluster is refused
 */
export function followPrinted(
  context: FollowContext,
  { kind, namespace }: { readonly kind: KindRef; readonly namespace: string },
  sink: FoundSink,
  fallback: readonly string[],
): Running {
  let known: readonly FoundColumn[] | null = null;
  // Each namespace that is followed by itself is told of them.
  const tell = (columns: readonly FoundColumn[]): void => {
    if (isEqual(known, columns)) return;
    known = columns;
    sink.columns(columns);
  };
  const followed = {
    kind,
    namespace: kind.namespaced ? namespace : '',
    form: () => new Printed(kind, tell),
    sink,
    encoding: () => undefined,
  };
  let polling: Running | null = null;
  const unwatchable = (): void => {
    watching.stop();
    polling ??= poll(context, { ...followed, rhythm: CALM, fallback });
  };
  const watching = reflectWherePermitted(context, { ...followed, unwatchable }, fallback);
  return {
    stop: () => (polling ?? watching).stop(),
    retryNow: () => (polling ?? watching).retryNow(),
  };
}
