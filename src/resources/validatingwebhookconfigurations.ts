import { refOf } from '../domain/ref.ts';
import { defineResource } from './define.ts';
import { columns, describe, health, toServices } from './webhook-columns.ts';

export const validatingwebhookconfigurations = defineResource({
  id: 'validatingwebhookconfigurations',
  title: 'Validating webhooks',
  singular: 'validatingwebhookconfiguration',
  aliases: ['vwc'],
  description:
    'Webhooks that may refuse what is written: which writes, who is asked, whether anybody answers.',
  table: 'validatingwebhookconfigurations',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: { is: 'link', to: 'services', title: 'services that answer', target: toServices },
  ref: (row) => refOf('validatingwebhookconfigurations', row),
  describe,
  describeNeeds: ['services', 'endpointslices'],
  iam: [],
  empty: 'No validating webhooks: nothing may refuse what is written from outside the API server',
});
