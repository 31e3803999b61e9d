import type { Cell } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import { NONE, status, UNKNOWN } from './cells.ts';

/** What of a row tells who answers behind it. */
interface Fronting {
  readonly endpointsReady: number | null;
  readonly endpointsNotReady: number | null;
  readonly backends: readonly unknown[];
}

/**
 * Endpoints that are ready, of all: `✓ 3`, `! 2/3`.
 *
 * @param found how they do, and what is wrong there
 */
export function endpointsCell(
  { endpointsReady: ready, endpointsNotReady: notReady, backends }: Fronting,
  found: Health,
): Cell {
  if (ready === null || notReady === null) return found.cause === '' ? UNKNOWN : status('?', found);
  if (backends.length === 0) return found.cause === '' ? NONE : status('-', found);
  return status(notReady === 0 ? String(ready) : `${ready}/${ready + notReady}`, found);
}
