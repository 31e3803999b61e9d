import type { PodRow } from './rows.ts';

const CLAIM = 'persistentvolumeclaims/';

const isClaim = (use: string): boolean => use.startsWith(CLAIM);
const NO_CLAIMS: readonly string[] = [];

/** The names of the claims that a pod refers to: of most pods none, and it is asked of all of them. */
export const claimNamesOf = ({ uses }: Pick<PodRow, 'uses'>): readonly string[] =>
  uses.some(isClaim) ? uses.filter(isClaim).map((use) => use.slice(CLAIM.length)) : NO_CLAIMS;
