/** What is written into the configurations of admission webhooks: whether anybody answers for them. */
import type { SilentHook, WebhookConfigurationRow } from '../tables/webhook-configuration.ts';
import { join, key, type AnyJoin } from './join.ts';

const TABLES = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations'] as const;

const servicesOf = ({ hooks }: Pick<WebhookConfigurationRow, 'hooks'>): readonly string[] => [
  ...new Set(hooks.map(({ service }) => service).filter((service) => service !== '')),
];

const webhookEndpoints = (table: (typeof TABLES)[number]): AnyJoin =>
  join({
    target: key(table, 'cluster', servicesOf),
    source: key('services', 'cluster', ({ namespace, name }) => `${namespace}/${name}`),
    uses: ['namespace', 'name', 'type', 'endpointsReady'],
    fields: ['endpointsReady', 'silent'],
    ofAll: true,
    compute: ({ hooks }, services, known) => {
      // A name for something elsewhere has no endpoints here.
      const counted = services.filter(({ type }) => type !== 'ExternalName');
      if (!known || counted.some(({ endpointsReady }) => endpointsReady === null)) {
        return { endpointsReady: null, silent: null };
      }
      const found = new Map<string, (typeof services)[number]>(
        services.map((each) => [`${each.namespace}/${each.name}`, each]),
      );
      const silent = hooks.flatMap(({ service, isNeeded, rules }): SilentHook[] => {
        const answers = found.get(service);
        const isMissing = service !== '' && answers === undefined;
        const isIdle = answers?.endpointsReady === 0 && counted.includes(answers);
        return isMissing || isIdle ? [{ service, isNeeded, rules, isMissing }] : [];
      });
      return {
        endpointsReady: counted.reduce((sum, { endpointsReady }) => sum + (endpointsReady ?? 0), 0),
        silent,
      };
    },
  });

export const WEBHOOK_RULES = TABLES.map(webhookEndpoints);
