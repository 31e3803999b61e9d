import type { AwsTableId, Tables } from '../../../domain/tables/index.ts';
import type { AwsScope, AwsTarget } from '../../../ports/aws.ts';
import type { Sink } from '../../../ports/sink.ts';
import { followClusters } from '../clusters.ts';
import type { Following, FollowOptions } from '../follow.ts';
import { followNodeGroups } from '../nodegroups.ts';
import type { Session } from '../session.ts';

/** Follows a table. */
export type FollowTable<T extends AwsTableId> = (
  target: AwsTarget<T>,
  sessionOf: (scope: AwsScope) => Session,
  sink: Sink<Tables[T]>,
  options: FollowOptions,
) => Following;

/** How each table of AWS is followed. */
export const AWS_TABLES: { readonly [T in AwsTableId]: FollowTable<T> } = {
  clusters: followClusters,
  nodegroups: followNodeGroups,
};
