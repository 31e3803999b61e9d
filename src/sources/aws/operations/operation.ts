import type { AwsCall, AwsCalls } from '../../../ports/aws-calls.ts';

/**
 * Runs one request of an operation: its turn among the others of the service, its note in the log,
 * and its failure in words.
 */
export type Ask = <Answer>(
  request: (options: { readonly abortSignal?: AbortSignal }) => Promise<Answer>,
) => Promise<Answer>;

/** The same data, as the SDK's types want it: they know no `readonly`. */
export type Sendable<T> = T extends readonly (infer Item)[]
  ? Sendable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Sendable<T[Key]> }
    : T;

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
