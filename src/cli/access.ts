/** `ekscope who-can` and `ekscope can-i`: the answers of the cockpit's `:` commands, printed. */
import { plain } from '../core/styled.ts';
import { sanitize } from '../core/text.ts';
import type { Clock } from '../core/clock.ts';
import type { KubePort } from '../ports/kube.ts';
import { accessQuestion, type AccessQuestion } from '../resources/access-question.ts';
import { RBAC_TABLES } from '../resources/rbac.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { BESIDE_ROLES, WHO_CAN_TABLES, whoCan, whoCanSections } from '../resources/who-can.ts';
import type { Ask } from '../ui/access-command.ts';
import { sectionLines } from '../ui/detail/sections.ts';
import { UsageError, type Flags } from './args.ts';
import { discover } from './discover.ts';
import type { RowSource } from './get.ts';
import type { Output } from './output.ts';
import { settled } from '../store/settled.ts';

/** What was typed. */
export interface Asked {
  readonly ask: Ask;
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** The cluster that is asked. */
export interface AskedOf extends RowSource {
  readonly kube: Pick<KubePort, 'can'>;
}

/** What answers are made with. */
export interface AnswerOptions {
  readonly resources: ResourceRegistry;
  readonly clock: Clock;
  /** How long roles and kinds are waited for (ms). */
  readonly timeout: number;
  readonly output: Pick<Output, 'out' | 'err'>;
}

/**
 * Prints the answer.
 * @returns 0: somebody may; 1: nobody may; 3: it cannot be told
 * @throws UsageError where the words ask for nothing
 */
export async function answer(
  { ask, words, flags }: Asked,
  cluster: AskedOf,
  options: AnswerOptions,
): Promise<number> {
  const { resources, output } = options;
  const asked = {
    words,
    namespace: flags['all-namespaces'] === true ? '' : (flags.namespace ?? ''),
    subresource: flags.subresource ?? '',
  };
  const understood = (): AccessQuestion => {
    const question = accessQuestion(asked, resources, cluster.store);
    if ('error' in question) throw new UsageError(`${ask}: ${question.error}`);
    return question;
  };
  const { unresolved } = understood();
  if (unresolved !== '') {
    const problem = await discover(unresolved, cluster, resources, options);
    if (problem !== '') output.err(`ekscope: ${problem}\n`);
  }
  const question = understood();
  if (question.note !== '') output.err(`ekscope: ${question.note}\n`);
  return ask === 'can-i' ? canI(question, cluster, output) : who(question, cluster, options);
}

async function canI(
  { attempt, namespace }: AccessQuestion,
  { kube }: AskedOf,
  { out, err }: AnswerOptions['output'],
): Promise<number> {
  try {
    const request = 'path' in attempt ? attempt : { ...attempt, namespace };
    const { allowed, reason } = await kube.can(request);
    out(`${allowed ? 'yes' : 'no'}${reason === '' ? '' : ` - ${sanitize(reason)}`}\n`);
    return allowed ? 0 : 1;
  } catch (error) {
    err(`ekscope: cannot tell: ${(error as Error).message}\n`);
    return 3;
  }
}

async function who(
  question: AccessQuestion,
  { store, need }: AskedOf,
  { clock, timeout, output }: AnswerOptions,
): Promise<number> {
  const release = need(WHO_CAN_TABLES);
  await settled(store, WHO_CAN_TABLES, clock, timeout);
  release();
  const sections = [...whoCanSections({ ...question, note: '' }, store), BESIDE_ROLES];
  for (const line of sectionLines(sections, true))
    output.out(`${sanitize(plain(line)).trimEnd()}\n`);
  if (whoCan(question, store).length > 0) return 0;
  return RBAC_TABLES.every((table) => store.status(table).synced) ? 1 : 3;
}
