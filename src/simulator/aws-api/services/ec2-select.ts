import { ApiError } from '../api-error.ts';
import { type Page, pageOf } from '../page.ts';
import { type Attributes, type Filter, passes } from './filters.ts';

const NOT_FOUND = {
  subnet: 'InvalidSubnetID.NotFound',
  image: 'InvalidAMIID.NotFound',
  instance: 'InvalidInstanceID.NotFound',
  'network-interface': 'InvalidNetworkInterfaceID.NotFound',
  volume: 'InvalidVolume.NotFound',
} as const;

/** What is asked for. */
export interface Selection {
  readonly ids: readonly string[] | undefined;
  readonly filters: readonly Filter[] | undefined;
  /** For the code of the error about ids. */
  readonly kind: keyof typeof NOT_FOUND;
}

/** Those of the ids asked for, or all, that pass the filters. An unknown id fails the call. */
export function selected<Item>(
  all: readonly Item[],
  { ids, filters, kind }: Selection,
  describe: (item: Item) => {
    readonly id: string;
    readonly tags: Readonly<Record<string, string>>;
    readonly attributes: Attributes;
  },
): readonly Item[] {
  const described = all.map((item) => ({ item, ...describe(item) }));
  const missing = (ids ?? []).filter((id) => !described.some((each) => each.id === id));
  if (missing.length > 0) {
    throw new ApiError(
      NOT_FOUND[kind],
      400,
      `The ${kind} ID '${missing.join(', ')}' does not exist`,
    );
  }
  return described
    .filter(({ id, attributes, tags }) => {
      const passed = passes(filters, attributes, tags);
      if (passed === null) {
        throw new ApiError('InvalidParameterValue', 400, 'The filter is not supported here');
      }
      return passed && (!ids?.length || ids.includes(id));
    })
    .map(({ item }) => item);
}

/** A page of one of EC2's listings. */
export function page<Item>(
  all: readonly Item[],
  input: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): Page<Item> {
  const invalid = 'InvalidParameterValue';
  return pageOf(all, { size: input.MaxResults, token: input.NextToken, most: 1_000, invalid });
}
