/** What Karpenter's words about a launch that failed come down to. */

/** Why nothing was launched. */
export interface LaunchFailure {
  /** For the end of a sentence. */
  readonly clause: string;
  readonly next: readonly string[];
}

/** Where EC2 has none left, by CreateFleet's codes, and what Karpenter makes of them. */
const NO_CAPACITY =
  /InsufficientCapacity|insufficient capacity|InsufficientInstanceCapacity|MaxSpotInstanceCountExceeded|UnfulfillableCapacity|InsufficientReservedInstanceCapacity|all requested instance types were unavailable/i;
const LIMIT = /VcpuLimitExceeded|vCPU limit|MaxSpotInstanceCountExceeded/i;
const NOT_ALLOWED = /UnauthorizedOperation|AccessDenied|not authorized to perform:? ?([\w:]+)?/i;
const NO_TYPE =
  /no instance type(?:s)? (?:satisf|met|match|has|which)|filtered out|all available instance types exceed|no instance types satisfied/i;
const NO_ADDRESSES = /InsufficientFreeAddressesInSubnet/i;

/** Null where the words are of none of these. */
export function launchFailure(words: string): LaunchFailure | null {
  if (LIMIT.test(words)) {
    return {
      clause: 'a quota of the account is used up',
      next: ['ask for a higher quota of EC2 (Running On-Demand, or All Spot Instance Requests)'],
    };
  }
  if (NO_ADDRESSES.test(words)) {
    return {
      clause: 'the subnets that its node class found are out of addresses',
      next: ['add a subnet that the selector finds: :subnets tells how many addresses are left'],
    };
  }
  if (NO_CAPACITY.test(words)) {
    return {
      clause: `EC2 has no capacity for what it asks: ${placesIn(words)}`,
      next: [
        'let the pool take more instance types, families and zones',
        'let it take on-demand where it asks for Spot alone',
      ],
    };
  }
  const allowed = NOT_ALLOWED.exec(words);
  if (allowed !== null) {
    const action = /not authorized to perform:? ([\w-]+:\w+)/.exec(words)?.[1] ?? '';
    const what = action || 'what it tries';
    return {
      clause: `Karpenter may not do ${what}`,
      next: [`allow ${what} to the role of Karpenter’s controller`],
    };
  }
  if (NO_TYPE.test(words)) {
    return {
      clause: 'no instance type fits what is asked for together',
      next: ['widen the requirements of the pool, or ask for less in one pod'],
    };
  }
  return null;
}

/** The types and zones that words name: `m7i.2xlarge, c7i.2xlarge in eu-central-1a`; else the words. */
function placesIn(words: string): string {
  const types = [...new Set(words.match(/\b[a-z]+\d[a-z-]*\.\d*[a-z]+\b/g) ?? [])];
  const zones = [...new Set(words.match(/\b[a-z]{2}(?:-[a-z]+)+-\d[a-z]\b/g) ?? [])];
  if (types.length === 0 && zones.length === 0) return words.split(', ').at(-1) ?? words;
  const shown = types.slice(0, 3).join(', ');
  const more = types.length > 3 ? ` and ${types.length - 3} more types` : '';
  return [`${shown}${more}`, zones.join(', ')].filter((each) => each !== '').join(' in ');
}
