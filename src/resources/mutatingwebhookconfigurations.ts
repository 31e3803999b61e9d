import { refOf } from '../domain/ref.ts';
import { defineResource } from './define.ts';
import { columns, describe, health, toServices } from './webhook-columns.ts';

export const mutatingwebhookconfigurations = defineResource({
  id: 'mutatingwebhookconfigurations',
  title: 'Mutating webhooks',
  singular: 'mutatingwebhookconfiguration',
  aliases: ['mwc'],
  description:
    'Webhooks that may change what is written: which writes, who is asked, whether anybody answers.',
  table: 'mutatingwebhookconfigurations',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: { is: 'link', to: 'services', title: 'services that answer', target: toServices },
  ref: (row) => refOf('mutatingwebhookconfigurations', row),
  describe,
  describeNeeds: ['services', 'endpointslices'],
  iam: [],
  empty: 'No mutating webhooks: nothing may change what is written from outside the API server',
});
