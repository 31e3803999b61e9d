/** What Systems Manager's agent says of a machine, in words. */
import { OK, warn, type Health } from './health.ts';
import type { Agent, Patches } from './tables/managednodes.ts';

/** Why Systems Manager may not see a machine that runs: it does not say which of these it is. */
export const UNSEEN_BECAUSE =
  'no agent runs on it, it cannot reach the endpoints ssm, ssmmessages and ec2messages, or its role lacks AmazonSSMManagedInstanceCore';

/** Why there is none on a node of Auto Mode, and what to do instead. */
export const AUTO_UNSEEN =
  'Auto Mode nodes run no SSM agent: a pod on it can look around (kubectl debug)';

/** Whether the agent is heard of: `Online`, `ConnectionLost`, `Inactive`, `not seen`. */
export const pingWord = ({ ping }: Agent): string => ping || 'not seen';

/** Which patches are not in force: `12 missing, 1 failed`; empty where none are, or none is known of. */
export function patchWords({ missing, failed, pendingReboot }: Patches): string {
  return [
    missing > 0 ? `${missing} missing` : '',
    failed > 0 ? `${failed} failed` : '',
    pendingReboot > 0 ? `${pendingReboot} wait for a reboot` : '',
  ]
    .filter((word) => word !== '')
    .join(', ');
}

/** How many patches are not in force; null where it was never scanned, or that is not known. */
export const patchCount = (patches: Patches | null): number | null =>
  patches === null || patches.at === 0
    ? null
    : patches.missing + patches.failed + patches.pendingReboot;

/** Who was seen and is not heard of any more needs a look; who never was may be meant so. */
export function agentHealth({ ping, patches }: Agent): Health {
  if (ping !== '' && ping !== 'Online') return warn('its agent is not heard of any more');
  if (patches === null || patches.critical === 0) return OK;
  return warn(`${patches.critical} critical patches missing`);
}
