import type { Ask, SendOptions } from './operation.ts';
import { allPages } from './pages.ts';
import { many, present, type Reader } from './shape.ts';

/** A client of the SDK, as far as operations use it. */
interface Client {
  send(command: never, options: SendOptions): Promise<unknown>;
}

/** A command of the SDK: its input is checked, its answer is read as if it were anyone's. */
type Command<Input> = new (input: Input & object) => object;

/** An operation of the door, by the SDK's type of its input. */
type Asked<Input, Output> = (input: Input & object, ask: Ask) => Promise<Output>;

const partsOf = (answer: unknown): Readonly<Record<string, unknown>> =>
  typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};

/**
 * Makes operations of the SDK's commands.
 *
 * @param client sends them
 * @param token the name that the token of the next page has in this service's listings
 */
export function commands(client: Client, token: string) {
  const send = async <Input>(
    Made: Command<Input>,
    input: Input & object,
    options: SendOptions,
  ): Promise<Readonly<Record<string, unknown>>> =>
    // The cast: which commands a client takes is in the types of each alone.
    partsOf(await client.send(new Made(input) as never, options));

  return {
    /** One request, and the part of its answer that it is about. */
    one:
      <Input, Key extends string, T>(
        Made: Command<Input>,
        key: Key,
        read: Reader<T>,
      ): Asked<Input, Record<Key, T>> =>
      async (input, ask) => {
        const answer = await ask((options) => send(Made, input, options));
        // The cast: of a computed name the compiler knows only that it is a text.
        return { [key]: present(answer[key], read) } as Record<Key, T>;
      },

    /** One request, and its whole answer. */
    whole:
      <Input, T>(Made: Command<Input>, read: Reader<T>): Asked<Input, T> =>
      async (input, ask) =>
        read(await ask((options) => send(Made, input, options))),

    /** One request whose answer says nothing. */
    done:
      <Input>(Made: Command<Input>): Asked<Input, Readonly<Record<string, never>>> =>
      async (input, ask) => {
        await ask((options) => send(Made, input, options));
        return {};
      },

    /** All pages of a listing, under the name that its answers have. */
    list:
      <Input, Key extends string, T>(
        Made: Command<Input>,
        key: Key,
        read: Reader<T>,
        fixed: Partial<Input> = {},
      ): Asked<Input, Record<Key, readonly NonNullable<T>[]>> =>
      async (input, ask) => {
        const all = await allPages(
          (next) => ask((options) => send(Made, { ...fixed, ...input, [token]: next }, options)),
          // An empty text names nothing.
          (page) => many(read)(page[key]).filter((item) => item !== ''),
          (page) => (typeof page[token] === 'string' ? page[token] : undefined),
        );
        return { [key]: all } as unknown as Record<Key, readonly NonNullable<T>[]>;
      },
  };
}
