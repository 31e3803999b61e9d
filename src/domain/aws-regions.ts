/**
 * The regions of AWS, for completion and for what is said of one: as AWS's endpoint data has them in
 * November 2026. A region that is not among them is asked like any other.
 */

/** Stands for all regions that an account has enabled, where a region is named. */
export const ALL_REGIONS = 'all';

/** Stands for all profiles of the configuration, where a profile is named and none bears this name. */
export const ALL_PROFILES = 'all';

/** Where each is, for people; those of the partitions that need a clearance are not told. */
export const REGION_PLACES: ReadonlyMap<string, string> = new Map([
  ['af-south-1', 'Cape Town'],
  ['ap-east-1', 'Hong Kong'],
  ['ap-east-2', 'Taipei'],
  ['ap-northeast-1', 'Tokyo'],
  ['ap-northeast-2', 'Seoul'],
  ['ap-northeast-3', 'Osaka'],
  ['ap-south-1', 'Mumbai'],
  ['ap-south-2', 'Hyderabad'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-2', 'Sydney'],
  ['ap-southeast-3', 'Jakarta'],
  ['ap-southeast-4', 'Melbourne'],
  ['ap-southeast-5', 'Malaysia'],
  ['ap-southeast-6', 'New Zealand'],
  ['ap-southeast-7', 'Thailand'],
  ['ca-central-1', 'Montreal'],
  ['ca-west-1', 'Calgary'],
  ['cn-north-1', 'Beijing'],
  ['cn-northwest-1', 'Ningxia'],
  ['eu-central-1', 'Frankfurt'],
  ['eu-central-2', 'Zurich'],
  ['eu-north-1', 'Stockholm'],
  ['eu-south-1', 'Milan'],
  ['eu-south-2', 'Spain'],
  ['eu-west-1', 'Ireland'],
  ['eu-west-2', 'London'],
  ['eu-west-3', 'Paris'],
  ['eusc-de-east-1', 'European Sovereign Cloud'],
  ['il-central-1', 'Tel Aviv'],
  ['me-central-1', 'UAE'],
  ['me-south-1', 'Bahrain'],
  ['me-west-1', 'Saudi Arabia'],
  ['mx-central-1', 'Mexico'],
  ['sa-east-1', 'São Paulo'],
  ['sa-west-1', 'Chile'],
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'Ohio'],
  ['us-gov-east-1', 'GovCloud East'],
  ['us-gov-west-1', 'GovCloud West'],
  ['us-west-1', 'N. California'],
  ['us-west-2', 'Oregon'],
]);

/** Those that an account has to enable before it can use them: all that came after March 2019. */
const OPT_IN: ReadonlySet<string> = new Set([
  ...['af-south-1', 'ap-east-1', 'ap-east-2', 'ap-south-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'ca-west-1', 'eu-central-2'],
  ...['eu-south-1', 'eu-south-2', 'il-central-1', 'me-central-1', 'me-south-1', 'me-west-1'],
  ...['mx-central-1', 'sa-west-1'],
]);

/** Has an account to enable the region before it is of use. */
export const isOptIn = (region: string): boolean => OPT_IN.has(region);

/** By how its regions begin; no access key of one opens another. */
const PARTITIONS: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, 'aws-cn'],
  [/^us-gov-/, 'aws-us-gov'],
  [/^eusc-/, 'aws-eusc'],
  [/^(?:us|eu)-iso[a-z]?-/, 'aws-iso'],
];

/** The partition of a region: `aws` for all that is in none of its own. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([begins]) => begins.test(region))?.[1] ?? 'aws';
}
