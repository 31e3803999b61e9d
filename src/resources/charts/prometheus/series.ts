/**
 * What questions to a Prometheus are made of: the metrics that the kubelet (cAdvisor), kube-state-metrics
 * and the node exporter have by their own names, which every scrape configuration for EKS keeps.
 */
import type { PromChart, PromLine } from '../../../domain/charts/chart.ts';
import {
  ranged,
  selector,
  type LabelTest,
  type PromQuery,
  type PromScope,
} from '../../../domain/charts/promql.ts';
import { MINUTE } from '../common.ts';

/** Which series are meant: labels and what they are compared with. */
export type Labels = Readonly<Record<string, LabelTest>>;

/** Lines by their labels. */
export const promLines = (queries: Readonly<Record<string, PromQuery>>): readonly PromLine[] =>
  Object.entries(queries).map(([label, query]) => ({ label, query }));

/** What every chart of Prometheus has. */
export const prom = (quiet: string): Pick<PromChart, 'agent' | 'finest' | 'quiet'> => ({
  ...{ agent: 'prometheus', finest: MINUTE },
  quiet,
});

/** Selects series; of several, a question makes one. */
export type SeriesOf = (scope: PromScope) => string;

export const rateOf =
  (name: string, labels: Labels): SeriesOf =>
  (scope) =>
    `rate(${ranged(name, labels, scope)})`;

export const gauge =
  (name: string, labels: Labels): SeriesOf =>
  (scope) =>
    selector(name, labels, scope);

export const asked = (of: Labels, what: 'requests' | 'limits', resource: string): SeriesOf =>
  gauge(`kube_pod_container_resource_${what}`, { ...of, resource });

export const sum =
  (of: SeriesOf): PromQuery =>
  (scope) =>
    `sum(${of(scope)})`;

/**
 * The sum over pods that are in one of these phases (RE2): of those that have ended, kube-state-metrics
 * goes on telling what they asked for. A phase is 1 for the pods that are in it and 0 for all others.
 *
 * @param within what labels of the phase narrow it down to
 */
export const sumOfPods =
  (of: SeriesOf, phases: string, within: Labels = {}): PromQuery =>
  (scope) => {
    const phase = selector('kube_pod_status_phase', { ...within, phase: { like: phases } }, scope);
    const each = (how: 'sum' | 'max', series: string): string =>
      `${how} by (namespace, pod) (${series})`;
    return `sum(${each('sum', of(scope))} * ${each('max', phase)})`;
  };

/** Phases of pods that hold what they asked for. */
export const NOT_ENDED = 'Pending|Running|Unknown';

export const phase = (of: Labels, name: string): PromQuery =>
  sum(gauge('kube_pod_status_phase', { ...of, phase: name }));
