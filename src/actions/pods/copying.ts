/** Files on their way out of a container, and into it. */
import { posix } from 'node:path';
import { byteWords } from '../../core/bytes.ts';
import { tarArchive, tarEntries, type TarEntry, type TarSource } from '../../core/tar.ts';
import { reasonOf } from '../../core/words.ts';
import type { Landing, LocalEntry, LocalPlace } from '../../ports/local-files.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import {
  foreignName,
  lookAt,
  plainName,
  startTar,
  type Container,
  type RemoteFile,
} from './remote-tar.ts';

interface Copying {
  readonly at: Container;
  readonly ctx: ActionContext;
  readonly signal: AbortSignal;
  readonly report: (progress: Progress) => void;
}

/** Things under one folder, at most: an archive without end is left. */
const MOST_ENTRIES = 100_000;
/** How often it is said how far it is (ms). */
const TELL = 250;
/** Bytes that are sent at once, as kubectl does. */
const CHUNK = 2 ** 15;

/** Says how many bytes have come, now and then. */
function counter({ ctx, report }: Pick<Copying, 'ctx' | 'report'>, total: number | null) {
  let done = 0;
  let told = -Infinity;
  return {
    add: (bytes: number): void => {
      done += bytes;
      const now = ctx.now();
      if (now - told < TELL) return;
      told = now;
      const of = total === null ? '' : ` of ${byteWords(total)}`;
      report({ state: 'working', text: `${byteWords(done)}${of}` });
    },
    get done() {
      return done;
    },
  };
}

/** Copies a file or folder out of a container; what is not whole is not kept. */
export async function receiveCopy({
  at,
  found,
  place,
  ctx,
  signal,
  report,
}: Copying & { readonly found: RemoteFile; readonly place: LocalPlace }): Promise<void> {
  const tar = await startTar(at, ['cf', '-', found.path], false, ctx.kube);
  const stop = (): void => tar.stop('stopped: nothing of it is kept');
  signal.addEventListener('abort', stop, { once: true });
  // Starting took its time.
  if (signal.aborted) stop();
  const landing = await ctx.local.copies.receive(place);
  try {
    const count = counter({ ctx, report }, found.kind === 'file' ? found.size : null);
    const leftOut = await receiveAll(tarEntries(tar.output), { found, place, landing, count });
    await tar.ended;
    await landing.land();
    const skipped = leftOut === 0 ? '' : `; links and devices were left out (${leftOut})`;
    report({
      state: 'done',
      text: `copied ${found.path} to ${place.path}: ${byteWords(count.done)}${skipped}`,
    });
  } catch (error) {
    await landing.drop();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    tar.process.stop();
  }
}

interface Receiving {
  readonly found: RemoteFile;
  readonly place: LocalPlace;
  readonly landing: Landing;
  readonly count: ReturnType<typeof counter>;
}

/** @returns how many links and devices were left out */
async function receiveAll(entries: AsyncIterable<TarEntry>, to: Receiving): Promise<number> {
  let number = 0;
  let leftOut = 0;
  for await (const entry of entries) {
    if (++number > MOST_ENTRIES)
      throw new Error(`${to.found.path} holds more than ${MOST_ENTRIES} files: copy parts of it`);
    if (!(await receiveOne(entry, number === 1, to))) leftOut++;
  }
  if (number === 0) throw new Error(`${to.found.path} is not there any more`);
  return leftOut;
}

/** @returns whether it was taken, and not left out */
async function receiveOne(
  { name, kind, size, mode, bytes }: TarEntry,
  isFirst: boolean,
  { found, place, landing, count }: Receiving,
): Promise<boolean> {
  const names = namesBelow(found.path, name);
  const isTop = names.length === 0;
  // The first is what was asked for; of a file there is nothing else.
  if (isFirst !== isTop || (isTop && kind !== found.kind) || (!isTop && found.kind === 'file'))
    throw foreignName(name);
  if (kind === 'folder') {
    await landing.folder(names);
    return true;
  }
  if (kind !== 'file') return false;
  if (count.done + size > place.free)
    throw new Error(`there is more to copy than the disk has room for (${byteWords(place.free)})`);
  await landing.file(names, mode, counted(bytes, count));
  return true;
}

/** The names from the path that was asked for down to an entry. @throws where it is not below */
function namesBelow(path: string, name: string): readonly string[] {
  const top = path.slice(1);
  const plain = plainName(name);
  if (plain === top) return [];
  if (!plain.startsWith(`${top}/`)) throw foreignName(name);
  const names = plain.slice(top.length + 1).split('/');
  if (names.some((each) => each === '' || each === '.' || each === '..')) throw foreignName(name);
  return names;
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  count: ReturnType<typeof counter>,
): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes) {
    count.add(chunk.length);
    yield chunk;
  }
}

/** Copies a file or folder into a container, and looks whether all of it came. */
export async function sendCopy({
  at,
  entries,
  size,
  remote,
  ctx,
  signal,
  report,
}: Copying & {
  readonly entries: readonly LocalEntry[];
  readonly size: number;
  readonly remote: string;
}): Promise<void> {
  const partial = `what is under ${remote} in the container is not whole`;
  const folder = posix.dirname(remote);
  const tar = await startTar(at, ['-xmf', '-', '-C', folder], true, ctx.kube);
  const stop = (): void => tar.stop('stopped');
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const count = counter({ ctx, report }, size);
  const over = new AbortController();
  void tar.ended.catch(() => undefined).finally(() => over.abort());
  try {
    for await (const chunk of tarArchive(sourcesOf(entries, posix.basename(remote), count))) {
      for (let from = 0; from < chunk.length; from += CHUNK) {
        if (over.signal.aborted) break;
        tar.process.write(chunk.subarray(from, from + CHUNK));
        await Promise.race([tar.process.written(), tar.ended]);
      }
      if (over.signal.aborted) break;
    }
    tar.process.closeInput();
    await tar.ended;
  } catch (error) {
    throw new Error(`${reasonOf(error)}; ${partial}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', stop);
    tar.process.stop();
  }
  await arrived({ at, entries, remote, ctx }, partial);
  report({ state: 'done', text: `copied to ${remote}: ${byteWords(size)}` });
}

async function* sourcesOf(
  entries: readonly LocalEntry[],
  top: string,
  count: ReturnType<typeof counter>,
): AsyncGenerator<TarSource, void> {
  await Promise.resolve();
  for (const { names, kind, size, mode, bytes } of entries)
    yield {
      name: [top, ...names].join('/'),
      kind,
      size,
      mode,
      bytes: () => counted(bytes(), count),
    };
}

/** Of a file, whether there are as many bytes as were sent. */
async function arrived(
  {
    at,
    entries,
    remote,
    ctx,
  }: Pick<Copying, 'at' | 'ctx'> & {
    readonly entries: readonly LocalEntry[];
    readonly remote: string;
  },
  partial: string,
): Promise<void> {
  const [top] = entries;
  const there = await lookAt(at, remote, ctx.kube);
  if (there?.kind !== top?.kind || (top?.kind === 'file' && there?.size !== top.size))
    throw new Error(`not all of it came: ${partial}`);
}
