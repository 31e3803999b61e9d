/** tar in a container, which is how files come out of it and go into it, as kubectl has it. */
import { posix } from 'node:path';
import { ByteQueue } from '../../core/byte-queue.ts';
import { tarEntries, type TarEntry } from '../../core/tar.ts';
import { sanitize } from '../../core/text.ts';
import type { ObjectRef } from '../../domain/ref.ts';
import type { KubePort, ProcessSink, RemoteProcess } from '../../ports/kube.ts';

/** A container that runs. */
export interface Container {
  readonly pod: ObjectRef;
  readonly container: string;
}

/** How a tar ended; `code` is null where nobody knows. */
type End = Parameters<ProcessSink['end']>[0];

/** A tar that runs. */
export interface RemoteTar {
  /** What it writes; it ends with the tar, and with an error where that went wrong. */
  readonly output: ByteQueue;
  readonly process: RemoteProcess;
  /** Resolves once it has ended well. @throws with what it says */
  readonly ended: Promise<void>;
  /** Leaves it: what it was at stays as it is. */
  readonly stop: (reason: string) => void;
}

/** Of what a tar complains (bytes) so much is kept: the last. */
const MOST_WORDS = 2000;

/** Starts a tar. Rejects with a sentence. */
export async function startTar(
  { pod, container }: Container,
  args: readonly string[],
  stdin: boolean,
  kube: KubePort,
): Promise<RemoteTar> {
  let process: RemoteProcess | null = null;
  const early = { held: false };
  let words = '';
  let settle: (end: End) => void = () => undefined;
  const end = new Promise<End>((resolve) => (settle = resolve));
  const output = new ByteQueue({
    hold: () => {
      early.held = true;
      process?.hold();
    },
    go: () => process?.go(),
    leave: () => process?.stop(),
  });
  const stop = (reason: string): void => {
    process?.stop();
    settle({ code: null, reason });
    output.end(new Error(reason));
  };
  const sink: ProcessSink = {
    stdout: (bytes) => output.push(bytes),
    stderr: (bytes) => {
      words = `${words}${Buffer.from(bytes).toString()}`.slice(-MOST_WORDS);
    },
    end: (result) => {
      settle(result);
      const reason = complaint(result, words);
      output.end(reason === '' ? null : new Error(reason));
    },
  };
  const options = { container, command: ['tar', ...args], tty: false, stdin };
  process = await kube.exec(pod, options, sink).catch((error: unknown) => {
    throw lacksTar((error as Error).message) ? new Error(NO_TAR, { cause: error }) : error;
  });
  if (early.held) process.hold();
  const ended = end.then((result) => {
    const reason = complaint(result, words);
    if (reason !== '') throw new Error(reason);
  });
  // Whoever reads the output may be told first.
  ended.catch(() => undefined);
  return { output, process, ended, stop };
}

const NO_TAR =
  'the container has no tar, which copying needs: kubectl debug brings a container that has';

const lacksTar = (text: string): boolean =>
  /executable file not found|exec: "tar"|no such file or directory: unknown/.test(text);

/** Why a tar ended badly, in its own words; empty where it did not. */
function complaint({ code, reason }: End, words: string): string {
  if (code === 0) return '';
  if (code === 127 || code === 126 || lacksTar(reason)) return NO_TAR;
  const said = words
    .split('\n')
    // What GNU tar always says of absolute names.
    .filter((line) => line.trim() !== '' && !/Removing leading|from member names/.test(line))
    .map((line) => sanitize(line.trim()));
  if (code === null) return [reason, ...said].join('; ');
  return said.length > 0 ? said.slice(0, 3).join('; ') : `tar ended with exit code ${code}`;
}

/** What there is under a path in a container. */
export interface RemoteFile extends Pick<TarEntry, 'kind' | 'size' | 'target'> {
  /** As an absolute path. */
  readonly path: string;
}

/**
 * What there is under an absolute path; null where there is nothing. Only the head of what tar
 * would send is read.
 * @throws where that cannot be known
 */
export async function lookAt(
  container: Container,
  path: string,
  kube: KubePort,
): Promise<RemoteFile | null> {
  const tar = await startTar(container, ['cf', '-', path], false, kube);
  try {
    for await (const { kind, size, target, name } of tarEntries(tar.output)) {
      if (plainName(name) !== path.slice(1)) throw foreignName(name);
      return { path, kind, size, target };
    }
    await tar.ended;
    return null;
  } catch (error) {
    if (/No such file or directory|Cannot stat/i.test((error as Error).message)) return null;
    throw error;
  } finally {
    tar.stop('left');
  }
}

/** A name in an archive without what tars put around it: `./`, `/`. */
export const plainName = (name: string): string =>
  name.replace(/^(\.?\/+)+/, '').replace(/\/+$/, '');

/** Of names that nobody asked for so much is told (characters). */
const LONGEST_NAME = 200;

/** An archive that holds something else than what was asked for was tampered with. */
export const foreignName = (name: string): Error =>
  new Error(
    `the container sends "${sanitize(name.slice(0, LONGEST_NAME))}", which was not asked for: nothing of it is kept`,
  );

/** Why a path in a container cannot be meant; empty where it can. */
export function remoteProblem(path: string): string {
  if (path === '') return 'a path in the container';
  if (!path.startsWith('/')) return 'an absolute path: /app/config.yaml';
  if (/[\p{Cc}\p{Cs}]/u.test(path)) return 'no line breaks or control characters';
  return remotePath(path) === '/' ? 'something below /' : '';
}

/** A path in a container, without `.`, `..` and doubled slashes. */
export const remotePath = (path: string): string => {
  const normal = posix.normalize(path);
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
};
