import type { KindRef } from '../../domain/ref.ts';
import { collectionPath, doing } from './paths.ts';
import { JSON_TYPE, type Representation } from './representation.ts';

/**
 * How long (s) the server is asked to keep a watch open: from the first to the second. On one that
 * has little to say it sends a bookmark shortly before the end, and the next is opened on the same
 * connection; so one that has gone dead shows within half a minute. It costs three requests a
 * minute for a quiet kind, one in five to ten minutes for a busy one.
 */
const QUIET = [20, 22] as const;
const BUSY = [300, 600] as const;

interface WatchOptions {
  /** The resourceVersion after which it goes on; null: it begins with the full list. */
  readonly from: string | null;
  /** For a kind that has little to say. */
  readonly short: boolean;
  /** In JSON, all else having been refused. */
  readonly plain: boolean;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** What is asked of the server for a watch of one kind; an empty namespace: of all. */
export function watchRequest(
  kind: KindRef,
  namespace: string,
  form: Pick<Representation<unknown>, 'accept' | 'query'>,
  { from, short, plain, random }: WatchOptions,
) {
  const [least, most] = short ? QUIET : BUSY;
  return {
    doing: doing('watch', kind.resource, namespace),
    path: collectionPath(kind, namespace),
    accept: plain ? JSON_TYPE : form.accept.watch,
    query: {
      ...form.query,
      watch: '1',
      allowWatchBookmarks: 'true',
      // Jittered, so that the watches of many clients do not end together.
      timeoutSeconds: String(Math.round(least + random() * (most - least))),
      ...(from === null
        ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
        : { resourceVersion: from }),
    } as Record<string, string>,
  };
}
