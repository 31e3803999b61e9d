import {
  DescribeInstanceInformationCommand,
  DescribeInstancePatchStatesCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import type { AwsCalls } from '../../../ports/aws-calls.ts';
import type { InstanceInformation, InstancePatchState } from '../../../ports/aws/ssm-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import { commands } from './commands.ts';
import type { Operations } from './operation.ts';
import { count, many, record, said, text, time } from './shape.ts';

const information = record<InstanceInformation>({
  InstanceId: text,
  PingStatus: text,
  LastPingDateTime: time,
  AgentVersion: text,
  IsLatestVersion: said,
  PlatformType: text,
  PlatformName: text,
  PlatformVersion: text,
  IamRole: text,
  RegistrationDate: time,
  ResourceType: text,
  IPAddress: text,
  ComputerName: text,
});

const patchState = record<InstancePatchState>({
  InstanceId: text,
  BaselineId: text,
  InstalledCount: count,
  InstalledPendingRebootCount: count,
  MissingCount: count,
  FailedCount: count,
  CriticalNonCompliantCount: count,
  SecurityNonCompliantCount: count,
  OperationEndTime: time,
  Operation: text,
});

/** The door's calls of Systems Manager. */
export function ssmOperations(config: ClientConfig): Operations<'ssm'> {
  const { list, whole } = commands(new SSMClient(config), 'NextToken');
  return {
    'ssm:DescribeInstanceInformation': list(
      DescribeInstanceInformationCommand,
      'InstanceInformationList',
      information,
      { MaxResults: 50 },
    ),
    'ssm:DescribeInstancePatchStates': list(
      DescribeInstancePatchStatesCommand,
      'InstancePatchStates',
      patchState,
      { MaxResults: 100 },
    ),
    'ssm:GetParameters': whole(
      GetParametersCommand,
      record<AwsCalls['ssm:GetParameters']['output']>({
        Parameters: many(record({ Name: text, Value: text })),
      }),
    ),
  };
}
