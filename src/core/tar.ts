/** Archives of files as streams, in the formats that tars of all kinds write. */
import type { Extract, Header, Pack } from 'tar-stream';
import { reasonOf } from './words.ts';

/** What an archive holds under a name. */
export interface TarEntry {
  /** As it stands there: whoever made the archive chose it. */
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Bytes of a file. */
  readonly size: number;
  /** Permission bits. */
  readonly mode: number;
  /** Where a link leads; else empty. */
  readonly target: string;
  /** To be read before the next entry is taken; what is not read is passed over. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

const KINDS: Readonly<Partial<Record<NonNullable<Header['type']>, TarEntry['kind']>>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'folder',
  symlink: 'link',
  link: 'link',
};

/** Loaded by the first copy: a start has no use for it. */
const tarStream = () => import('tar-stream');

/** Bytes between two files, at most: names that are too long for their place, blocks of zeros. */
const MOST_BETWEEN = 2 ** 22;

/**
 * The entries of an archive, as they come.
 * @throws Error where it is none, is cut short, or goes on without end and without another entry
 */
export async function* tarEntries(
  archive: AsyncIterable<Uint8Array>,
): AsyncGenerator<TarEntry, void> {
  const { extract } = await tarStream();
  const extraction = extract();
  const failure: { error: Error | null } = { error: null };
  /** How far it may be read before there has to be another entry (bytes from its beginning). */
  const bound = { at: 0, until: MOST_BETWEEN };
  const feeding = feed(archive, extraction, bound).catch((error: unknown) => {
    failure.error = asError(error);
    // An error, or whoever waits for the next entry is not told.
    extraction.destroy(failure.error);
  });
  // Why no more came says more than that more was expected.
  const cut = (error: unknown): Error =>
    failure.error ??
    new Error(`what came is no whole archive: ${reasonOf(error)}`, { cause: error });
  try {
    for await (const source of extraction) {
      const { name, size, mode, linkname, type } = source.header;
      bound.until = bound.at + size + MOST_BETWEEN;
      yield {
        ...{
          name,
          size,
          mode: mode & 0o777,
          bytes: bytesOf(source as AsyncIterable<Uint8Array>, cut),
        },
        kind: KINDS[type] ?? 'other',
        target: typeof linkname === 'string' ? linkname : '',
      };
      source.resume();
    }
  } catch (error) {
    throw cut(error);
  } finally {
    // Whoever sends may be silent: who leaves early does not wait for more.
    extraction.destroy(null);
  }
  await feeding;
  if (failure.error !== null) throw failure.error;
}

async function* bytesOf(
  source: AsyncIterable<Uint8Array>,
  cut: (error: unknown) => Error,
): AsyncGenerator<Uint8Array, void> {
  try {
    yield* source;
  } catch (error) {
    throw cut(error);
  }
}

async function feed(
  archive: AsyncIterable<Uint8Array>,
  extraction: Extract,
  bound: { at: number; readonly until: number },
): Promise<void> {
  for await (const bytes of archive) {
    if (extraction.destroyed) return;
    if (bound.at > bound.until) throw new Error('what came is no whole archive: it holds no files');
    bound.at += bytes.length;
    if (!extraction.write(bytes)) await drained(extraction);
  }
  extraction.end(null);
}

/** A file or folder that is to be put into an archive. */
export interface TarSource {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** Exactly as many bytes come. */
  readonly size: number;
  readonly mode: number;
  readonly bytes: () => AsyncIterable<Uint8Array>;
}

/** An archive of these, as it is made. */
export async function* tarArchive(
  sources: AsyncIterable<TarSource>,
): AsyncGenerator<Uint8Array, void> {
  const { pack } = await tarStream();
  const packing = pack();
  const failure: { error: Error | null } = { error: null };
  const filling = fill(packing, sources).catch((error: unknown) => {
    failure.error = asError(error);
    packing.destroy(failure.error);
  });
  try {
    for await (const bytes of packing as AsyncIterable<Uint8Array>) yield bytes;
  } catch (error) {
    throw failure.error ?? asError(error);
  } finally {
    packing.destroy(null);
  }
  await filling;
  if (failure.error !== null) throw failure.error;
}

async function fill(packing: Pack, sources: AsyncIterable<TarSource>): Promise<void> {
  for await (const { name, kind, size, mode, bytes } of sources) {
    const isFile = kind === 'file';
    const header = { name, mode, size: isFile ? size : 0, type: isFile ? 'file' : 'directory' };
    await new Promise<void>((resolve, reject) => {
      const sink = packing.entry(header as Header, (error) =>
        error == null ? resolve() : reject(error),
      );
      sink.on('error', reject);
      packing.on('close', resolve);
      if (isFile) copy(bytes(), sink).catch((error: unknown) => reject(asError(error)));
    });
    if (packing.destroyed) return;
  }
  packing.finalize();
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));

type Sink = ReturnType<Pack['entry']>;

async function copy(bytes: AsyncIterable<Uint8Array>, sink: Sink): Promise<void> {
  for await (const chunk of bytes) {
    if (sink.destroyed) return;
    if (!sink.write(chunk)) await drained(sink);
  }
  sink.end(null);
}

/** Resolves when more is taken, or none any more. */
const drained = (stream: Extract | Sink): Promise<void> =>
  new Promise((resolve) => {
    stream.once('drain', resolve);
    stream.once('close', resolve);
  });
