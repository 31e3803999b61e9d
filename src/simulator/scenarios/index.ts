import { authExpired } from './auth-expired.ts';
import { crashloop } from './crashloop.ts';
import { rbacDenied } from './rbac-denied.ts';
import type { Scenario } from './scenario.ts';
import { spot } from './spot.ts';
import { steady } from './steady.ts';
import { still } from './still.ts';

/** Every scenario, the default first. */
export const SCENARIOS: readonly Scenario[] = [
  steady,
  still,
  crashloop,
  spot,
  rbacDenied,
  authExpired,
];

/** The scenario of that name, or undefined. */
export function findScenario(name: string): Scenario | undefined {
  return SCENARIOS.find((scenario) => scenario.name === name);
}
