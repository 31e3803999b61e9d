import type { KubeObject, Labels } from './objects.ts';

/* Services and their endpoints; events and service accounts. */

export interface Service extends KubeObject {
  readonly spec: {
    readonly type: string;
    readonly clusterIP?: string;
    readonly selector?: Labels;
    readonly externalName?: string;
    readonly loadBalancerClass?: string;
    readonly ports?: readonly ServicePort[];
    readonly publishNotReadyAddresses?: boolean;
    readonly [more: string]: unknown;
  };
  readonly status: {
    readonly loadBalancer: { readonly ingress?: readonly { readonly hostname: string }[] };
  };
}

export interface ServicePort {
  readonly name?: string;
  readonly protocol: string;
  readonly port: number;
  readonly targetPort: number | string;
  readonly nodePort?: number;
}

export interface Endpoint {
  readonly addresses: readonly string[];
  readonly conditions: {
    readonly ready: boolean;
    readonly serving: boolean;
    readonly terminating: boolean;
  };
  readonly targetRef: Pick<ObjectReference, 'kind' | 'namespace' | 'name' | 'uid'>;
  readonly nodeName: string;
  readonly zone: string;
}

export interface EndpointPort {
  readonly name: string;
  readonly protocol: string;
  readonly port: number;
}

export interface EndpointSlice extends KubeObject {
  readonly addressType: string;
  readonly endpoints: readonly Endpoint[];
  readonly ports: readonly EndpointPort[];
}

export interface EndpointAddress {
  readonly ip: string;
  readonly nodeName: string;
  readonly targetRef: Endpoint['targetRef'];
}

/** What there was before slices: all addresses of a service in one object of its name. */
export interface Endpoints extends KubeObject {
  readonly subsets: readonly {
    readonly addresses?: readonly EndpointAddress[];
    readonly notReadyAddresses?: readonly EndpointAddress[];
    readonly ports: readonly (Omit<EndpointPort, 'name'> & { readonly name?: string })[];
  }[];
}

export interface ObjectReference {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
  readonly apiVersion: string;
  readonly resourceVersion?: string;
  readonly fieldPath?: string;
}

export interface KubeEvent extends KubeObject {
  readonly involvedObject: ObjectReference;
  readonly reason: string;
  readonly message: string;
  readonly source: { readonly component?: string; readonly host?: string };
  readonly firstTimestamp: string | null;
  readonly lastTimestamp: string | null;
  readonly count?: number;
  readonly type: 'Normal' | 'Warning';
  readonly eventTime: string | null;
  readonly action?: string;
  readonly reportingComponent: string;
  readonly reportingInstance: string;
}

export interface ServiceAccount extends KubeObject {
  readonly automountServiceAccountToken?: boolean;
}
