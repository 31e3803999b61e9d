import { expect, it } from 'vitest';
import { AWS_ACTIONS } from '../../../../src/domain/aws-actions.ts';
import type { AwsTableId } from '../../../../src/domain/tables/index.ts';
import { RESOURCES } from '../../../../src/resources/index.ts';
import { AWS_TABLES } from '../../../../src/sources/aws/tables/index.ts';

const TABLES = Object.keys(AWS_TABLES) as AwsTableId[];

it.each(TABLES)('%s are read by calls that change nothing, and their resource names them', (id) => {
  const { calls } = AWS_TABLES[id];
  expect(calls.map((call) => AWS_ACTIONS[call])).toEqual(calls.map(() => 'read'));
  const [resource] = RESOURCES.filter(({ table }) => table === id);
  expect([...(resource?.iam ?? [])].sort()).toEqual([...calls].sort());
});
