/** Calls that change something in AWS: what is shown to do the same by hand is made of what is sent. */
import { text } from '../../core/json.ts';
import type { AwsCall, AwsCalls } from '../../ports/aws-calls.ts';
import type { ActionContext } from '../engine/define.ts';
import { awsOf } from '../targets/aws.ts';

/** A call that can be sent. */
export interface Sendable<A extends AwsCall> {
  readonly action: A;
  /** The shell line that sends it with the aws CLI. */
  readonly command: string;
  readonly send: () => Promise<AwsCalls[A]['output']>;
}

export function awsCall<A extends AwsCall>(
  action: A,
  input: AwsCalls[A]['input'],
  ctx: ActionContext,
): Sendable<A> {
  const [service = '', operation = ''] = action.split(':');
  const options = Object.entries(input).flatMap(([name, value]) => optionOf(name, value));
  return {
    action,
    command: ctx.awsCli([service, cliName(operation), ...options]),
    send: () => awsOf(ctx).door.call(action, input),
  };
}

/** `ClientIDList` is `client-id-list`, as botocore has it. */
const cliName = (name: string): string =>
  name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase();

function optionOf(name: string, value: unknown): readonly string[] {
  // --version is the CLI's own: it has another name for that of a cluster.
  const option = name === 'version' ? 'kubernetes-version' : cliName(name);
  if (typeof value === 'boolean') return [value ? `--${option}` : `--no-${option}`];
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (value === undefined || all.length === 0) return [];
  const words = all.map(wordOf);
  return [
    `--${option}`,
    ...(words.every((word) => word !== null) ? words : [JSON.stringify(value)]),
  ];
}

/** What needs no quotes in the CLI's shorthand. */
const PLAIN = /^[\w@%+:./$-]+$/;

/** A text or number as it is, an object of such in shorthand; null where JSON alone can say it. */
function wordOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return text(value);
  const pairs = Object.entries(value).map(([key, inner]) => [key, text(inner)] as const);
  return pairs.every(([, inner]) => PLAIN.test(inner))
    ? pairs.map((pair) => pair.join('=')).join(',')
    : null;
}
