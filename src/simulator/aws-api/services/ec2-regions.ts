import {
  DescribeRegions$,
  type DescribeRegionsRequest,
  type DescribeRegionsResult,
} from '@aws-sdk/client-ec2';
import { operation } from '../operation.ts';

/** The regions that the account has enabled; those that it has not are not simulated. */
export const DESCRIBE_REGIONS = operation(
  DescribeRegions$,
  ({ RegionNames }: DescribeRegionsRequest, { region }): DescribeRegionsResult => ({
    Regions: region.enabledRegions
      .filter((name) => RegionNames === undefined || RegionNames.includes(name))
      .map((name) => ({
        RegionName: name,
        Endpoint: `ec2.${name}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      })),
  }),
);
