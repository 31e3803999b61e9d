/** Whether what EKS keeps is well, in one rule per kind of row, as `health.ts` has it for objects. */
import { hasFailed } from './eks-update.ts';
import { bad, busy, leaving, OK, warn, type Health } from './health.ts';
import type { AddonRow, ClusterRow, HealthIssue, NodeGroupRow, UpdateRow } from './rows.ts';

const FAILED = /FAILED|DEGRADED|UNHEALTHY/;
const CHANGING = /ING$/;

const DAY = 24 * 3_600_000;
/** Ends of support are worth planning for that long ahead. */
const SUPPORT_AHEAD = 90 * DAY;

const issueText = ({ code, message }: HealthIssue): string =>
  message === '' ? code : `${code}: ${message}`;

/** A cluster: what EKS says of it, and how long its version is supported. */
export function clusterHealth(row: ClusterRow, now: number): Health {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  if (row.error !== '') return warn([row.error, row.errorHint].filter(Boolean).join(' · '));
  const [issue] = row.health;
  if (issue) return bad(issueText(issue));
  if (FAILED.test(row.status)) return bad();
  if (CHANGING.test(row.status)) return busy();
  const { standardSupportEnd: standard, extendedSupportEnd: extended } = row;
  if (extended !== null && now > extended) return bad('version is out of support');
  if (standard === null) return OK;
  if (now > standard) return warn('version is in extended support, at extra cost');
  const days = Math.ceil((standard - now) / DAY);
  return standard - now < SUPPORT_AHEAD ? warn(`standard support ends in ${days}d`) : OK;
}

/** A node group: what EKS says of it, an update in progress, and whether its nodes are ready. */
export function nodeGroupHealth(row: NodeGroupRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const [issue] = row.health;
  if (issue) return bad(issueText(issue));
  if (FAILED.test(row.status)) return bad();
  if (row.update !== '') return busy(row.update);
  if (CHANGING.test(row.status)) return busy();
  const { nodesReady: ready, nodesTotal: total, desired } = row;
  // What is there and does not work is graver than what does not come.
  if (ready !== null && total !== null && ready < total)
    return (ready === 0 ? bad : warn)(`${ready} of ${total} nodes ready`);
  if (row.shortfall !== '') return warn(row.shortfall);
  if (ready === null || total === null) return OK;
  if (desired !== null && total < desired) return busy(`${total} of ${desired} nodes joined`);
  return OK;
}

/** An add-on: what EKS says of it, whether it goes with the cluster's version, whether its pods are ready. */
export function addonHealth(row: AddonRow, now: number): Health {
  const left = leaving(row, now);
  if (left) return left;
  const [issue] = row.health;
  if (issue) return bad(issueText(issue));
  if (FAILED.test(row.status)) return bad();
  if (CHANGING.test(row.status)) return busy();
  const { pods, podsReady: ready, versions, version } = row;
  if (pods !== null && ready !== null && ready < pods)
    return (ready === 0 ? bad : warn)(`${ready} of ${pods} pods ready`);
  if (versions !== null && version !== '' && !versions.includes(version))
    return warn("does not go with the cluster's version");
  return OK;
}

/** Something that AWS did: whether it is under way, and why it failed. */
export function updateHealth(row: UpdateRow): Health {
  const { status, why, gone } = row;
  if (gone > 0) return { level: 'gone', cause: '' };
  if (hasFailed(row)) return bad(why);
  return status === 'Successful' || status === '' ? OK : busy();
}
