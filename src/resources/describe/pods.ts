/** The pods of something, as its description lists them. */
import { podHealth } from '../../domain/health.ts';
import type { PodRow } from '../../domain/rows.ts';
import { status } from '../cells.ts';
import type { RowContext, Section } from '../define.ts';
import type { Line } from './common.ts';

const ORDER = { bad: 0, warn: 1, busy: 2, ok: 3, gone: 4 } as const;

/** How each pod does and where it is; those with problems first. */
export function podsSection(pods: readonly PodRow[], ctx: RowContext): Section {
  const lines = pods
    .map((pod) => ({ pod, health: podHealth(pod, ctx.now) }))
    .sort((a, b) => ORDER[a.health.level] - ORDER[b.health.level])
    .map(({ pod, health }): Line => {
      const state = status(pod.status, health, { at: pod.causeAt, ctx });
      const place = [pod.ip, pod.zone].filter(Boolean).join(' ');
      return [
        pod.name,
        [...(typeof state === 'string' ? [] : state), [place === '' ? '' : `  ${place}`, 'muted']],
      ];
    });
  return { title: `Pods (${pods.length})`, lines };
}
