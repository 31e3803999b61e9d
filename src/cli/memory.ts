/**
 * What is remembered of clusters, on disk: a file for each, so that two programs at once never write
 * each other's.
 */
import { createHash } from 'node:crypto';
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { readOwn, replaceFile } from '../config/private-files.ts';
import { namespaceName } from '../config/schema.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Memory } from '../ports/memory.ts';

/** Clusters that are remembered; the one left longest ago is forgotten first. */
const MOST = 100;
/** Files that are looked at; there are more only where something went wrong. */
const LOOKED_AT = 2 * MOST;
/** A file of ours is far smaller (bytes). */
const LARGEST = 65_536;
/** What is kept is written after this time (ms), so that going through panes writes once. */
const CALM = 1000;
const FILE = /^[0-9a-f]{32}\.json$/;

/** Lists that are remembered of a cluster, and how long a filter is that is (UTF-16 units). */
const MOST_LISTS = 40;
const LONGEST_FILTER = 200;
const paneId = z.string().max(100);
const filter = z.string().max(LONGEST_FILTER);
const list = z.object({
  filter,
  problemsOnly: z.boolean(),
  sort: z.object({ column: paneId, descending: z.boolean() }),
});
const bookmark = z.object({ pane: paneId, namespace: z.literal('').or(namespaceName), filter });

const entry = z.object({
  version: z.literal(1),
  cluster: z.string().max(2000),
  /** When it was written (ms). */
  at: z.number(),
  pane: z.string().max(100),
  namespace: z.literal('').or(namespaceName),
  favorites: z.array(z.literal('').or(namespaceName)).max(9),
  lists: z.record(paneId, list).optional(),
  bookmarks: z.record(z.string().regex(/^[1-9]$/), bookmark).optional(),
});
type Entry = z.output<typeof entry>;

export interface MemoryFiles extends Memory {
  /** What was remembered and could not be used, in a sentence; empty: nothing. */
  readonly trouble: string;
  /** Writes what waits. */
  close(): Promise<void>;
}

/** Reads what is remembered. Never fails: what cannot be read is forgotten, with a word. */
export async function openMemory(folder: string, clock: Clock, log?: Log): Promise<MemoryFiles> {
  const { entries, trouble } = await readAll(folder);
  const waiting = new Map<string, () => void>();
  const writing = new Set<Promise<void>>();

  const write = (cluster: string): void => {
    waiting.get(cluster)?.();
    waiting.delete(cluster);
    const what = entries.get(cluster);
    if (what === undefined) return;
    const done: Promise<void> = replaceFile(pathOf(folder, cluster), `${JSON.stringify(what)}\n`)
      .catch((error: unknown) => log?.('warn', 'not remembered', { error }))
      .finally(() => writing.delete(done));
    writing.add(done);
  };

  return {
    trouble,
    recall: (cluster) => entries.get(cluster) ?? null,
    keep(cluster, { pane, namespace, favorites, lists, bookmarks }) {
      const what = { version: 1, cluster, at: clock.now(), pane, namespace } as const;
      entries.set(cluster, {
        ...what,
        favorites: favorites.slice(0, 9),
        ...(lists && { lists: few(lists) }),
        ...(bookmarks && { bookmarks: withShortFilters(bookmarks) }),
      });
      waiting.get(cluster)?.();
      waiting.set(
        cluster,
        clock.after(CALM, () => write(cluster)),
      );
    },
    async close() {
      for (const cluster of [...waiting.keys()]) write(cluster);
      await Promise.all(writing);
    },
  };
}

/** The last ones, of which none is longer than what is read again. */
const few = <T extends { readonly filter: string }>(lists: Readonly<Record<string, T>>) =>
  withShortFilters(Object.fromEntries(Object.entries(lists).slice(-MOST_LISTS)));

function withShortFilters<T extends { readonly filter: string }>(
  all: Readonly<Record<string, T>>,
): Record<string, T> {
  const isShort = ([, { filter: text }]: [string, T]): boolean => text.length <= LONGEST_FILTER;
  return Object.fromEntries(Object.entries(all).filter(isShort));
}

const nameOf = (cluster: string): string =>
  `${createHash('sha256').update(cluster).digest('hex').slice(0, 32)}.json`;

const pathOf = (folder: string, cluster: string): string => join(folder, nameOf(cluster));

async function readAll(
  folder: string,
): Promise<{ readonly entries: Map<string, Entry>; readonly trouble: string }> {
  const names = await listed(folder);
  const found = await Promise.all(names.map((name) => readEntry(folder, name)));
  const good = found.flatMap((one) => ('entry' in one ? [one.entry] : []));
  const bad = found.flatMap((one) => ('reason' in one ? [one.reason] : []));
  good.sort((a, b) => b.at - a.at);
  const stale = good.slice(MOST).map(({ cluster }) => unlink(pathOf(folder, cluster)));
  await Promise.allSettled(stale);
  return {
    entries: new Map(good.slice(0, MOST).map((one) => [one.cluster, one])),
    trouble: bad.length === 0 ? '' : troubleOf(bad),
  };
}

const troubleOf = ([first = '', ...more]: readonly string[]): string =>
  `where you left off is not known${more.length === 0 ? '' : ` for ${more.length + 1} clusters`}: ${first}`;

async function listed(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => FILE.test(name)).slice(0, LOOKED_AT);
  } catch {
    // It is made when something is to be kept.
    return [];
  }
}

type Read = { readonly entry: Entry } | { readonly reason: string };

async function readEntry(folder: string, name: string): Promise<Read> {
  const path = join(folder, name);
  try {
    const data: unknown = JSON.parse((await readOwn(path, LARGEST)) ?? 'null');
    const result = entry.safeParse(data);
    if (result.success && nameOf(result.data.cluster) === name) return { entry: result.data };
    return { reason: `${path} is not what this version writes` };
  } catch (error) {
    const broken = error instanceof SyntaxError;
    return { reason: broken ? `${path} is damaged` : (error as Error).message };
  }
}
