/** How much of its requests or limits something uses. */
import type { Demands, PodRow } from './rows.ts';

/** What is used (null: not known) of what was asked for or is allowed (0: nothing was). */
export interface Share {
  readonly used: number | null;
  readonly of: number;
}

/** What a container of a pod uses, by its place among them; null where it is not measured. */
export function usageOf(
  { usage }: Pick<PodRow, 'usage'>,
  index: number,
): readonly [cpu: number, memory: number] | null {
  const [cpu, memory] = [usage?.[2 * index] ?? NaN, usage?.[2 * index + 1] ?? NaN];
  return Number.isNaN(cpu) ? null : [cpu, memory];
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
  for (const [i, container] of pod.containers.entries()) {
    const own = container.spec[what];
    if (own === 0 || container.role === 'init') continue;
    asked += own;
    const usage = usageOf(pod, i);
    if (usage === null) continue;
    used = (used ?? 0) + usage[isCpu ? 0 : 1];
    of += own;
  }
  if (asked === 0) return NOTHING;
  return used === null ? { used, of: asked } : { used, of };
}
