import type { Condition, KubeObject } from './objects.ts';

/* What says which kinds a cluster has beside those that every cluster has. */

/** A CustomResourceDefinition of apiextensions.k8s.io/v1. */
export interface CustomResourceDefinition extends KubeObject {
  readonly spec: {
    readonly group: string;
    readonly scope: 'Cluster' | 'Namespaced';
    readonly names: CustomNames;
    readonly versions: readonly CustomVersion[];
    readonly conversion?: object;
  };
  readonly status?: {
    readonly acceptedNames?: Partial<CustomNames>;
    readonly storedVersions?: readonly string[];
    readonly conditions?: readonly Condition[];
  };
}

export interface CustomNames {
  readonly plural: string;
  readonly kind: string;
  readonly singular?: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

export interface CustomVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly schema?: { readonly openAPIV3Schema?: object };
  readonly subresources?: { readonly status?: object; readonly scale?: object };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
}

/** A column that the server prints of the objects. */
export interface PrinterColumn {
  readonly name: string;
  /** `string`, `integer`, `number`, `boolean` or `date`. */
  readonly type: string;
  readonly jsonPath: string;
  readonly description?: string;
  readonly format?: string;
  readonly priority?: number;
}

/** What a definition says of a kind in one version. */
export interface CustomResource {
  /** Empty: only names and ages are printed. */
  readonly columns: readonly PrinterColumn[];
  readonly schema: object;
}
