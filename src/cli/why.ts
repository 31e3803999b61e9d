/** `ekscope why`: the answer of the cockpit's `:why`, printed. */
import type { Clock } from '../core/clock.ts';
import { plain } from '../core/styled.ts';
import { sanitize } from '../core/text.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { Finding } from '../domain/why/finding.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { noFinding, whySections } from '../resources/why.ts';
import { whySubject } from '../resources/why-subject.ts';
import { Investigation, type Scene } from '../session/index.ts';
import { settled } from '../store/settled.ts';
import type { Store } from '../store/index.ts';
import { sectionLines } from '../ui/detail/sections.ts';
import { untyped, type RowResource } from '../ui/resource/row-resource.ts';
import { UsageError, wordFlag, type Flags } from './args.ts';
import { discover } from './discover.ts';
import { rowsOf } from './get.ts';
import { typeOf } from './get-request.ts';
import { oneRow } from './one-row.ts';
import type { Output } from './output.ts';

/** How an answer may be printed. */
const WHY_FORMATS = ['text', 'json'] as const;

/** What answers are made with. */
interface WhyOptions {
  readonly resources: ResourceRegistry;
  readonly clock: Clock;
  /** How long rows, objects and events are waited for (ms). */
  readonly timeout: number;
  readonly output: Pick<Output, 'out' | 'err'>;
}

/**
 * Prints why the one that is meant is as it is.
 * @returns 0: a cause was found, or nothing is wrong; 1: there is none of that name; 3: it cannot
 *   be told, because something could not be read
 * @throws UsageError where the words mean nothing, or several objects
 */
export async function why(
  words: readonly string[],
  flags: Flags,
  scene: Scene & { readonly store: Store },
  { resources, clock, timeout, output }: WhyOptions,
): Promise<number> {
  const format = wordFlag('format', flags.output, WHY_FORMATS) ?? 'text';
  const type = typeIn(words);
  // That there is no such resource only the cluster knows.
  if (type !== '' && resources.resolve(type, scene.store).found !== 'one') {
    const problem = await discover(type, rowsOf(scene), resources, { clock, timeout });
    if (problem !== '') {
      output.err(`ekscope: ${problem}\n`);
      return 3;
    }
  }
  const subject = whySubject(words, resources.home, resources, scene.store);
  if ('error' in subject) throw new UsageError(subject.error);
  const def = untyped(subject.resource);
  const release = scene.need([def.table]);
  try {
    await settled(scene.store, [def.table], clock, timeout);
    const namespace = flags['all-namespaces'] === true ? '' : (flags.namespace ?? '');
    const row = oneRow(def, { name: subject.name, namespace }, scene.store, output);
    if (typeof row === 'number') return row;
    const finding = await found(def, row, scene, clock, timeout);
    print(finding, { def, row, format }, scene, output);
    return finding?.certainty === 'unknown' && finding.unread.length > 0 ? 3 : 0;
  } finally {
    release();
  }
}

/** The resource that is named beside a name; empty: a name stands alone. */
const typeIn = (words: readonly string[]): string =>
  words.length > 1 || words[0]?.includes('/') === true ? typeOf(words) : '';

/** The answer with all that its rules asked for, or with what came in time. */
function found(
  def: RowResource,
  row: BaseRow,
  scene: Scene,
  clock: Clock,
  timeout: number,
): Promise<Finding | null> {
  return new Promise((resolve) => {
    // What is read meanwhile is joined into the row.
    const current = (): BaseRow => scene.store.get(def.table, row.uid) ?? row;
    const ask = (done: (finding: Finding | null) => void): void => {
      investigation.ask((world) => def.why?.(current(), world) ?? null, done);
    };
    const end = (finding: Finding | null): void => {
      cancel();
      resolve(finding);
      investigation.stop();
    };
    const look = (): void => {
      ask((finding) => {
        if (!investigation.isReading) end(finding);
      });
    };
    const investigation = new Investigation(scene, clock, look);
    const cancel = clock.after(timeout, () => {
      ask(end);
    });
    look();
  });
}

function print(
  finding: Finding | null,
  {
    def,
    row,
    format,
  }: { readonly def: RowResource; readonly row: BaseRow; readonly format: string },
  { store }: Scene,
  { out }: WhyOptions['output'],
): void {
  const ctx = { now: store.now(), time: 'age' } as const;
  if (format === 'json') {
    const { namespace, name } = row;
    const told = { resource: def.id, namespace, name, finding };
    out(`${JSON.stringify(told, null, 2)}\n`);
    return;
  }
  if (finding === null) {
    out(`${sanitize(noFinding(def.health(row, ctx), def.singular))}\n`);
    return;
  }
  for (const line of sectionLines(whySections(finding, ctx), false))
    out(`${sanitize(plain(line)).trimEnd()}\n`);
}
