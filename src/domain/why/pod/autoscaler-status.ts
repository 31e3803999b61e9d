/**
 * What the cluster autoscaler writes into the config map `cluster-autoscaler-status`: text for
 * people until 1.29, YAML since 1.30. What is not told in it is not known.
 */
import { parse } from 'yaml';
import { at, object, objects, text } from '../../../core/json.ts';
import { explained } from '../../../core/words.ts';

/** A node group as the autoscaler sees it; numbers are null where it does not tell them. */
export interface ScaledGroup {
  readonly name: string;
  /** Its nodes that are ready. */
  readonly ready: number | null;
  /** How many it asked the cloud for. */
  readonly target: number | null;
  readonly max: number | null;
  /** `NoActivity`, `InProgress`, `Backoff`: after a failure it is left alone for a while. */
  readonly scaleUp: string;
  /** What the cloud said of it last, where it backs off; mostly empty. */
  readonly error: string;
}

export interface AutoscalerStatus {
  /** When it was written (ms); 0: it does not say. */
  readonly at: number;
  /** `Running`, `Initializing`; empty in the old form. */
  readonly state: string;
  /** `Healthy` where the cluster as a whole is: else it scales nothing. */
  readonly health: string;
  readonly groups: readonly ScaledGroup[];
}

/** Null where it is of neither form. */
export function autoscalerStatus(status: string): AutoscalerStatus | null {
  return /^(?:Cluster-autoscaler status at|Cluster-wide:)/m.test(status)
    ? ofText(status)
    : ofYaml(status);
}

/** `2026-11-25 08:19:44.090873082 +0000 UTC`, which Go makes of a time. */
function momentOf(time: string): number {
  const [, day = '', clock = ''] = /(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(time) ?? [];
  return Date.parse(`${day}T${clock}Z`) || 0;
}

function ofText(status: string): AutoscalerStatus {
  const [wide = '', rest = ''] = status.split(/^\s*NodeGroups:\s*$/m);
  const groups = rest.split(/^\s*Name:\s*/m).slice(1);
  return {
    at: momentOf(/status at ([^\n]+)/.exec(status)?.[1] ?? ''),
    state: '',
    health: wordAfter('Health', wide),
    groups: groups.map((group) => ({
      name: group.split('\n')[0]?.trim() ?? '',
      ready: numberOf('ready', group),
      target: numberOf('cloudProviderTarget', group),
      max: numberOf('maxSize', group),
      scaleUp: wordAfter('ScaleUp', group),
      error: '',
    })),
  };
}

const wordAfter = (label: string, from: string): string =>
  new RegExp(`^\\s*${label}:\\s*(\\w+)`, 'm').exec(from)?.[1] ?? '';

function numberOf(name: string, from: string): number | null {
  const found = new RegExp(`\\b${name}=(\\d+)`).exec(from)?.[1];
  return found === undefined ? null : Number(found);
}

function ofYaml(status: string): AutoscalerStatus | null {
  let read: unknown;
  try {
    read = parse(status);
  } catch {
    return null;
  }
  const whole = object(read);
  if (!('clusterWide' in whole) && !('autoscalerStatus' in whole)) return null;
  return {
    at: momentOf(text(whole['time'])),
    state: text(whole['autoscalerStatus']),
    health: text(at(whole, 'clusterWide', 'health', 'status')),
    groups: objects(whole['nodeGroups']).map((group) => ({
      name: text(group['name']),
      ready: amount(at(group, 'health', 'nodeCounts', 'registered', 'ready')),
      target: amount(at(group, 'health', 'cloudProviderTarget')),
      max: amount(at(group, 'health', 'maxSize')),
      scaleUp: text(at(group, 'scaleUp', 'status')),
      error: explained(
        ...['errorCode', 'errorMessage'].map((key) =>
          text(at(group, 'scaleUp', 'backoffInfo', key)),
        ),
      ),
    })),
  };
}

const amount = (value: unknown): number | null => (typeof value === 'number' ? value : null);
