/** Why an autoscaler does not scale. */
import { hpaTrouble } from '../hpa.ts';
import type { HpaRow } from '../rows.ts';
import { finding, type Rule } from './finding.ts';

export const whyHpa: Rule<HpaRow> = (hpa, world) => {
  const trouble = hpaTrouble(hpa);
  if (trouble === null) return null;
  const target = `${hpa.targetKind.toLowerCase()}/${hpa.targetName}`;
  const said = hpa.conditions
    .filter(({ type, status }) =>
      type === 'ScalingLimited' ? status === 'True' : status === 'False',
    )
    .map(({ type, reason, message, at }) => ({
      source: `condition ${type}`,
      text: `${reason}: ${message}`,
      at,
    }));
  const metrics = hpa.metrics
    .filter(({ ratio }) => ratio !== null)
    .map(({ name, ratio }) => ({
      source: `metric ${name}`,
      text: `at ${Math.round((ratio ?? 0) * 100)}% of its target`,
    }));
  const evidence = [...said, ...metrics];
  switch (trouble.kind) {
    case 'disabled':
      return finding('said', `it rests: ${target} has 0 replicas, and scaling begins with one`, {
        evidence,
        next: [`scale ${target} to at least one`],
      });
    case 'at-max':
      return finding(
        'said',
        `it would scale further, and may not: ${hpa.max} replicas are its maximum`,
        {
          evidence,
          next: ['raise its maximum, if nodes have room for more'],
        },
      );
    case 'unable':
      return finding('said', `it cannot scale ${target}: ${trouble.text}`, {
        evidence,
        next: /not found/.test(trouble.text) ? [`make ${target}, or mend its target`] : [],
      });
    case 'unknown-metrics': {
      const { text } = trouble;
      const lacking = /missing request for (\w+) in container (\S+) of Pod/.exec(text);
      if (lacking !== null) {
        const [, resource = '', container = ''] = lacking;
        return finding(
          'said',
          `it cannot tell the share that is used: container ${container} has no ${resource} request`,
          {
            evidence,
            next: [`give container ${container} a ${resource} request`],
          },
        );
      }
      const usage = world.unread('podusage', hpa.namespace);
      const unread = usage === '' ? [] : [`usage of pods: ${usage}`];
      return finding('said', `it does not see its metrics: ${text}`, {
        evidence,
        next: /metrics\.k8s\.io/.test(text)
          ? ['look whether metrics-server runs and is reached']
          : [],
        unread,
      });
    }
  }
};
