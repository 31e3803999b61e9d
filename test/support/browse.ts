import { get } from 'node:https';

/** Somebody opens an address in a browser that trusts this authority; the status of the answer. */
export const browse = (url: string, ca: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    get(url, { ca, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    }).on('error', reject);
  });
