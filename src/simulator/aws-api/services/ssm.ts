import {
  DescribeInstanceInformation$,
  type DescribeInstanceInformationRequest,
  type DescribeInstanceInformationResult,
  DescribeInstancePatchStates$,
  type DescribeInstancePatchStatesRequest,
  type DescribeInstancePatchStatesResult,
  GetParameters$,
  type GetParametersRequest,
  type GetParametersResult,
  type InstanceInformation,
} from '@aws-sdk/client-ssm';
import { publicParameter } from '../../catalog/parameters.ts';
import { Random } from '../../random.ts';
import type { HybridMachine } from '../../hybrid.ts';
import type { EksCluster, Instance } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The agent that the images bring along, and the newest there is. */
const AGENT = '3.3.2299.0';
const NEWEST_AGENT = '3.3.3050.0';
const BASELINE = 'pb-0c10e65780EXAMPLE';
const DAY = 86_400_000;
const INVALID_TOKEN = 'InvalidNextToken';

/** What Systems Manager answers: of nodes of managed groups, whose role lets their agent in. */
export const SSM_OPERATIONS: readonly Operation[] = [
  operation(
    DescribeInstanceInformation$,
    (input: DescribeInstanceInformationRequest, account): DescribeInstanceInformationResult => {
      const all = [
        ...seenBy(account).map((instance) => information(instance, account)),
        ...account.clusters.flatMap(({ hybrid }) => hybrid?.machines ?? []).map(hybridInformation),
      ];
      const found = all.filter((each) =>
        (input.Filters ?? []).every(({ Key = '', Values = [] }) =>
          Values.includes(attribute(each, Key)),
        ),
      );
      const { MaxResults: size, NextToken: token } = input;
      const { items, next } = pageOf(found, { size, token, most: 50, invalid: INVALID_TOKEN });
      return { InstanceInformationList: [...items], NextToken: next };
    },
  ),
  operation(
    DescribeInstancePatchStates$,
    (
      { InstanceIds = [], MaxResults: size, NextToken: token }: DescribeInstancePatchStatesRequest,
      account,
    ): DescribeInstancePatchStatesResult => {
      const states = seenBy(account)
        .filter(({ id }) => InstanceIds.includes(id))
        .flatMap((instance) => patchState(instance, account.now) ?? []);
      const { items, next } = pageOf(states, { size, token, most: 100, invalid: INVALID_TOKEN });
      return { InstancePatchStates: [...items], NextToken: next };
    },
  ),
  operation(
    GetParameters$,
    ({ Names = [] }: GetParametersRequest, { region }): GetParametersResult => {
      const found = Names.map((name) => [name, publicParameter(name)] as const);
      return {
        Parameters: found.flatMap(([Name, Value]) =>
          Value === null
            ? []
            : {
                ...{ Name, Value, Type: 'String' as const, Version: 1, DataType: 'text' },
                ARN: `arn:${region.partition}:ssm:${region.name}::parameter${Name}`,
              },
        ),
        InvalidParameters: found.flatMap(([name, value]) => (value === null ? name : [])),
      };
    },
  ),
];

/**
 * The agents of self-managed groups are not let in: the role of those is without
 * AmazonSSMManagedInstanceCore. What was terminated is still told of for a while.
 */
const seenBy = ({ clusters }: AccountView): readonly Instance[] =>
  clusters.flatMap(({ instances }: EksCluster) =>
    [...instances.values()].filter(
      ({ nodegroup, state }) => nodegroup !== null && state !== 'pending',
    ),
  );

/** What of an instance is its own, and the same whenever it is asked for. */
const ownOf = ({ id }: Instance): Random => new Random(`ssm/${id}`);

function information(instance: Instance, { now }: AccountView): InstanceInformation {
  const random = ownOf(instance);
  const running = instance.state === 'running';
  const isLatest = random.chance(0.3);
  // Every agent tells of itself once in five minutes, at a moment of its own.
  const lastPing = now - ((now + random.between(0, 300_000)) % 300_000);
  return {
    InstanceId: instance.id,
    PingStatus: running ? 'Online' : 'ConnectionLost',
    LastPingDateTime: new Date(Math.max(Math.floor(lastPing), instance.launchedAt)),
    AgentVersion: isLatest ? NEWEST_AGENT : AGENT,
    IsLatestVersion: isLatest,
    PlatformType: 'Linux',
    PlatformName: 'Amazon Linux',
    PlatformVersion: '2023',
    ResourceType: 'EC2Instance',
    RegistrationDate: new Date(instance.launchedAt),
    IPAddress: instance.privateIp,
    ComputerName: instance.privateDnsName,
    AssociationStatus: 'Success',
    SourceId: instance.id,
    SourceType: 'AWS::EC2::Instance',
  };
}

function hybridInformation(machine: HybridMachine): InstanceInformation {
  return {
    ...{ InstanceId: machine.id, Name: machine.name, ComputerName: machine.name },
    ...{ PingStatus: 'Online', AgentVersion: NEWEST_AGENT, IsLatestVersion: true },
    ...{ PlatformType: 'Linux', PlatformName: 'Ubuntu', PlatformVersion: '24.04' },
    ...{ ResourceType: 'ManagedInstance', IPAddress: machine.ip, IamRole: machine.role },
    RegistrationDate: new Date(machine.registeredAt),
    LastPingDateTime: new Date(machine.registeredAt),
  };
}

/** The fields that a filter may name. */
function attribute(each: InstanceInformation, key: string): string {
  const values: Readonly<Record<string, string | undefined>> = {
    InstanceIds: each.InstanceId,
    PingStatus: each.PingStatus,
    PlatformTypes: each.PlatformType,
    AgentVersion: each.AgentVersion,
    ResourceType: each.ResourceType,
  };
  if (!(key in values)) {
    const message = `${key} is no filter of instance information`;
    throw new ApiError('InvalidInstanceInformationFilterValue', 400, message);
  }
  return values[key] ?? '';
}

/** The daily scan; null where there was none yet. */
function patchState(instance: Instance, now: number) {
  const random = ownOf(instance).fork('patches');
  const scan = instance.launchedAt + random.between(0.2, 1) * DAY;
  if (scan > now) return null;
  const end = scan + Math.floor((now - scan) / DAY) * DAY;
  const weeks = (now - instance.launchedAt) / (7 * DAY);
  const MissingCount = Math.floor(weeks * random.between(0.5, 2));
  const SecurityNonCompliantCount = Math.floor(MissingCount * random.between(0.2, 0.6));
  return {
    InstanceId: instance.id,
    PatchGroup: '',
    BaselineId: BASELINE,
    Operation: 'Scan' as const,
    OperationStartTime: new Date(end - 40_000),
    OperationEndTime: new Date(end),
    InstalledCount: 180 + Math.floor(random.between(0, 20)),
    InstalledPendingRebootCount: 0,
    MissingCount,
    FailedCount: random.chance(0.1) ? 1 : 0,
    CriticalNonCompliantCount: Math.floor(SecurityNonCompliantCount / 3),
    SecurityNonCompliantCount,
    OtherNonCompliantCount: 0,
  };
}
