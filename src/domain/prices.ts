/**
 * What instances cost by AWS's price list: Linux, on demand, shared tenancy, without discounts, in
 * US dollars an hour. Prices of a family go by size, so that one number tells a family: that of its
 * `xlarge`. What is not here is not known.
 */
import { own } from '../core/own.ts';
import type { FargateSize } from './fargate.ts';

/** When the list was read: us-east-1 on 2026-01-19, the others in the course of 2026 where two sources agreed. */
export const PRICED = '2026';

/** By how much each size is larger than `xlarge`. */
const SIZES: Readonly<Record<string, number>> = {
  ...{ nano: 1 / 32, micro: 1 / 16, small: 1 / 8, medium: 1 / 4, large: 1 / 2, xlarge: 1 },
  ...{ '2xlarge': 2, '3xlarge': 3, '4xlarge': 4, '6xlarge': 6, '8xlarge': 8, '9xlarge': 9 },
  ...{ '12xlarge': 12, '16xlarge': 16, '18xlarge': 18, '24xlarge': 24, '32xlarge': 32 },
  '48xlarge': 48,
};

type Prices = Readonly<Record<string, number>>;

/** Of an `xlarge`, by family. */
const US_EAST_1: Prices = {
  ...{ t3: 0.1664, t3a: 0.1504, t4g: 0.1344 },
  ...{ m5: 0.192, m5a: 0.172, m5d: 0.226, m5n: 0.238, m5ad: 0.206, m5dn: 0.272 },
  ...{ m6i: 0.192, m6a: 0.1728, m6g: 0.154, m6gd: 0.1808, m6id: 0.2373, m6in: 0.27846 },
  ...{ m7i: 0.2016, 'm7i-flex': 0.19152, m7a: 0.23184, m7g: 0.1632, m7gd: 0.2136 },
  ...{ m8i: 0.21168, 'm8i-flex': 0.2011, m8a: 0.24344, m8g: 0.17952, m8gd: 0.23064 },
  ...{ c5: 0.17, c5a: 0.154, c5d: 0.192, c5n: 0.216, c5ad: 0.172 },
  ...{ c6i: 0.17, c6a: 0.153, c6g: 0.136, c6gd: 0.1536, c6gn: 0.1728, c6id: 0.2016, c6in: 0.2268 },
  ...{ c7i: 0.1785, 'c7i-flex': 0.16958, c7a: 0.20528, c7g: 0.145, c7gd: 0.1814, c7gn: 0.2496 },
  ...{ c8i: 0.18742, 'c8i-flex': 0.17804, c8a: 0.21554, c8g: 0.15952, c8gd: 0.19596 },
  ...{ r5: 0.252, r5a: 0.226, r5b: 0.298, r5d: 0.288, r5n: 0.298, r5ad: 0.262, r5dn: 0.334 },
  ...{ r6i: 0.252, r6a: 0.2268, r6g: 0.2016, r6gd: 0.2304, r6id: 0.3024, r6in: 0.34866 },
  ...{ r7i: 0.2646, r7a: 0.3043, r7g: 0.2142, r7gd: 0.2722 },
  ...{ r8i: 0.27784, 'r8i-flex': 0.26394, r8a: 0.31952, r8g: 0.23564, r8gd: 0.29392 },
  ...{ i3: 0.312, i3en: 0.452, i4g: 0.30888, i4i: 0.343, i7i: 0.3775, i7ie: 0.5198, i8g: 0.3432 },
  ...{ x2gd: 0.334, x8g: 0.3908, x2iedn: 0.83363 },
};

const BY_REGION: Readonly<Record<string, Prices>> = {
  'us-east-1': US_EAST_1,
  'eu-central-1': {
    ...{ t3: 0.192, m5: 0.23, m6i: 0.23, m6g: 0.184, c5: 0.194, c5a: 0.174, c6i: 0.194 },
    ...{ c7i: 0.2037, c7a: 0.2343, r5: 0.304, r6i: 0.304 },
  },
  'eu-west-1': { t3: 0.1824, m5: 0.214, m6i: 0.214, c5: 0.192 },
  'us-west-2': { t3: 0.1664, t3a: 0.1504, m5: 0.192, m6i: 0.192, c5: 0.17 },
};

/** Families whose sizes differ by more than their size: by type. */
const EXACT: Readonly<Record<string, Prices>> = {
  'us-east-1': {
    ...{ 'g4dn.xlarge': 0.526, 'g4dn.2xlarge': 0.752, 'g4dn.4xlarge': 1.204 },
    ...{ 'g4dn.8xlarge': 2.176, 'g4dn.12xlarge': 3.912, 'g4dn.16xlarge': 4.352 },
    ...{ 'g5.xlarge': 1.006, 'g5.2xlarge': 1.212, 'g5.4xlarge': 1.624, 'g5.8xlarge': 2.448 },
    ...{ 'g5.12xlarge': 5.672, 'g5.16xlarge': 4.096, 'g5.24xlarge': 8.144, 'g5.48xlarge': 16.288 },
    ...{ 'g6.xlarge': 0.8048, 'g6.2xlarge': 0.9776, 'g6.4xlarge': 1.3232, 'g6.8xlarge': 2.0144 },
    ...{ 'g6.12xlarge': 4.6016, 'g6.16xlarge': 3.3968, 'g6.24xlarge': 6.6752 },
    ...{ 'g6.48xlarge': 13.3504, 'p4d.24xlarge': 21.957642, 'p5.48xlarge': 55.04 },
    ...{ 'inf2.xlarge': 0.7582, 'inf2.8xlarge': 1.96786, 'trn1.2xlarge': 1.34375 },
  },
  'eu-central-1': {
    ...{ 'g4dn.xlarge': 0.658, 'g5.xlarge': 1.258, 'g5.2xlarge': 1.5156, 'g5.4xlarge': 2.0308 },
    ...{ 'g6.xlarge': 1.0064, 'g6.2xlarge': 1.2225, 'g6.4xlarge': 1.6547 },
  },
};

/** What Fargate takes an hour for pods on x86, the only ones that EKS runs there: by region. */
const FARGATE: Readonly<Record<string, Readonly<Record<keyof FargateSize, number>>>> = {
  'us-east-1': { cpu: 0.04048, gigabytes: 0.004445 },
  'us-west-2': { cpu: 0.04048, gigabytes: 0.004445 },
  'eu-central-1': { cpu: 0.04656, gigabytes: 0.00511 },
};

/** The control plane of a cluster, and what extended support adds to it. */
export const CONTROL_PLANE = { hour: 0.1, extended: 0.5 } as const;

/** Hours of a month, as AWS's own calculator counts them. */
export const MONTH_HOURS = 730;

/** What an instance type costs an hour on demand in a region; null where that is not known. */
export function onDemandPrice(instanceType: string, region: string): number | null {
  const exact = own(own(EXACT, region) ?? {}, instanceType);
  if (exact !== undefined) return exact;
  const [family = '', size = ''] = instanceType.split('.');
  const base = own(own(BY_REGION, region) ?? {}, family);
  const factor = own(SIZES, size);
  return base === undefined || factor === undefined ? null : base * factor;
}

/** What a size of Fargate costs an hour in a region; null where that is not known. */
export function fargatePrice({ cpu, gigabytes }: FargateSize, region: string): number | null {
  const rates = own(FARGATE, region);
  return rates === undefined ? null : cpu * rates.cpu + gigabytes * rates.gigabytes;
}
