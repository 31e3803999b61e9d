/** Names of container images. */

/**
 * An image without its registry, with its tag: `eks/coredns:v1.11.4`. Only where it has no tag,
 * the start of the digest tells it apart.
 */
export function shortImage(image: string): string {
  const [name = '', digest] = image.split('@', 2);
  const parts = name.split('/');
  const host = parts[0] ?? '';
  if (parts.length > 1 && (/[.:]/.test(host) || host === 'localhost')) parts.shift();
  if (parts.length === 2 && parts[0] === 'library') parts.shift();
  const short = parts.join('/');
  if (digest === undefined || isTagged(short)) return short;
  return `${short}@${digest.replace(/^sha256:/, '').slice(0, 7)}`;
}

/** Does something stand behind a colon in the last part: one before it may be that of a port. */
function isTagged(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  const colon = last.indexOf(':');
  return colon >= 0 && colon < last.length - 1;
}

const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const PART = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/**
 * What is wrong with the name of an image, or empty: the grammar is that of the distribution project
 * (`[registry/]name[:tag][@digest]`), which kubelets go by.
 */
export function imageProblem(image: string): string {
  if (image === '') return 'an image is missing';
  if (/\s/.test(image)) return 'there is a blank in it';
  const [named = '', digest, ...more] = image.split('@');
  if (more.length > 0) return 'there is more than one @';
  if (digest !== undefined && !DIGEST.test(digest))
    return 'after @ comes a digest: sha256: and 64 hexadecimal digits';
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  if (tagged && !TAG.test(named.slice(colon + 1)))
    return 'a tag has letters, digits, _ . and -, at most 128';
  const parts = (tagged ? named.slice(0, colon) : named).split('/');
  const [first = ''] = parts;
  const hasHost = parts.length > 1 && (/[.:A-Z]/.test(first) || first === 'localhost');
  if (hasHost && !HOST.test(first)) return `${first} is no name of a registry`;
  const wrong = parts.slice(hasHost ? 1 : 0).find((part) => !PART.test(part));
  if (wrong === undefined) return '';
  return wrong === ''
    ? 'a part of the name is empty'
    : `${wrong}: small letters and digits, with . _ or - between them`;
}
