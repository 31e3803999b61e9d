import type { AwsTableId } from '../../../domain/tables/index.ts';
import type { AwsTable } from '../polling/table.ts';
import { addons } from './addons.ts';
import { clusters } from './clusters.ts';
import { networkinterfaces } from './networkinterfaces.ts';
import { nodegroups } from './nodegroups.ts';
import { subnets } from './subnets.ts';

/** How each table of AWS is read. */
export const AWS_TABLES: { readonly [T in AwsTableId]: AwsTable<T> } = {
  addons,
  clusters,
  networkinterfaces,
  nodegroups,
  subnets,
};
