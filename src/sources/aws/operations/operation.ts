import type { AwsCall, AwsCalls } from '../../../ports/aws-calls.ts';

/** What a request is sent with. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/**
 * Runs one request of an operation: its turn among the others of the service, its note in the log,
 * and its failure in words.
 */
export type Ask = <Answer>(request: (options: SendOptions) => Promise<Answer>) => Promise<Answer>;

/** The same data, as the SDK's types want it: they know no `readonly`. */
export type Sendable<T> = T extends readonly (infer Item)[]
  ? Sendable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Sendable<T[Key]> }
    : T;

/** An operation of one request. */
export function single<Input, Answer, Output>(
  send: (input: Input, options: SendOptions) => Promise<Answer>,
  read: (answer: Answer) => Output,
): (input: Input, ask: Ask) => Promise<Output> {
  return async (input, ask) => read(await ask((options) => send(input, options)));
}

/** One call of the door. */
export type Operation<A extends AwsCall> = (
  input: Sendable<AwsCalls[A]['input']>,
  ask: Ask,
) => Promise<AwsCalls[A]['output']>;

type CallOf<Service extends string> = Extract<AwsCall, `${Service}:${string}`>;

/** All calls of a service that the door knows. */
export type Operations<Service extends string> = {
  readonly [A in CallOf<Service>]: Operation<A>;
};
