import type { LogTest } from '../core/log-verdict.ts';
import { spanSeconds } from '../core/duration.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import type { Since } from '../session/index.ts';
import { compilePattern } from '../ui/logs/index.ts';
import { numberFlag, UsageError, wordFlag, type Flags } from './args.ts';
import { getRequest, type GetRequest } from './get-request.ts';

/** How lines may be printed: folded as the pane does, as they were written, or as objects. */
const LOG_FORMATS = ['text', 'raw', 'json'] as const;

/** What `ekscope logs` was asked for, checked. */
export interface LogsRequest {
  /** Which rows. */
  readonly of: GetRequest;
  /** Only this container of each pod; null: all of them. */
  readonly container: string | null;
  readonly since: Since;
  /** So many lines of each container at most, the last; null: all. */
  readonly tail: number | null;
  readonly follows: boolean;
  /** Those of the run before the last restart. */
  readonly previous: boolean;
  /** All of which have to hold of a line. */
  readonly tests: readonly LogTest[];
  readonly format: (typeof LOG_FORMATS)[number];
}

/**
 * Checks the words of `logs`: `api-0` is a pod, `deployment/api` or `deployment api` another row;
 * with a selector a resource alone is all of its rows.
 * @throws UsageError saying what is wrong, and what was meant if that is near
 */
export function logsRequest(
  args: readonly string[],
  { output, ...flags }: Flags,
  resources: ResourceRegistry,
): LogsRequest {
  const of = getRequest(wordsOf(args, flags, resources), flags, resources, null);
  const { resource, name, selects } = of;
  if (resource.pods === undefined) throw new UsageError(`a ${resource.singular} has no logs`);
  if (name === '' && selects === null) {
    throw new UsageError(`logs takes the name of a ${resource.singular}, or --selector`);
  }
  const follows = flags.follow === true;
  const previous = flags.previous === true;
  if (follows && previous) throw new UsageError('what is over cannot be followed: --previous');
  const tail = numberFlag(flags, 'tail', 0) ?? null;
  return {
    of,
    container: flags.container ?? null,
    since: sinceOf(flags.since) ?? (follows && tail === null ? 'tail' : 'all'),
    ...{ tail, follows, previous },
    tests: testsOf(flags.filter),
    format: wordFlag('format', output, LOG_FORMATS) ?? 'text',
  };
}

function wordsOf(
  args: readonly string[],
  { selector }: Flags,
  resources: ResourceRegistry,
): readonly string[] {
  const home = resources.home.id;
  const [word, second] = args;
  if (word === undefined) {
    if (selector === undefined)
      throw new UsageError('logs takes RESOURCE/NAME or the name of a pod');
    return [home];
  }
  if (second !== undefined || word.includes('/')) return args;
  const isResource = selector !== undefined && resources.resolve(word, null).found === 'one';
  return isResource ? [word] : [home, word];
}

function sinceOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = spanSeconds(text);
  if (seconds === null)
    throw new UsageError(`--since takes a time such as 90s, 5m or 1h30m, not '${text}'`);
  return seconds;
}

function testsOf(text: string | undefined): readonly LogTest[] {
  const pattern = text === undefined ? null : compilePattern(text);
  if (pattern === null) return [];
  if ('error' in pattern) throw new UsageError(`--filter '${text ?? ''}': ${pattern.error}`);
  return pattern.tests;
}
