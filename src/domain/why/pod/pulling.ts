/** A container whose image is being fetched, which no status says. */
import { humanDuration } from '../../../core/duration.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { eventsOf, finding, fromEvent, type Finding, type World } from '../finding.ts';
import { called, decisive } from './containers.ts';

/** Most images are there by then (ms). */
const USUAL = 20_000;

export function pulling(pod: PodRow, world: World): Finding | null {
  const waits = decisive(pod).filter(
    ({ state, reason }) =>
      state === 'waiting' && /^(?:ContainerCreating|PodInitializing)$/.test(reason),
  );
  if (waits.length === 0) return null;
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread);
  for (const container of waits) {
    const last = events.find((event) => event.container === container.name);
    if (last?.reason !== 'Pulling' || world.now - last.at < USUAL) continue;
    const time = humanDuration(world.now - last.at);
    const sentence = `${called(container)}: its image ${container.image} is being fetched, for ${time} so far`;
    return finding('said', sentence, {
      evidence: [fromEvent(last)],
      next: [
        `where it lasts see how large the image is, and how ${shortNode(pod.node)} reaches its registry`,
      ],
      unread,
    });
  }
  return null;
}
