/** What AWS's price list can be asked, as `../aws-calls.ts` says. */
export interface PricingCalls {
  /** One page, of at most a hundred products, each a document of JSON. */
  'pricing:GetProducts': {
    input: {
      readonly ServiceCode: string;
      /** All of them hold. */
      readonly Filters: readonly { readonly Field: string; readonly Value: string }[];
    };
    output: { readonly PriceList: readonly string[] };
  };
}
