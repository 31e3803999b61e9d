/** The names of the scenarios, the default first, apart from their code: the command line names them too. */
export const SCENARIO_NAMES = [
  'steady',
  'still',
  'crashloop',
  'spot',
  'rbac-denied',
  'auth-expired',
] as const;

export type ScenarioName = (typeof SCENARIO_NAMES)[number];
