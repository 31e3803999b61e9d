/** Of which AWS profiles and regions clusters are listed, as it is chosen now. */
import type { AwsScope } from '../ports/aws.ts';
import type { ScopeChoosing, ScopeNames } from './types.ts';

/** What of a choice is replaced; null leaves it as it is. */
export type ScopeChange = { readonly [Names in keyof ScopeNames]: ScopeNames[Names] | null };

export class ChosenScopes {
  readonly #choosing: ScopeChoosing;
  #scopes: readonly AwsScope[];
  #names: ScopeNames;

  constructor(scopes: readonly AwsScope[], choosing: ScopeChoosing) {
    this.#scopes = scopes;
    this.#choosing = choosing;
    this.#names = choosing.chosen;
  }

  get all(): readonly AwsScope[] {
    return this.#scopes;
  }

  /** The profiles that there are, and the names of those and of the regions that were chosen. */
  get choice(): Omit<ScopeChoosing, 'scopes'> {
    return { profiles: this.#choosing.profiles, chosen: this.#names };
  }

  /** Rejects in words where a name means nothing, and all stays as it was. */
  async change({ profiles, regions }: ScopeChange): Promise<void> {
    const names = {
      profiles: profiles ?? this.#names.profiles,
      regions: regions ?? this.#names.regions,
    };
    this.#scopes = await this.#choosing.scopes(names);
    this.#names = names;
  }

  /** Those that are chosen and these, each once. */
  with(others: readonly AwsScope[]): readonly AwsScope[] {
    const scopes = new Map([...this.#scopes, ...others].map((one) => [scopeKey(one), one]));
    return [...scopes.values()];
  }
}

const scopeKey = ({ profile, region }: AwsScope): string => `${profile}/${region}`;

/** Are they the same, in the same order. */
export const sameScopes = (a: readonly AwsScope[], b: readonly AwsScope[]): boolean =>
  a.map(scopeKey).join() === b.map(scopeKey).join();
