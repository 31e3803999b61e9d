import type { Clock } from '../../../../core/clock.ts';
import { at, object } from '../../../../core/json.ts';
import { AwsFault } from '../../../../domain/aws-fault.ts';
import type { Round } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** List prices change a few times a year. */
const GOOD_FOR = 24 * 3_600_000;
/** Whoever may not ask is asked again in an hour. */
const REFUSED_FOR = 3_600_000;

/** What instance types cost on demand in a region, as far as the price list has told. */
export interface OnDemandPrices {
  /** Asks for those that are not known, or were asked for a day ago: a call for each. */
  read(types: readonly string[], round: Round): Promise<void>;
  /** US dollars an hour; null where it is not known. */
  of(type: string): number | null;
}

/** Linux as one finds it, on machines that are shared, paid by the hour (eks-node-viewer asks the same). */
const ALWAYS = {
  operatingSystem: 'Linux',
  preInstalledSw: 'NA',
  capacitystatus: 'Used',
  marketoption: 'OnDemand',
  tenancy: 'Shared',
};

export function onDemandPrices(
  region: string,
  aws: Reads<'pricing:GetProducts'>,
  clock: Clock,
): OnDemandPrices {
  const known = new Map<string, { readonly price: number | null; readonly until: number }>();
  /** Why nothing is asked for now. */
  let refusal: { readonly fault: AwsFault; readonly until: number } | null = null;

  async function ask(type: string, signal: AbortSignal): Promise<void> {
    const fields = Object.entries({ ...ALWAYS, instanceType: type, regionCode: region });
    const Filters = fields.map(([Field, Value]) => ({ Field, Value }));
    const { PriceList } = await aws.call(
      'pricing:GetProducts',
      { ServiceCode: 'AmazonEC2', Filters },
      signal,
    );
    known.set(type, { price: hourlyPrice(PriceList), until: clock.now() + GOOD_FOR });
  }

  return {
    of: (type) => known.get(type)?.price ?? null,
    async read(types, { signal, gaps, wanted }) {
      if (wanted || refusal === null || clock.now() >= refusal.until) {
        refusal = null;
        const due = types.filter((type) => (known.get(type)?.until ?? 0) <= clock.now());
        try {
          // One first: of who may not ask, it is the only one.
          const [first, ...rest] = due;
          if (first !== undefined) await ask(first, signal);
          await Promise.all(rest.map((type) => ask(type, signal)));
        } catch (error) {
          if (!(error instanceof AwsFault) || error.kind === 'expired') throw error;
          // What is throttled or not reached is tried again in the next round.
          if (error.kind === 'denied' || error.kind === 'absent')
            refusal = { fault: error, until: clock.now() + REFUSED_FOR };
          else gaps.push(error);
        }
      }
      if (refusal?.fault.kind === 'denied') gaps.push(refusal.fault);
    },
  };
}

/** The price of the first product that has one by the hour; null where none has. */
export function hourlyPrice(products: readonly string[]): number | null {
  for (const product of products) {
    for (const term of Object.values(object(at(parsed(product), 'terms', 'OnDemand')))) {
      for (const dimension of Object.values(object(at(term, 'priceDimensions')))) {
        const usd = Number(at(dimension, 'pricePerUnit', 'USD'));
        if (at(dimension, 'unit') === 'Hrs' && usd > 0 && Number.isFinite(usd)) return usd;
      }
    }
  }
  return null;
}

function parsed(product: string): unknown {
  try {
    return JSON.parse(product);
  } catch {
    return null;
  }
}
