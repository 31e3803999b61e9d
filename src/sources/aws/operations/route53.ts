import {
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import type {
  HostedZoneDescription,
  RecordSetDescription,
} from '../../../ports/aws/route53-calls.ts';
import type { ClientConfig } from '../client-config.ts';
import type { Operations } from './operation.ts';
import { allPages, listed } from './pages.ts';
import { count, flag, many, record, text } from './shape.ts';

const hostedZone = record<HostedZoneDescription>({
  Id: text,
  Name: text,
  Config: record<HostedZoneDescription['Config']>({ PrivateZone: flag }),
  ResourceRecordSetCount: count,
});

const recordSet = record<RecordSetDescription>({
  Name: text,
  Type: text,
  SetIdentifier: text,
  Weight: count,
  Region: text,
  GeoLocation: record<RecordSetDescription['GeoLocation']>({
    ContinentCode: text,
    CountryCode: text,
    SubdivisionCode: text,
  }),
  MultiValueAnswer: flag,
  Failover: text,
  TTL: count,
  ResourceRecords: many(record<{ readonly Value: string }>({ Value: text })),
  AliasTarget: record<RecordSetDescription['AliasTarget']>({
    DNSName: text,
    EvaluateTargetHealth: flag,
  }),
});

/** Where the next page of a zone's records begins: at a name, a type, and a set of these. */
type Start = readonly [name: string, type: string, set: string];

/** The door's calls of Route 53, which is the same in all regions. */
export function route53Operations(config: ClientConfig): Operations<'route53'> {
  const client = new Route53Client(config);
  return {
    'route53:ListHostedZones': listed(
      'HostedZones',
      (_, Marker, options) => client.send(new ListHostedZonesCommand({ Marker }), options),
      (page) => many(hostedZone)(page.HostedZones),
      (page) => (page.IsTruncated === true ? page.NextMarker : undefined),
    ),
    'route53:ListResourceRecordSets': async ({ HostedZoneId }, ask) => {
      const ResourceRecordSets = await allPages(
        (token) => {
          const [name, type, set] = startOf(token);
          return ask((options) =>
            client.send(
              new ListResourceRecordSetsCommand({
                HostedZoneId,
                StartRecordName: name,
                StartRecordType: type as 'A',
                StartRecordIdentifier: set || undefined,
              }),
              options,
            ),
          );
        },
        (page) => many(recordSet)(page.ResourceRecordSets),
        ({ IsTruncated, NextRecordName: name = '', NextRecordType: type = '', ...page }) => {
          const start: Start = [text(name), text(type), text(page.NextRecordIdentifier)];
          return IsTruncated === true && start[0] !== '' ? JSON.stringify(start) : undefined;
        },
      );
      return { ResourceRecordSets };
    },
  };
}

const startOf = (token: string | undefined): Partial<Start> =>
  token === undefined ? [] : (JSON.parse(token) as Start);
