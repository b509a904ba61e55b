import { describe, expect, it } from 'vitest';
import { errorOf } from '../testing/client.js';
import { readDelivery } from './read-delivery.js';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const request = (body: BodyInit): Request => new Request('https://shop.example/hook', { method: 'POST', body, headers: { 'X-Token': 'a' } });

describe('a delivery', () => {
  it.each<readonly [string, Parameters<typeof readDelivery>[0]]>([
    ['a Request', request('{"é":1}')],
    ['text with a framework’s headers', { body: '{"é":1}', headers: { 'x-token': 'a' } }],
    ['bytes with Web headers', { body: new TextEncoder().encode('{"é":1}'), headers: new Headers({ 'X-TOKEN': 'a' }) }],
    ['a Buffer with Node’s headers', { body: Buffer.from('{"é":1}'), headers: { 'x-token': ['a'] } }],
  ])('of %s is its bytes and its headers, whatever their case', async (_kind, delivery) => {
    const raw = await readDelivery(delivery);
    expect(text(raw?.body)).toBe('{"é":1}');
    expect([raw?.header('X-Token'), raw?.header('x-other')]).toEqual([['a'], []]);
  });

  it('with one header under two spellings has both, so that neither is believed', async () => {
    expect((await readDelivery({ body: '', headers: { 'x-token': 'a', 'X-Token': 'b' } }))?.header('x-token')).toEqual(['a', 'b']);
  });

  it.each<readonly [string, Parameters<typeof readDelivery>[0]]>([
    ['a Request', new Request('https://shop.example/hook?token=a%2Bb&token=c', { method: 'POST', body: '{}' })],
    ['a whole address', { body: '{}', headers: {}, url: 'https://shop.example/hook?token=a%2Bb&token=c' }],
    ['the path and query that Node’s server gives', { body: '{}', headers: {}, url: '/hook?token=a%2Bb&token=c' }],
  ])('to %s has every value of its query', async (_kind, delivery) => {
    const raw = await readDelivery(delivery);
    expect([raw?.query?.('token'), raw?.query?.('Token')]).toEqual([['a+b', 'c'], []]);
  });

  it('to a whole address has it letter by letter, and to a path alone has none', async () => {
    expect(await readDelivery({ body: '', headers: {}, url: 'https://Shop.example/hook?b=%7e' })).toMatchObject({ address: 'https://Shop.example/hook?b=%7e' });
    expect(await readDelivery({ body: '', headers: {}, url: '/hook' })).toMatchObject({ address: null });
  });

  it.each([undefined, '', 'http://', 7])('with %j for its address has no query', async (url) => {
    expect(await readDelivery({ body: '{}', headers: {}, url } as never)).toMatchObject({ query: null, address: null });
  });

  it('of exactly the largest size is read, and one byte more is not', async () => {
    expect(text((await readDelivery(request('1234'), 4))?.body)).toBe('1234');
    expect(await readDelivery(request('12345'), 4)).toBeNull();
    expect(await readDelivery({ body: '12345', headers: {} }, 4)).toBeNull();
  });

  it('that is too large is not read to its end', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000));
      },
    });
    const streamed = new Request('https://shop.example/hook', { method: 'POST', body: endless, duplex: 'half' } as RequestInit);
    expect(await readDelivery(streamed, 4000)).toBeNull();
    expect(pulled).toBeLessThan(10);
  });

  it('whose body was read before is refused with what to do', async () => {
    const used = request('{}');
    await used.text();
    expect(await errorOf(readDelivery(used))).toMatchObject({ code: 'invalid_request', problems: [{ field: 'body', remedy: expect.stringContaining('before anything else') }] });
  });

  it.each([{ body: { id: 1 }, headers: {} }, { body: undefined, headers: {} }, { body: '' }, null, 'text'])('is not %j', async (value) => {
    expect(await errorOf(readDelivery(value as never))).toMatchObject({ code: 'invalid_request', outcome: 'not_sent' });
  });
});
