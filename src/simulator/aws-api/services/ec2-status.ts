import {
  type _InstanceType,
  DescribeInstanceStatus$,
  type DescribeInstanceStatusRequest,
  type DescribeInstanceStatusResult,
  DescribeInstanceTypes$,
  type DescribeInstanceTypesRequest,
  type DescribeInstanceTypesResult,
} from '@aws-sdk/client-ec2';
import { instanceType, isInstanceType } from '../../world/instance-types.ts';
import { ApiError } from '../api-error.ts';
import { operation } from '../operation.ts';
import { page } from './ec2-select.ts';
import { STATE_CODES } from './ec2-shapes.ts';

/** How AWS's own checks of instances go: well, and not yet of those that have just started. */
export const DESCRIBE_INSTANCE_STATUS = operation(
  DescribeInstanceStatus$,
  (input: DescribeInstanceStatusRequest, { clusters }): DescribeInstanceStatusResult => {
    const ids = input.InstanceIds ?? [];
    const running = clusters
      .flatMap((cluster) => [...cluster.instances.values()])
      .filter(({ id, state }) =>
        ids.length > 0
          ? ids.includes(id)
          : input.IncludeAllInstances === true || state === 'running',
      );
    const { items, next } = page(running, input);
    return {
      InstanceStatuses: items.map(({ id, zone, state }) => {
        const Status = state === 'running' ? 'ok' : 'initializing';
        return {
          InstanceId: id,
          AvailabilityZone: zone.name,
          InstanceState: { Code: STATE_CODES[state], Name: state },
          InstanceStatus: { Status },
          SystemStatus: { Status },
        };
      }),
      NextToken: next,
    };
  },
);

/** What instance types bring to the network. */
export const DESCRIBE_INSTANCE_TYPES = operation(
  DescribeInstanceTypes$,
  ({ InstanceTypes = [] }: DescribeInstanceTypesRequest): DescribeInstanceTypesResult => ({
    InstanceTypes: InstanceTypes.map((name: _InstanceType) => {
      if (!isInstanceType(name)) {
        const message = `The following supplied instance types do not exist: [${name}]`;
        throw new ApiError('InvalidInstanceType', 400, message);
      }
      const { cpu, memoryGi, interfaces, addresses } = instanceType(name);
      return {
        InstanceType: name,
        VCpuInfo: { DefaultVCpus: cpu },
        MemoryInfo: { SizeInMiB: memoryGi * 1024 },
        NetworkInfo: {
          MaximumNetworkInterfaces: interfaces,
          Ipv4AddressesPerInterface: addresses,
        },
      };
    }),
  }),
);
