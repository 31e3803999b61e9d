/** Of which profiles and regions tests list clusters: of none. */
import type { ScopeChoosing } from '../../src/session/index.ts';

export const NO_CHOICE: ScopeChoosing = {
  profiles: [],
  chosen: { profiles: [], regions: [] },
  scopes: () => Promise.resolve([]),
};
