/**
 * What the door reads of answers, against the models of AWS's own clients: nothing is asked for by a
 * name that the service does not know, and nothing is read as what it is not.
 */
import { EKSClient } from '@aws-sdk/client-eks';
import { NormalizedSchema } from '@smithy/core/schema';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AWS_ACTIONS } from '../../../../src/domain/aws-actions.ts';
import type { OperationSchema } from '../../../../src/simulator/aws-api/operation.ts';
import { OPERATIONS } from '../../../../src/sources/aws/operations/index.ts';

type Action = (input: object, ask: (request: (options: object) => unknown) => unknown) => unknown;

/** Structures within structures that are worth a sample: some hold themselves. */
const DEEP = 12;

/** Names that were read of structures that have no such member. */
const unknown: string[] = [];
/** What was answered in full already: what follows pages then finds the end. */
const given = new Set<string>();

/** A value with all that the schema knows; a structure notes what is asked of it besides. */
function sample(schema: NormalizedSchema, path: string, depth = 0): unknown {
  if (schema.isTimestampSchema()) return new Date(Date.UTC(2026, 0, 1));
  if (schema.isNumericSchema()) return 1;
  if (schema.isBooleanSchema()) return true;
  if (schema.isListSchema()) return [sample(schema.getValueSchema(), `${path}[]`, depth + 1)];
  if (schema.isMapSchema()) return { a: sample(schema.getValueSchema(), `${path}.*`, depth + 1) };
  if (schema.isStructSchema()) return depth > DEEP ? {} : structure(schema, path, depth);
  return '1';
}

function structure(schema: NormalizedSchema, path: string, depth: number): object {
  const members = [...schema.structIterator()].map(
    ([name, member]) => [name, sample(member, `${path}.${name}`, depth + 1)] as const,
  );
  return new Proxy<Record<string, unknown>>(Object.fromEntries(members), {
    get(target, key: string) {
      // Promises ask every value whether it is one of them.
      if (key === 'then') return undefined;
      if (!Object.hasOwn(target, key)) unknown.push(`${path}.${key}`);
      return target[key];
    },
  });
}

/** Where in a value nothing stands: what was read as something else than it is. */
function empty(value: unknown, path: string): readonly string[] {
  if (value === null || value === '' || value === undefined || value === false) return [path];
  if (Array.isArray(value) && value.length === 0) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, each]) => empty(each, `${path}.${key}`));
}

/** What all clients of the SDK send with. */
const Client = Object.getPrototypeOf(EKSClient.prototype) as EKSClient;

beforeEach(() => {
  given.clear();
  unknown.length = 0;
  vi.spyOn(Client, 'send').mockImplementation((command: unknown) => {
    const { schema } = command as { readonly schema: OperationSchema };
    const [, namespace, name, , , output] = schema;
    const asked = `${namespace} ${name}`;
    const answer = given.has(asked) ? {} : structure(NormalizedSchema.of(output), name, 0);
    given.add(asked);
    return Promise.resolve(answer) as never;
  });
});

/** What some operations look into before they ask. */
const INPUT = {
  ...{ StartTime: 0, EndTime: 0, Filters: [], MetricDataQueries: [] },
  ...{ ResourceArns: ['arn'], LoadBalancerNames: ['name'] },
};
/** Answered by both services of load balancers, by one reader: each has one of these names. */
const OF_EITHER: ReadonlySet<string> = new Set([
  'DescribeTags.TagDescriptions[].LoadBalancerName',
  'DescribeTags.TagDescriptions[].ResourceArn',
]);
/** Prometheus's own API: AWS's models do not have it. */
const UNMODELLED = 'aps:QueryMetrics';
const config = { region: 'eu-central-1', credentials: () => Promise.resolve({}) };

describe.each(Object.entries(OPERATIONS))('%s', async (_, load) => {
  // The cast: each service has calls of its own, of which each is asked for nothing here.
  const operations = (await load(config as never)) as unknown as Readonly<Record<string, Action>>;

  const modelled = Object.keys(operations).filter((action) => action !== UNMODELLED);

  it.each(modelled)('%s is read by the members of its model', async (action) => {
    expect(AWS_ACTIONS).toHaveProperty(action);
    const told = await operations[action]?.(INPUT, (request) => request({}));
    expect(unknown.filter((name) => !OF_EITHER.has(name))).toEqual([]);
    expect(empty(told, '').filter((path) => !path.startsWith('.TagDescriptions.'))).toEqual([]);
  });
});
