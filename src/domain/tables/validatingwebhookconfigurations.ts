import { webhookTable } from './webhook-configuration.ts';

export const validatingwebhookconfigurations = webhookTable(
  'validatingwebhookconfigurations',
  'ValidatingWebhookConfiguration',
);
