import type { AwsTableId } from '../../../domain/tables/index.ts';
import type { AwsTable } from '../polling/table.ts';
import { accessentries } from './accessentries.ts';
import { addons } from './addons.ts';
import { clusters } from './clusters.ts';
import { filesystems } from './filesystems.ts';
import { insights } from './insights.ts';
import { instances } from './instances.ts';
import { latticeservices } from './latticeservices.ts';
import { loadbalancers } from './loadbalancers.ts';
import { managednodes } from './managednodes.ts';
import { networkinterfaces } from './networkinterfaces.ts';
import { nodegroups } from './nodegroups.ts';
import { podidentities } from './podidentities.ts';
import { prices } from './prices.ts';
import { records } from './records.ts';
import { subnets } from './subnets.ts';
import { targetgroups } from './targetgroups.ts';
import { traces } from './traces.ts';
import { updates } from './updates.ts';
import { volumes } from './volumes.ts';

/** How each table of AWS is read. */
export const AWS_TABLES: { readonly [T in AwsTableId]: AwsTable<T> } = {
  accessentries,
  addons,
  clusters,
  filesystems,
  insights,
  instances,
  latticeservices,
  loadbalancers,
  managednodes,
  networkinterfaces,
  nodegroups,
  podidentities,
  prices,
  records,
  subnets,
  targetgroups,
  traces,
  updates,
  volumes,
};
