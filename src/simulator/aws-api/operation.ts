import { NormalizedSchema } from '@smithy/core/schema';
import type { AccountView } from './account.ts';

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/**
 * An operation as the SDK's clients export it for their own use: kind, namespace, name, traits,
 * input, output. It carries all that a server needs to decode a request and encode the answer.
 */
export type OperationSchema = readonly [
  kind: unknown,
  namespace: string,
  name: string,
  traits: unknown,
  input: SchemaRef,
  output: SchemaRef,
];

/** An operation that the region serves. */
export interface Operation {
  readonly name: string;
  /** Method, path template and status of REST protocols. */
  readonly http: readonly [method: string, path: string, status: number] | null;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** What takes long may promise its output, so that others are answered meanwhile. */
  readonly run: (input: unknown, account: AccountView) => unknown;
}

/**
 * Ties a schema to what answers it. `run` names the client's own types of input and output; both
 * are checked against the schema when it runs.
 */
export function operation(
  schema: OperationSchema,
  run: (input: never, account: AccountView) => object,
): Operation {
  const [, , name, traits, input, output] = schema;
  return {
    name,
    http: httpOf(traits),
    input: NormalizedSchema.of(input),
    output: NormalizedSchema.of(output),
    run: run as Operation['run'],
  };
}

function httpOf(traits: unknown): Operation['http'] {
  if (typeof traits !== 'object' || traits === null || !('http' in traits)) return null;
  return traits.http as Operation['http'];
}
