import type { Clock } from '../../../core/clock.ts';
import {
  managednodes as table,
  type ManagedNodeRow,
  type Patches,
  UNSCANNED,
} from '../../../domain/tables/managednodes.ts';
import type { InstanceInformation, InstancePatchState } from '../../../ports/aws/ssm-calls.ts';
import { clusterInstances, isAutoMode } from '../cluster-instances.ts';
import { memory } from '../polling/memory.ts';
import { type Round, tolerate } from '../polling/round.ts';
import type { AwsTable, Reads } from '../polling/table.ts';

const CALLS = [
  'ec2:DescribeInstances',
  'eks:DescribeCluster',
  'ssm:DescribeInstanceInformation',
  'ssm:DescribeInstancePatchStates',
] as const;

/** Systems Manager is asked of so many machines at once. */
const AT_ONCE = 50;
/** Machines are scanned for patches once a day, as a rule. */
const PATCHES_MS = 10 * 60_000;
/** Whether a cluster takes hybrid nodes changes less often than that. */
const HYBRID_MS = 3_600_000;

/**
 * Which machines of a cluster Systems Manager sees. A minute costs a call of EC2 for each thousand
 * machines and one of Systems Manager for each fifty; what the scans for patches found is asked for
 * every ten minutes.
 */
export const managednodes: AwsTable<'managednodes', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const patches = patchStates(aws, clock);
    const hybrid = memory(clock, HYBRID_MS, async (signal) => {
      const answer = await aws.call('eks:DescribeCluster', { name: cluster.name }, signal);
      return answer.cluster.remoteNetworkConfig.remoteNodeNetworks.length > 0;
    });
    let rows: readonly ManagedNodeRow[] = [];
    return [
      {
        label: 'managed nodes',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const instances = await clusterInstances(cluster.name, aws, signal);
          await hybrid.read(round);
          const asked = inChunks(instances.map(({ InstanceId }) => InstanceId)).map((Values) => ({
            Key: 'InstanceIds',
            Values,
          }));
          if (hybrid.value === true)
            asked.push({ Key: 'ResourceType', Values: ['ManagedInstance'] });
          const answers = await Promise.all(
            asked.map((filter) =>
              aws.call('ssm:DescribeInstanceInformation', { Filters: [filter] }, signal),
            ),
          );
          const seen = new Map(
            answers
              .flatMap(({ InstanceInformationList }) => InstanceInformationList)
              .filter(({ InstanceId }) => InstanceId !== '')
              .map((each) => [each.InstanceId, each]),
          );
          await patches.read([...seen.keys()], round);
          const unseen = instances
            .filter(({ InstanceId }) => !seen.has(InstanceId))
            .map((one): ManagedNodeRow => ({
              ...table.blank,
              uid: one.InstanceId,
              name: one.InstanceId,
              created: one.LaunchTime ?? 0,
              ip: one.PrivateIpAddress,
              isAuto: isAutoMode(one),
            }));
          rows = [
            ...[...seen.values()].map((each) => rowOf(each, patches.of(each.InstanceId))),
            ...unseen,
          ];
        },
      },
    ];
  },
};

function inChunks(ids: readonly string[]): readonly string[][] {
  const chunks: string[][] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) chunks.push(ids.slice(i, i + AT_ONCE));
  return chunks;
}

/** What scans for patches found: of machines that are new at once, of the others now and then. */
function patchStates(aws: Reads<'ssm:DescribeInstancePatchStates'>, clock: Clock) {
  const known = new Map<string, { readonly patches: Patches; readonly until: number }>();
  return {
    /** null where it is not known. */
    of: (id: string): Patches | null => known.get(id)?.patches ?? null,
    async read(ids: readonly string[], round: Round): Promise<void> {
      for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
      const now = clock.now();
      const due = ids.filter((id) => (known.get(id)?.until ?? 0) <= now);
      await Promise.all(
        inChunks(due).map(async (InstanceIds) => {
          try {
            const input = { InstanceIds };
            const answer = await aws.call('ssm:DescribeInstancePatchStates', input, round.signal);
            const told = new Map(
              answer.InstancePatchStates.map((each) => [each.InstanceId, patchesOf(each)]),
            );
            for (const id of InstanceIds)
              known.set(id, { patches: told.get(id) ?? UNSCANNED, until: now + PATCHES_MS });
          } catch (error) {
            tolerate(error, round);
          }
        }),
      );
    },
  };
}

function patchesOf(state: InstancePatchState): Patches {
  return {
    at: state.OperationEndTime ?? 0,
    missing: state.MissingCount ?? 0,
    failed: state.FailedCount ?? 0,
    pendingReboot: state.InstalledPendingRebootCount ?? 0,
    critical: state.CriticalNonCompliantCount ?? 0,
    security: state.SecurityNonCompliantCount ?? 0,
    baseline: state.BaselineId,
  };
}

function rowOf(one: InstanceInformation, patches: Patches | null): ManagedNodeRow {
  return {
    ...table.blank,
    uid: one.InstanceId,
    name: one.InstanceId,
    created: one.RegistrationDate ?? 0,
    agent: {
      ping: one.PingStatus,
      pingAt: one.LastPingDateTime ?? 0,
      version: one.AgentVersion,
      // Of Windows the agent's own word means nothing (API reference, IsLatestVersion).
      isLatest: one.PlatformType === 'Windows' ? null : one.IsLatestVersion,
      platform: [one.PlatformName, one.PlatformVersion].filter((word) => word !== '').join(' '),
      patches,
    },
    computer: one.ComputerName,
    ip: one.IPAddress,
    role: one.IamRole,
  };
}
