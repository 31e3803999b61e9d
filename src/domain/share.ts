/** How much of its requests or limits something uses. */
import type { Demands, PodRow, UsageRow } from './rows.ts';

/** What is used (null: not known) of what was asked for or is allowed (0: nothing was). */
export interface Share {
  readonly used: number | null;
  readonly of: number;
}

/** What a container uses, by its name; null where it is not measured. */
export function usageOf(
  containers: UsageRow['containers'] | null,
  name: string,
): readonly [cpu: number, memory: number] | null {
  // Its name may be that of something which every object has.
  return containers !== null && Object.hasOwn(containers, name) ? (containers[name] ?? null) : null;
}

const NOTHING: Share = { used: null, of: 0 };

/**
 * Of a pod: of its containers that have the request or limit, by what these use; of what it has as
 * a whole where it does. What others of its containers use is not of it, and what one that is not
 * measured (it is over, or has not started) may have is not used by another.
 */
export function shareOf(pod: PodRow, what: keyof Demands): Share {
  const isCpu = what === 'cpuRequest' || what === 'cpuLimit';
  const whole = pod.whole?.[what] ?? 0;
  if (whole > 0) return { used: isCpu ? pod.cpu : pod.memory, of: whole };
  let asked = 0;
  let used: number | null = null;
  let of = 0;
  for (const container of pod.containers) {
    const own = container.spec[what];
    if (own === 0 || container.role === 'init') continue;
    asked += own;
    const usage = usageOf(pod.usage, container.name);
    if (usage === null) continue;
    used = (used ?? 0) + usage[isCpu ? 0 : 1];
    of += own;
  }
  if (asked === 0) return NOTHING;
  return used === null ? { used, of: asked } : { used, of };
}
