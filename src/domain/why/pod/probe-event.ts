/** What the kubelet's events of reason Unhealthy say of a probe. */

/** A probe that fails. */
export interface ProbeFailure {
  /** `readiness`, `liveness` or `startup`. */
  readonly probe: string;
  /** How, in the words of the probe; empty where it has none, as a command that prints nothing. */
  readonly why: string;
}

/** The failure that an event tells; null where it tells of none. */
export function probeFailure(message: string): ProbeFailure | null {
  const [, probe, why] =
    /^(\w+) probe (?:failed|errored[^:]*)(?:: ?|$)(.*)$/s.exec(message.trim()) ?? [];
  return probe === undefined ? null : { probe: probe.toLowerCase(), why: (why ?? '').trim() };
}

/** `: HTTP probe failed with statuscode: 503`, as it ends a sentence. */
export const howItFails = ({ why }: ProbeFailure): string =>
  why === '' ? ', without a word of its own' : `: ${why}`;
