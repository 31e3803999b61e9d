import { webhookTable } from './webhook-configuration.ts';

export const mutatingwebhookconfigurations = webhookTable(
  'mutatingwebhookconfigurations',
  'MutatingWebhookConfiguration',
);
