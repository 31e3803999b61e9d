import {
  ListHostedZones$,
  type ListHostedZonesRequest,
  type ListHostedZonesResponse,
  ListResourceRecordSets$,
  type ListResourceRecordSetsRequest,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { HostRecord } from '../../hosted-zone.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';

/** The hosted zone of all load balancers of a region, as their aliases name it. */
const BALANCERS = 'Z215JYRZR1TBD5';

/** Names as Route 53 writes them: with the last dot, and `*` in octal. */
const written = (name: string): string => `${name.replaceAll('*', '\\052')}.`;

/** What Route 53 answers: zones, and records in the order of their names. */
export const ROUTE53_OPERATIONS: readonly Operation[] = [
  operation(
    ListHostedZones$,
    (input: ListHostedZonesRequest, { region }): ListHostedZonesResponse => {
      const { MaxItems: size, Marker: token } = input;
      const wanted = { size: numberOf(size), token, most: 100, invalid: 'InvalidInput' };
      const { items, next } = pageOf(region.hostedZones, wanted);
      return {
        HostedZones: items.map(({ id, name, isPrivate, records }) => ({
          Id: `/hostedzone/${id}`,
          Name: written(name),
          CallerReference: name,
          Config: { PrivateZone: isPrivate },
          ResourceRecordSetCount: records().length,
        })),
        Marker: token ?? '',
        IsTruncated: next !== undefined,
        ...(next !== undefined && { NextMarker: next }),
        MaxItems: numberOf(size) ?? 100,
      };
    },
  ),
  operation(
    ListResourceRecordSets$,
    (input: ListResourceRecordSetsRequest, { region }): ListResourceRecordSetsResponse => {
      const id = (input.HostedZoneId ?? '').replace(/^\/hostedzone\//, '');
      const zone = region.hostedZones.find((each) => each.id === id);
      if (zone === undefined) {
        throw new ApiError('NoSuchHostedZone', 404, `No hosted zone found with ID: ${id}`);
      }
      const size = Math.min(numberOf(input.MaxItems) ?? 300, 300);
      const all = zone
        .records()
        .map(shapeOf)
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
      const from = all.findIndex((each) => keyOf(each) >= startOf(input));
      const left = input.StartRecordName === undefined ? all : from < 0 ? [] : all.slice(from);
      const next = left[size];
      return {
        ResourceRecordSets: left.slice(0, size),
        IsTruncated: next !== undefined,
        MaxItems: size,
        ...(next !== undefined && {
          NextRecordName: next.Name,
          NextRecordType: next.Type,
          NextRecordIdentifier: next.SetIdentifier,
        }),
      };
    },
  ),
];

const numberOf = (value: unknown): number | undefined =>
  value === undefined ? undefined : Number(value);

const keyOf = ({ Name, Type, SetIdentifier = '' }: ResourceRecordSet): string =>
  `${Name} ${Type} ${SetIdentifier}`;

const startOf = (input: ListResourceRecordSetsRequest): string =>
  [input.StartRecordName, input.StartRecordType, input.StartRecordIdentifier]
    .filter((each) => each !== undefined)
    .join(' ');

function shapeOf({ name, type, alias, values, ttl, set }: HostRecord): ResourceRecordSet {
  return {
    Name: written(name),
    Type: type,
    ...(set !== undefined && {
      SetIdentifier: set.id,
      ...('weight' in set ? { Weight: set.weight } : { GeoLocation: { CountryCode: set.country } }),
    }),
    ...(alias === undefined
      ? { TTL: ttl ?? 300, ResourceRecords: (values ?? []).map((Value) => ({ Value })) }
      : {
          AliasTarget: {
            ...{ HostedZoneId: BALANCERS, DNSName: written(alias), EvaluateTargetHealth: true },
          },
        }),
  };
}
